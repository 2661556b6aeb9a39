import { readFileSync } from 'node:fs';
import { analyseSql } from '../../server/sql/analyse-sql.ts';
import { queryCorpus } from './corpus.ts';
import { arePeersThere, runPeer } from './peers.ts';

/**
 * Compares our column edges with those of sqlglot's lineage over our own suite. Each disagreement must be explained in
 * `explained.json`; one that is not, and an explanation that nothing needs any more, end with status 1.
 */
if (!arePeersThere()) {
  console.log('differential test skipped: .cache/sql-peers is not there (docs/sql-lineage.md says how to make it)');
  process.exit(0);
}

const explained = JSON.parse(readFileSync(new URL('explained.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>;
const corpus = queryCorpus();
const answers = new Map((await runPeer('sqlglot', corpus)).map((answer) => [answer.id, answer]));
const needed = new Set<string>();
let same = 0;
let refused = 0;
let open = 0;
for (const { id, request } of corpus) {
  const theirs = answers.get(id);
  if (theirs === undefined || theirs.error !== null) {
    refused += 1;
    continue;
  }
  const ours = new Set(
    analyseSql(request, null)
      .columns.filter((edge) => edge.up.column !== '*' && edge.down.column !== '*')
      .map((edge) => key(edge.down.column, edge.up.table ?? '', edge.up.column)),
  );
  const peer = new Set(
    theirs.edges
      .filter(([, , column]) => column !== '*' && column !== '')
      .map(([down, table, column]) => key(down, table, column)),
  );
  const more = [...ours].filter((edge) => !has(peer, edge));
  const less = [...peer].filter((edge) => !has(ours, edge));
  if (more.length + less.length === 0) {
    same += 1;
    continue;
  }
  needed.add(id);
  const why = explained[id];
  if (why === undefined) open += 1;
  console.log(`${id}\n  ${why ?? 'NOT EXPLAINED'}`);
  for (const edge of more) console.log(`    ours alone    ${edge}`);
  for (const edge of less) console.log(`    sqlglot alone ${edge}`);
}
const idle = Object.keys(explained).filter((id) => !needed.has(id));
for (const id of idle) console.log(`no longer a disagreement: ${id}`);
console.log(`${same} the same, ${needed.size} different (${open} not explained), ${refused} that sqlglot refuses`);
process.exitCode = open + idle.length > 0 ? 1 : 0;

function key(down: string, table: string, column: string): string {
  // Names that engines make up for expressions differ: only what feeds them is compared.
  const name = /^_(?:col|q)?_?\d+$/.test(down.toLowerCase()) ? '_' : down.toLowerCase();
  return `${name} <- ${table.replaceAll('"', '').toLowerCase()}|${column.toLowerCase()}`;
}

/** Table names match by their ends: defaults may be filled in on one side. */
function has(edges: ReadonlySet<string>, edge: string): boolean {
  if (edges.has(edge)) return true;
  const [down = '', up = ''] = edge.split(' <- ');
  const [table = '', column = ''] = up.split('|');
  return [...edges].some((other) => {
    const [otherDown = '', otherUp = ''] = other.split(' <- ');
    const [otherTable = '', otherColumn = ''] = otherUp.split('|');
    if (otherDown !== down || otherColumn !== column) return false;
    return otherTable.endsWith(`.${table}`) || table.endsWith(`.${otherTable}`);
  });
}
