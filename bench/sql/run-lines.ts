import { createInterface } from 'node:readline';
import { createSqlEngine } from '../../server/sql/create-sql-engine.ts';
import { lineOf, requestOf } from '../../server/sql/lineage-line.ts';

/** `lexline sql lineage` without the command line around it: `node bench/sql/run-lines.ts < lines.jsonl`. */
const engine = createSqlEngine({ workers: 1 });
for await (const line of createInterface({ input: process.stdin })) {
  const row: unknown = JSON.parse(line);
  const members = row as Readonly<Record<string, unknown>>;
  const request = requestOf(members);
  if (request !== null)
    process.stdout.write(`${JSON.stringify(lineOf(members['id'], await engine.lineage(request)))}\n`);
}
await engine.close();
