import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnTagsNow, tagsBySql } from '../../../connectors/databricks/live-tags.ts';
import type { DatabricksPort, Row } from '../../../connectors/databricks/port.ts';
import {
  grantRow,
  keyRow,
  lineageRow,
  parseRows,
  procedureRow,
  readsRow,
  runsRow,
  shownRow,
  statementRow,
  tagRow,
} from '../../../connectors/databricks/rows.ts';
import {
  clockSql,
  grantsSql,
  keysSql,
  legacySchemasSql,
  part,
  proceduresSql,
  shownSql,
  tagsSql,
} from '../../../connectors/databricks/sql.ts';
import {
  entityEdgesSql,
  entityRunsSql,
  probes,
  readsSql,
  statementEdgesSql,
  statementsSql,
  untoldSql,
} from '../../../connectors/databricks/sql-system.ts';
import { sparkWithOpenLineage } from '../../../scripts/openlineage-producers.ts';

const extended = process.env['LEXLINE_EXTENDED'] === '1';
const spark = extended ? sparkWithOpenLineage(true) : null;
const missing = !extended ? 'LEXLINE_EXTENDED=1 runs it' : spark === null ? 'it needs Java, Maven and Python' : null;
if (missing !== null) process.stderr.write(`skipped: statements for Databricks on a real Spark: ${missing}\n`);

const span = { from: Date.UTC(2026, 10, 14), to: Date.UTC(2026, 10, 21) };
const since = Date.UTC(2026, 10, 20);
const never = new AbortController().signal;

/** What our functions ask, without an answer. */
async function asked(ask: (port: DatabricksPort) => Promise<unknown>): Promise<string> {
  let text = '';
  const port: DatabricksPort = {
    who: 'us',
    hasWarehouse: true,
    async *list() {},
    get: async () => null,
    send: async () => {},
    query: async (sql) => {
      text = sql;
      return [];
    },
    close: async () => {},
  };
  await ask(port);
  return text;
}

const title = `statements for Databricks on a real Spark${missing === null ? '' : ` (skipped: ${missing})`}`;

