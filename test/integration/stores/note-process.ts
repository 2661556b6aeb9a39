import { silentLog } from '../../../server/base/log.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';

/** A process that opens the stores and leaves one note: `note-process.ts <directory> <key>`. */
const [directory = '', key = ''] = process.argv.slice(2);
const stores = await openSqliteStores({ path: directory, log: silentLog });
await stores.state.put('note', key, process.pid);
await stores.close();
