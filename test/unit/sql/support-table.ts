import { dialects, otherNames } from '../../../server/sql/dialect/dialects.ts';
import { allCases } from './sql-cases.ts';
import type { Dialect } from '../../../server/sql/dialect/dialect.ts';

/** Constructs and how a statement that holds one is told. */
const constructs: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['CTEs', /\bwith\s+(?:recursive\s+)?[\w"`[\]]+\s*(?:\([^)]*\)\s*)?as\s*\(/i],
  ['recursive CTEs', /\bwith\s+recursive\b|\bconnect\s+by\b/i],
  ['UNION, INTERSECT, EXCEPT', /\b(?:union|intersect|minus)\b|\bexcept\s+(?:all|distinct|select|\()/i],
  ['USING, NATURAL', /\bjoin\s+[^;]*?\busing\b|\bnatural\b/i],
  ['window functions', /\bover\s*[(\w]/i],
  ['changed stars', /\*\s*(?:except|exclude|replace|rename|ilike|apply)\b/i],
  [
    'generators',
    /\b(?:unnest|flatten|explode|posexplode|lateral\s+view|cross\s+apply|outer\s+apply|array\s+join|json_table|openjson|table)\s*[(\w]/i,
  ],
  ['PIVOT, UNPIVOT', /\b(?:un)?pivot\b/i],
  ['VALUES as a relation', /(?:from|\()\s*\(?\s*values\b/i],
  ['INSERT', /\binsert\b|\bins\s+into\b/i],
  [
    'several tables in one INSERT',
    /\binsert\s+(?:overwrite\s+)?(?:all|first)\b|^\s*from\b[\s\S]*\binsert\b[\s\S]*\binsert\b/i,
  ],
  ['ON CONFLICT, ON DUPLICATE KEY', /\bon\s+(?:conflict|duplicate)\b/i],
  ['MERGE', /\bmerge\b[\s\S]*\busing\b/i],
  ['UPDATE', /\bupdate\s+\S+[\s\S]*\bset\b|\bupd\b/i],
  ['DELETE', /\bdelete\b|\bdel\s+from\b/i],
  ['CREATE … AS', /\bcreate\b[\s\S]*\btable\b[\s\S]*\bas\b/i],
  ['views', /\bview\b/i],
  ['SELECT INTO', /\bselect\b[\s\S]*\binto\s+[^;]*\bfrom\b/i],
  ['COPY, UNLOAD, EXPORT, LOAD', /\b(?:copy|unload|export\s+data|load\s+data|bulk\s+insert|outfile)\b/i],
  ['DROP, RENAME, SWAP, CLONE', /\b(?:drop|rename|swap|clone|sp_rename|exchange|transfer)\b/i],
  ['ALTER of columns', /\balter\s+table\b[\s\S]*\b(?:add|drop|modify|change|column)\b/i],
  ['temporary tables', /\b(?:temporary|temp|volatile)\b|[#@]\w+/i],
  ['routines and blocks', /\b(?:procedure|function|begin|declare|do\s+\$\$)\b/i],
  ['triggers', /\btrigger\b/i],
  ['dynamic SQL', /\bexecute\s+(?:immediate\b|')|\bexec\s*\(|sp_executesql|\bprepare\b|sysexecsql/i],
];

const caseCounts = { quoted: 'in quotes', always: 'always', tables: 'in names of tables', never: 'never' } as const;
const foldings = { upper: 'upper case', lower: 'lower case', keep: 'as written' } as const;

function quotes({ doubleQuotedStrings, backticks, brackets }: Dialect): string {
  return [doubleQuotedStrings ? '' : '"a"', backticks ? 'backticks' : '', brackets ? '[a]' : '']
    .filter((sign) => sign !== '')
    .join(', ');
}

/** A Markdown table with its columns aligned, as the formatter leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, at) => Math.max(3, cell.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** The page of dialects: what is told apart in each, and how many of our own cases hold a construct. */
export function dialectPage(): string {
  const cases = allCases();
  const shown = dialects.map((dialect) => {
    const names = Object.entries(otherNames).filter(([, own]) => own === dialect.name);
    const count = cases.filter((item) => item.dialect === dialect.name).length;
    return [
      dialect.name,
      names.map(([name]) => name).join(', '),
      String(dialect.levels),
      foldings[dialect.fold],
      caseCounts[dialect.caseMatters],
      quotes(dialect),
      String(count),
    ];
  });
  const tested = [...new Set(cases.map((item) => item.dialect))];
  const plain = new Map(cases.map((item) => [item, item.request.sql.replaceAll(/--[^\n]*/g, '')]));
  const rows = constructs.map(([name, pattern]) => [
    name,
    ...tested.map((dialect) => {
      const holding = cases.filter((item) => item.dialect === dialect && pattern.test(plain.get(item) ?? ''));
      return holding.length === 0 ? '' : String(holding.length);
    }),
  ]);
  return [
    '# SQL dialects',
    '',
    `Made by \`npx vitest run test/unit/sql/support-table.test.ts -u\` from the dialects of \`server/sql/dialect\` and our own ${cases.length} cases in \`test/fixtures/sql\`. What the constructs come to is told in [SQL → lineage](sql-lineage.md).`,
    '',
    '## What is told apart',
    '',
    'Name parts are those of a full name; a server in front makes four. A dialect without cases of its own is read as the one it descends from.',
    '',
    table(
      [
        'dialect',
        'also called',
        'name parts',
        'an unquoted name is stored',
        'case tells names apart',
        'names are quoted by',
        'cases',
      ],
      shown,
    ),
    '',
    '## Cases by construct',
    '',
    'How many cases hold the construct; an empty place means that no case of that dialect does, mostly because the dialect has no such thing.',
    '',
    table(['construct', ...tested], rows),
    '',
  ].join('\n');
}
