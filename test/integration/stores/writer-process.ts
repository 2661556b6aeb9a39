import { silentLog } from '../../../server/base/log.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { assertion, dataset, openRevision } from '../../conformance/graph-documents.ts';

/** A process that writes: `writer-process.ts <directory> <batches>`; one line per acknowledged batch. */
const [directory = '', batches = '0'] = process.argv.slice(2);
const stores = await openSqliteStores({ path: directory, log: silentLog });
const open = await openRevision(stores.graph, 'the run', 'the writer');
for (let i = 0; i < Number(batches); i++) {
  await stores.graph.apply(open, [assertion('a', dataset(`table ${i}`, ['a', 'b', 'c']))]);
  process.stdout.write(`batch ${i}\n`);
}
await stores.graph.publish(open, []);
process.stdout.write('published\n');
await stores.close();