describe.skipIf(missing !== null)(title, () => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-spark-'));
  let answers: Readonly<
    Record<string, { readonly columns: readonly string[]; readonly rows: readonly (string | null)[][] }>
  >;
  const rows = (name: string): readonly Row[] => {
    const { columns = [], rows: found = [] } = answers[name] ?? {};
    return found.map((values) => Object.fromEntries(columns.map((column, i) => [column, values[i] ?? null])));
  };

  beforeAll(async () => {
    const column = { catalog: 'main', schema: 'sales', relation: 'customers', column: 'email' };
    const statements = {
      tags: part(tagsSql('main'), 100, 0),
      secondTag: part(tagsSql('main'), 1, 1),
      keys: part(keysSql('main'), 100, 0),
      procedures: part(proceduresSql('main'), 100, 0),
      historyProbe: probes.history,
      lineageProbe: probes.lineage,
      grants: part(grantsSql('main'), 100, 0),
      shown: part(shownSql('main'), 100, 0),
      legacy: legacySchemasSql,
      clock: clockSql,
      columnTags: await asked((port) => columnTagsNow(port, column, never)),
      tableTags: await asked((port) => tagsBySql(port, { ...column, column: null }, never)),
      statements: part(statementsSql(span), 100, 0),
      untold: untoldSql(span),
      statementEdges: part(statementEdgesSql(span), 100, 0),
      entities: part(entityEdgesSql(span, since, true), 100, 0),
      entitiesAlone: part(entityEdgesSql(span, since, false), 100, 0),
      runs: part(entityRunsSql(span), 100, 0),
      reads: part(readsSql(span), 100, 0),
      sample:
        'SELECT left(CAST(`email` AS STRING), 4096) AS c0 FROM `info`.`people` TABLESAMPLE (10 PERCENT) REPEATABLE (7) LIMIT 20',
    };
    const answer = execFileSync(spark?.python ?? '', [join(import.meta.dirname, 'spark_sql.py'), folder], {
      input: JSON.stringify(statements),
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: 550_000,
    });
    answers = JSON.parse(answer.toString('utf8').trim().split('\n').at(-1) ?? '') as typeof answers;
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('give the tables of one catalog that are shown', () => {
    expect(parseRows('tables', shownRow, rows('shown'))).toEqual([
      { table_schema: 'sales', table_name: 'orders' },
      { table_schema: 'sales', table_name: 'people' },
    ]);
  });

  it('give tags of every level in an order that stands, and parts of them', () => {
    const found = parseRows('tags', tagRow, rows('tags'));
    expect(found.map(({ level, tag_name: name }) => [level, name])).toEqual([
      ['catalog', 'region'],
      ['schema', 'domain'],
      ['table', 'tier'],
      ['column', 'pii'],
      ['volume', 'kind'],
    ]);
    expect(parseRows('tags', tagRow, rows('secondTag'))).toEqual(found.slice(1, 2));
    expect(rows('columnTags')).toEqual([{ column_name: 'email', tag_name: 'pii', tag_value: 'email' }]);
    expect(rows('tableTags').map((row) => [row['level'], row['tag_name']])).toEqual([
      ['own', 'tier'],
      ['above', 'domain'],
      ['above', 'region'],
    ]);
  });

  it('give the columns of a foreign key beside those of the key that it points at, whatever their order', () => {
    const found = parseRows('keys', keyRow, rows('keys')).filter((row) => row.constraint_type === 'FOREIGN KEY');
    expect(found.map((row) => [row.column_name, row.to_table, row.to_column])).toEqual([
      ['person', 'people', 'id'],
      ['land', 'people', 'land'],
    ]);
    expect(rows('keys')).toHaveLength(4);
    const procedures = parseRows('procedures', procedureRow, rows('procedures'));
    expect(procedures.map((row) => [row.specific_name, row.parameter_name])).toEqual([
      ['load', 'since'],
      ['load', 'n'],
    ]);
    expect(parseRows('grants', grantRow, rows('grants'))).toEqual([
      { table_schema: 'sales', table_name: 'people', grantee: 'support', privilege_type: 'SELECT' },
    ]);
  });

  it('give each statement once a day of UTC, the last of them, with its runs', () => {
    const found = parseRows('statements', statementRow, rows('statements'));
    expect(found.map((row) => [row.statement_id, row.day, row.runs])).toEqual([
      ['s3', '2026-11-19', 1],
      ['s2', '2026-11-18', 2],
    ]);
    expect(rows('untold')).toEqual([{ n: '2' }]);
  });

  it('give what was seen of those statements, from columns and from tables', () => {
    const found = parseRows('edges', lineageRow, rows('statementEdges'));
    expect(found.map((row) => [row.statement_id, row.source_column, row.target_name, row.target_column])).toEqual([
      ['s2', null, 'main.mart.a', null],
      ['s2', 'id', 'main.mart.a', 'id'],
    ]);
  });

  it('give all that a job moved in the span, where it was seen of late, and no statement whose text is told', () => {
    const found = parseRows('entities', lineageRow, rows('entities'));
    expect(found.map((row) => [row.entity_id, row.source_column, row.target_name ?? row.target_path])).toEqual([
      [null, null, 's3://lake/x'],
      ['1', null, 'main.mart.m'],
      ['1', 'email', 'main.mart.m'],
      ['1', 'id', 'main.mart.m'],
    ]);
    expect(found[1]).toMatchObject({ first_ms: Date.UTC(2026, 10, 15, 12), last_ms: Date.UTC(2026, 10, 20, 12) });
    expect(rows('entitiesAlone')).toHaveLength(4);
  });

  it('count runs and reads by day of UTC', () => {
    expect(parseRows('runs', runsRow, rows('runs')).map((row) => [row.entity_id, row.day, row.runs])).toEqual([
      ['1', '2026-11-15', 1],
      ['1', '2026-11-20', 1],
      ['2', '2026-11-15', 1],
    ]);
    expect(parseRows('reads', readsRow, rows('reads')).map((row) => [row.name, row.day, row.reads, row.users])).toEqual(
      [
        ['main.sales.orders', '2026-11-15', 1, 1],
        ['main.sales.orders', '2026-11-18', 2, 2],
        ['main.sales.orders', '2026-11-20', 1, 1],
        ['main.sales.people', '2026-11-15', 1, 1],
        ['main.sales.people', '2026-11-20', 1, 1],
      ],
    );
  });

  it('are understood where they ask for the time, the legacy metastore and a sample of rows', () => {
    expect(Number(rows('clock')[0]?.['now_ms'])).toBeGreaterThan(Date.UTC(2025, 0, 1));
    expect(answers['legacy']?.columns).toHaveLength(1);
    expect([rows('historyProbe'), rows('lineageProbe')]).toEqual([[], []]);
    expect(rows('sample')).toHaveLength(20);
    expect(rows('sample')[0]?.['c0']).toMatch(/^person\d+@example\.com$/u);
  });
});
