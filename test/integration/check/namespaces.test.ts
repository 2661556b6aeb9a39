import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLexline, type Ran } from '../cli/run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-check-namespaces-'));
const policies = join(import.meta.dirname, '../../../examples/shop-clinic/policies');
const cards = `create table payments.card_vault (customer_id bigint, pan varchar(19));
create table marketing.segments (customer_id bigint, segment text);`;
const sales = `create table mart.sales (sale_id bigint, region text);
create table mart.cards (customer_id bigint, card_number varchar(19));`;

/** Writes sources of SQL, reads them, and writes the baseline; `entry` is what an entry says beside its name and place. */
async function baselineOf(
  name: string,
  sources: Readonly<Record<string, readonly [sql: string, entry: string]>>,
  more = '',
) {
  const place = join(folder, name);
  const entries = Object.entries(sources).map(([source, [sql, entry]]) => {
    mkdirSync(join(place, source), { recursive: true });
    writeFileSync(join(place, source, 'tables.sql'), sql);
    return `  - { name: ${source}, connector: sql-files, path: ./${source}, dialect: postgres${entry}, applies: { pci-dss: merchant } }`;
  });
  const config = join(place, 'lexline.yaml');
  writeFileSync(
    config,
    `sources:\n${entries.join('\n')}${more}\nstores: { graph: { engine: embedded, path: ./data } }\n`,
  );
  const out = join(place, 'baseline.jsonl');
  for (const argv of [['sync'], ['baseline', '--out', out]]) {
    const { status, err } = await runLexline([...argv, '--config', config]);
    expect({ argv, status, err }).toEqual({ argv, status: 0, err: '' });
  }
  return out;
}

/** The same baseline, as a warehouse's connector writes it whose entry has a url and no setting of names. */
function asWarehouse(baseline: string): string {
  const [head = '', ...lines] = readFileSync(baseline, 'utf8').split('\n');
  const parsed = JSON.parse(head) as { sources: { record: { connector: string }; naming: object }[] };
  for (const source of parsed.sources) {
    source.record.connector = 'postgres';
    source.naming = {};
  }
  const out = `${baseline}.warehouse`;
  writeFileSync(out, [JSON.stringify(parsed), ...lines].join('\n'));
  return out;
}

async function check(baseline: string, sql: string, ...more: string[]): Promise<Ran> {
  const file = join(folder, 'change.sql');
  writeFileSync(file, sql);
  return checkAt(file, baseline, '--dialect', 'postgres', ...more);
}

const checkAt = (target: string, baseline: string, ...more: string[]): Promise<Ran> =>
  runLexline(['check', target, '--baseline', baseline, '--policies', policies, ...more]);

/** A manifest of one model, as a project without a catalog writes it. */
function manifest(sql: string): string {
  const target = join(folder, 'target');
  mkdirSync(target, { recursive: true });
  const model = {
    unique_id: 'model.mail.late',
    package_name: 'mail',
    resource_type: 'model',
    name: 'late',
    database: 'wh',
    schema: 'marketing',
    relation_name: '"wh"."marketing"."late"',
    original_file_path: 'models/late.sql',
    config: { materialized: 'table' },
    columns: {},
    compiled_code: sql,
    depends_on: { nodes: [] },
  };
  const metadata = {
    dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
    adapter_type: 'postgres',
    project_name: 'mail',
    generated_at: '2026-11-01T00:00:00Z',
  };
  writeFileSync(
    join(target, 'manifest.json'),
    JSON.stringify({ metadata, nodes: { [model.unique_id]: model }, sources: {}, exposures: {}, parent_map: {} }),
  );
  return target;
}

