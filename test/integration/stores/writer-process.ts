import { silentLog } from '../../../server/base/log.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { assertion, dataset, openRevision } from '../../conformance/graph-documents.ts';

/**
 * A process that writes: `writer-process.ts <directory> [batches]`; one line per acknowledged batch. Without a number it
 * writes until its standard input ends. Then it publishes.
 */
const [directory = '', batches] = process.argv.slice(2);
const limit = batches === undefined ? Number.POSITIVE_INFINITY : Number(batches);
const input = { ended: false };
process.stdin.on('end', () => {
  input.ended = true;
});
if (batches === undefined) process.stdin.resume();

const stores = await openSqliteStores({ path: directory, log: silentLog });
const open = await openRevision(stores.graph, 'the run', 'the writer');
let i = 0;
for (; i < limit && !input.ended; i++) {
  await stores.graph.apply(open, [assertion('a', dataset(`table ${i}`, ['a', 'b', 'c']))]);
  process.stdout.write(`batch ${i}\n`);
}
await stores.graph.publish(open, []);
process.stdout.write('published\n');
await stores.close();
