import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import type {
  ChangedColumn,
  ColumnEdge,
  SqlLineage,
  SqlRequest,
  TableChange,
} from '../../../server/sql/sql-lineage.ts';

/** One statement or script of `test/fixtures/sql/<dialect>.sql` and what it must come to. */
export interface SqlCase {
  readonly name: string;
  readonly dialect: string;
  readonly request: SqlRequest;
  readonly expected: readonly string[];
}

const folder = join(import.meta.dirname, '../../fixtures/sql');

/** Fixture files by dialect. */
export function fixtureFiles(): readonly { readonly dialect: string; readonly text: string }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      dialect: file.replace(/(?:-[a-z]+)?\.sql$/, ''),
      text: readFileSync(join(folder, file), 'utf8'),
    }));
}

/**
 * Reads a fixture file. `-- case: name` begins a case, `--> …` lines say what it comes to; `-- schema: {json}` and
 * `-- defaults: database schema` hold from there on.
 */
export function readCases(dialect: string, text: string): readonly SqlCase[] {
  const cases: SqlCase[] = [];
  let schema: SqlRequest['schema'];
  let defaults: readonly string[] = [];
  for (const block of text.split(/^(?=-- (?:case|schema|defaults):)/m)) {
    const schemaText = /^-- schema: (.*)$/m.exec(block)?.[1];
    if (schemaText !== undefined)
      schema = schemaText === 'none' ? undefined : (JSON.parse(schemaText) as SqlRequest['schema']);
    const defaultsText = /^-- defaults: (.*)$/m.exec(block)?.[1];
    if (defaultsText !== undefined) defaults = defaultsText === 'none' ? [] : defaultsText.split(' ');
    const name = /^-- case: (.*)$/m.exec(block)?.[1];
    if (name === undefined) continue;
    const lines = block.split('\n').slice(1);
    const expected = lines.filter((line) => line.startsWith('--> ')).map((line) => line.slice(4).trim());
    const sql = lines
      .filter((line) => !line.startsWith('--> '))
      .join('\n')
      .trim();
    const [database, defaultSchema] = defaults;
    cases.push({
      name,
      dialect,
      expected,
      request: {
        dialect,
        sql,
        ...(schema === undefined ? {} : { schema }),
        ...(database === undefined || database === '-' ? {} : { defaultDatabase: database }),
        ...(defaultSchema === undefined ? {} : { defaultSchema }),
      },
    });
  }
  return cases;
}

/** All cases there are. */
export function allCases(): readonly SqlCase[] {
  return fixtureFiles().flatMap(({ dialect, text }) => readCases(dialect, text));
}

/** What a request comes to by our own parser alone, as the fixtures write it. */
export function outcome(request: SqlRequest): readonly string[] {
  return printLineage(analyseSql(request, null));
}

/** Lineage as lines: tables, one line a column, what steers the rows, events, what could not be told. */
export function printLineage(lineage: SqlLineage): readonly string[] {
  const lines: string[] = [];
  if (lineage.inTables.length > 0) lines.push(`in ${lineage.inTables.join(', ')}`);
  if (lineage.outTables.length > 0) lines.push(`out ${lineage.outTables.join(', ')}`);
  const columns = new Map<string, string[]>();
  for (const edge of lineage.columns) {
    const down = `${edge.down.table ?? 'result'}.${edge.down.column}`;
    columns.set(down, [...(columns.get(down) ?? []), printEdge(edge)]);
  }
  for (const [down, ups] of columns) lines.push(`${down} <- ${ups.join(', ')}`);
  const steering = new Map<string, Set<string>>();
  for (const { kind, table, column } of lineage.indirect)
    steering.set(kind, (steering.get(kind) ?? new Set()).add(`${table ?? ''}.${column}`));
  for (const [kind, names] of steering) lines.push(`${kind} ${[...names].join(', ')}`);
  for (const event of lineage.events) {
    if (event.type === 'drop') lines.push(`drop ${event.table}`);
    else if (event.type === 'alter') lines.push(`alter ${event.table}: ${printChange(event.change)}`);
    else if (event.type === 'swap') lines.push(`swap ${event.a}, ${event.b}`);
    else lines.push(`${event.type} ${event.from} to ${event.to}`);
  }
  for (const table of lineage.created) {
    const columnText = table.columns
      .map((item) => [item.name, item.type, item.comment].filter((part) => part !== null).join(' '))
      .join(', ');
    const temporary = table.temporary ? 'temporary ' : '';
    const comment = table.comment === null ? '' : ` comment ${table.comment}`;
    lines.push(`created ${temporary}${table.kind} ${table.table} (${columnText})${comment}`);
  }
  if (lineage.unresolved.length > 0) lines.push(`unresolved ${lineage.unresolved.join(', ')}`);
  if (lineage.parseStatus !== 'full') lines.push(`status ${lineage.parseStatus}`);
  return lines.length === 0 ? ['nothing'] : lines;
}

function printChange(change: TableChange): string {
  switch (change.type) {
    case 'add':
      return `add ${printColumn(change.column)}`;
    case 'rename':
      return `rename ${change.from} to ${change.to}`;
    case 'retype':
      return `retype ${change.column} to ${change.to}`;
    case 'comment':
      return `comment ${change.column ?? 'of the table'}: ${change.text}`;
    case 'drop':
      return `drop ${change.column}`;
    default:
      return `replace ${change.columns.map(printColumn).join(', ')}`;
  }
}

function printColumn({ name, type, comment }: ChangedColumn): string {
  return [name, type, comment].filter((part) => part !== null).join(' ');
}

function printEdge({ up, kind, effect, fn, masking }: ColumnEdge): string {
  const name = `${up.table ?? 'result'}.${up.column}`;
  const steps = [kind === 'IDENTITY' ? '' : kind, effect === 'keep' ? '' : effect, masking ? 'masking' : '', fn].filter(
    (part) => part !== '',
  );
  return steps.length === 0 ? name : `${name} {${steps.join(' ')}}`;
}
