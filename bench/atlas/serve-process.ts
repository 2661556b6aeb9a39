import { createServer } from 'node:http';
import { createFakeCatalog, type FakeEntity } from '../../test/fake/atlas-catalog.ts';
import { startFakeAtlas } from '../../test/fake/atlas-server.ts';

/** A made-up catalog in a process of its own. Writes its address and that of its controls; `POST /change` renames columns. */
const columns = Number(process.argv[2] ?? '100000');
const perTable = 10;
const words = ['id', 'email', 'first_name', 'created_at', 'amount', 'status', 'iban', 'note', 'updated_at', 'region'];
const catalog = createFakeCatalog({ now: Date.now() - 86_400_000 });
const all: FakeEntity[] = [];
let before: FakeEntity | null = null;
for (let i = 0; i < columns / perTable; i++) {
  const table = catalog.table(`db${i % 50}`, `table_${i}`, words);
  // One table in five is filled from the one before, column by column.
  if (before !== null && i % 5 === 0)
    catalog.process(
      `fill_${i}`,
      before,
      table,
      words.map((word) => [word, word] as const),
    );
  before = table;
  all.push(table);
}
catalog.now = Date.now() - 3_600_000;
const server = await startFakeAtlas(catalog);
let changed = 0;
const control = createServer((request, response) => {
  if (request.url === '/change') {
    catalog.now += 60_000;
    for (let i = 0; i < 100; i++) {
      const table = all[(i * 97) % all.length];
      const guid = table?.relations['columns']?.[7]?.guid;
      const column = guid === undefined ? undefined : catalog.entities.get(guid);
      if (column === undefined) continue;
      catalog.rename(column, `phone_${changed}`);
      changed += 1;
    }
  }
  response.end(JSON.stringify({ requests: server.requests, changed }));
});
control.listen(0, '127.0.0.1', () => {
  const address = control.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ url: server.url, control: `http://127.0.0.1:${port}` })}\n`);
});