const copy = 'create table marketing.late as select customer_id, pan as k from payments.card_vault;';
const found = /^violation: .*marketing\.late\.k .*it is in clear/mu;
let plain = '';
let whole = '';
let two = '';
let warehouse = '';
beforeAll(async () => {
  plain = await baselineOf('plain', { wh: [cards, ''] });
  whole = await baselineOf('whole', { wh: [cards, ', defaultDatabase: wh'] });
  two = await baselineOf('two', { lake: [sales, ''], wh: [cards, ''] });
  warehouse = asWarehouse(
    await baselineOf('pg', { wh: [cards, ", defaultDatabase: wh, namespace: 'postgres://wh:5432'"] }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a check over a baseline of sources without a namespace in their entries', () => {
  it.each([
    ['a folder of SQL', () => plain],
    ['one that says its database', () => whole],
    ['a warehouse known by its url', () => warehouse],
    ['the second of two', () => two],
  ])('finds a copy of a card number: %s', async (_, baseline) => {
    const { status, out } = await check(baseline(), copy);
    expect(out).toMatch(found);
    expect(out).toContain('payments.card_vault.pan -> ');
    expect(out).not.toMatch(/^gap/mu);
    expect(status).toBe(1);
  });

  it('finds it where the change stands in the place of a source', async () => {
    const { status, out } = await check(plain, `${cards}\n${copy}`, '--source', 'wh');
    expect(out).toMatch(found);
    expect(status).toBe(1);
  });

  it('finds it in a dbt model over a warehouse that no dbt source of the baseline names', async () => {
    const target = manifest('select customer_id, pan as k from "wh"."payments"."card_vault"');
    for (const baseline of [whole, warehouse]) {
      const { status, out } = await checkAt(target, baseline);
      expect(out).toMatch(found);
      expect(out).toContain('[models/late.sql]');
      expect(status).toBe(1);
    }
  });

  it('says so where a dbt project without one names tables of a warehouse', async () => {
    const target = manifest('select customer_id from "wh"."payments"."card_vault"');
    const dbt = `\n  - { name: models, connector: dbt, target: ${target} }`;
    const baseline = await baselineOf(
      'apart',
      { wh: [cards, `, defaultDatabase: wh, namespace: 'postgres://wh:5432'`] },
      dbt,
    );
    manifest('select customer_id, pan as k from "wh"."payments"."card_vault"');
    const { out } = await checkAt(target, baseline);
    expect(out).toMatch(
      /^gap: .*target: the change names tables of postgres:\/\/wh:5432, but the source "models" has no namespace/mu,
    );
    expect((await checkAt(target, baseline, '--strict')).status).toBe(1);
  });

  it('lets a cut number pass over each', async () => {
    for (const baseline of [plain, warehouse, two]) {
      const { status, out } = await check(
        baseline,
        'create table marketing.late as select right(pan, 4) as k from payments.card_vault;',
        '--strict',
      );
      expect(out).toMatch(/^stepped down: .*marketing\.late\.k/mu);
      expect(status).toBe(0);
    }
  });

  it('says so where the tables that the change names are of two namespaces', async () => {
    const sql = `${copy}\ncreate view marketing.v as select card_number as n from mart.cards;`;
    const { out } = await check(two, sql);
    expect(out).toMatch(/^gap: change\.sql: .*several namespaces of the baseline \(sql:\/\/lake, sql:\/\/wh\)/mu);
    expect((await check(two, sql, '--strict')).status).toBe(1);
  });
});

describe('a check of a change whose tables the baseline does not have', () => {
  const elsewhere = 'create table reports.daily as select total from ledger.entries;';

  it('says that nothing was joined, which --strict counts', async () => {
    const { status, out } = await check(plain, elsewhere);
    expect(out).toMatch(
      /^gap: change\.sql: the baseline has none of the tables that the change reads \(ledger\.entries\)/mu,
    );
    expect(out).toContain('what to do: ');
    expect(status).toBe(0);
    expect((await check(plain, elsewhere, '--strict')).status).toBe(1);
  });

  it('says nothing of one that reads only what it makes itself', async () => {
    const { out } = await check(plain, `create table ledger.entries (total numeric);\n${elsewhere}`, '--strict');
    expect(out).not.toContain('has none of the tables');
  });
});
