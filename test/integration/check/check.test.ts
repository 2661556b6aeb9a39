import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLexline, type Ran } from '../cli/run-in-process.ts';

const example = join(import.meta.dirname, '../../../examples/shop-clinic');
const folder = mkdtempSync(join(tmpdir(), 'lexline-check-test-'));
const config = join(folder, 'lexline.yaml');
const baseline = join(folder, 'baseline.jsonl');
const policies = join(example, 'policies');

interface Node {
  [key: string]: unknown;
  compiled_code?: string;
  raw_code?: string;
}

/** The example's manifest with one more model, as a branch would have it after dbt compile. */
function changed(name: string, sql: string): string {
  const target = join(folder, name);
  mkdirSync(target, { recursive: true });
  cpSync(join(example, 'dbt/target'), target, { recursive: true });
  const file = join(target, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
    nodes: Record<string, Node>;
    parent_map: Record<string, string[]>;
    child_map: Record<string, string[]>;
  };
  const [like] = Object.values(manifest.nodes).filter((node) => String(node['unique_id']).endsWith('agency_export'));
  const id = 'model.shop_clinic.campaign_cards';
  manifest.nodes[id] = {
    ...like,
    unique_id: id,
    name: 'campaign_cards',
    alias: 'campaign_cards',
    relation_name: '"warehouse"."dbt_marts"."campaign_cards"',
    original_file_path: 'models/marts/campaign_cards.sql',
    path: 'marts/campaign_cards.sql',
    fqn: ['shop_clinic', 'marts', 'campaign_cards'],
    columns: {},
    compiled_code: sql,
    raw_code: sql,
    depends_on: { macros: [], nodes: [] },
  };
  manifest.parent_map[id] = [];
  manifest.child_map[id] = [];
  writeFileSync(file, JSON.stringify(manifest));
  return target;
}

async function check(target: string, ...more: string[]): Promise<Ran> {
  return runLexline(['check', target, '--baseline', baseline, '--policies', policies, ...more]);
}

function fieldsOfBaseline(): number {
  const lines = readFileSync(baseline, 'utf8').trim().split('\n');
  const fields = lines.flatMap((line) => {
    const { document } = JSON.parse(line) as { document?: { entities: { kind: string; uid: string }[] } };
    return document?.entities.flatMap(({ kind, uid }) => (kind === 'field' ? [uid] : [])) ?? [];
  });
  return new Set(fields).size;
}

beforeAll(async () => {
  const warehouse = join(folder, 'warehouse');
  mkdirSync(warehouse);
  writeFileSync(
    join(warehouse, 'tables.sql'),
    `create table payments.card_vault (card_id bigint, customer_id bigint, pan varchar(19), expiry_month int);
     create table shop.customers (customer_id bigint, email text, full_name text);`,
  );
  writeFileSync(
    config,
    `sources:
  - { name: warehouse, connector: sql-files, path: ${warehouse}, dialect: postgres, namespace: 'postgres://warehouse:5432', defaultDatabase: warehouse, applies: { pci-dss: merchant } }
  - { name: dbt, connector: dbt, target: ${join(example, 'dbt/target')}, namespace: 'postgres://warehouse:5432', applies: { pci-dss: merchant } }
governance: ${join(example, 'governance')}
`,
  );
  for (const argv of [['sync'], ['baseline', '--out', baseline]]) {
    const { status, err } = await runLexline([...argv, '--config', config]);
    expect({ argv, status, err }).toEqual({ argv, status: 0, err: '' });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a check of a pull request', () => {
  it('fails with the way when a card number would reach a marketing table', async () => {
    const target = changed('clear', 'select customer_id, pan as customer_ref from warehouse.payments.card_vault');
    const { status, out } = await check(target);
    expect(out).toMatch(
      /violation: Card numbers do not reach marketing: warehouse\.dbt_marts\.campaign_cards\.customer_ref .*in clear/u,
    );
    expect(out).toContain('[models/marts/campaign_cards.sql]');
    expect(out).toContain('warehouse.payments.card_vault.pan -> warehouse.dbt_marts.campaign_cards.customer_ref');
    expect(status).toBe(1);
  });

  it('passes when only the last four arrive and shows the step by which it came down; a plain hash is not enough', async () => {
    const target = changed(
      'masked',
      "select customer_id, '****' || right(pan, 4) as customer_ref from warehouse.payments.card_vault",
    );
    const { status, out } = await check(target);
    expect(out).toMatch(/stepped down: .*customer_ref \(user\.payment\.card\.number, partial\): it arrives partial/u);
    expect(out).toMatch(/card_vault\.pan -> .*customer_ref \(partial, RIGHT/u);
    expect(out).toContain('no violation found');
    expect(status).toBe(0);
    const strict = changed('hashed', 'select customer_id, md5(pan) as customer_ref from warehouse.payments.card_vault');
    const hashed = await check(strict);
    expect(hashed.out).toMatch(/\(user\.payment\.card\.number, hashed\): it is hashed; allowed here: partial/u);
    expect(hashed.out).toMatch(/\(hash, .*MD5/u);
    expect(hashed.status).toBe(1);
  });

  it('lets what arrives speak before a name: a cut number that is still called pan is cut, and one way in clear is enough', async () => {
    const cut = changed('cut', "select customer_id, '****' || right(pan, 4) as pan from warehouse.payments.card_vault");
    const { status, out } = await check(cut);
    expect(out).toMatch(/stepped down: .*campaign_cards\.pan \(user\.payment\.card\.number, partial\)/u);
    expect(status).toBe(0);
    const both = changed(
      'both',
      `select customer_id, right(pan, 4) as pan from warehouse.payments.card_vault
       union all select customer_id, pan from warehouse.payments.card_vault`,
    );
    const clear = await check(both);
    expect(clear.out).toMatch(/violation: .*campaign_cards\.pan \(user\.payment\.card\.number\): it is in clear/u);
    expect(clear.status).toBe(1);
  });

  it('does not fail, strictly either, on a gap that was there before; a further one is new', async () => {
    const strict = await check(join(example, 'dbt/target'), '--strict');
    expect(strict.out).toMatch(/no violation found; .*1 gap there before/u);
    expect(strict.status).toBe(0);
    const broken = await check(changed('broken-too', 'select from where group )( from'), '--strict');
    expect(broken.out.match(/^gap: /gmu)).toHaveLength(1);
    expect(broken.out).toMatch(/^ {4}what to do: \S/mu);
    expect(broken.status).toBe(1);
  });

  it('calls a model that nobody can parse a gap, on which --strict fails', async () => {
    const target = changed('broken', 'select from where group )( from');
    const loose = await check(target);
    expect(loose.out).toMatch(/^gap: .*campaign_cards/mu);
    expect(loose.status).toBe(0);
    const strict = await check(target, '--strict');
    expect(strict.status).toBe(1);
  });

  it('says nothing against a change that changes nothing, whatever was there before', async () => {
    const { status, out } = await check(join(example, 'dbt/target'));
    expect({ status, out }).toMatchObject({ status: 0 });
    // The baseline says how the target's names are read: under other names each field of it would be new.
    expect(out).toContain('no violation found');
    expect(out).not.toMatch(/nobody could tell/u);
    expect(out.match(/\d+ fields/u)?.[0]).toBe(`${String(fieldsOfBaseline())} fields`);
  });

  it('knows how names are read without the variables by which sources are signed in to, and asks for those in names', async () => {
    const file = join(folder, 'signed-in.yaml');
    const text = readFileSync(config, 'utf8');
    writeFileSync(
      file,
      `${text}stores: { graph: { path: ./data } }\n`.replace(/path: [^,]*warehouse,/u, "path: '${NOT_SET}',"),
    );
    const again = join(folder, 'signed-in.jsonl');
    expect(await runLexline(['baseline', '--out', again, '--config', file])).toMatchObject({ status: 0 });
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(baseline, 'utf8'));
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('//warehouse:5432', '//${DB_HOST}:5432'));
    const { status, err } = await runLexline(['baseline', '--out', again, '--config', file]);
    expect(status).toBe(2);
    expect(err).toMatch(/"namespace" of the source "warehouse" needs the environment variable DB_HOST/u);
  });

  it('writes SARIF and JUnit for machines', async () => {
    const target = changed('clear', 'select customer_id, pan as customer_ref from warehouse.payments.card_vault');
    const report = join(folder, 'check.sarif');
    expect((await check(target, '--format', 'sarif', '--out', report)).status).toBe(1);
    const log = JSON.parse(readFileSync(report, 'utf8')) as {
      runs: { results: { ruleId: string; baselineState: string }[] }[];
    };
    expect(log.runs[0]?.results).toContainEqual(
      expect.objectContaining({ ruleId: 'no-card-number-in-marketing', baselineState: 'new' }),
    );
    const junit = await check(target, '--format', 'junit');
    expect(junit.out).toMatch(/<testcase classname="policy" name="no-card-number-in-marketing"><failure/u);
  });

  it('reads SQL files beside what is there', async () => {
    const file = join(folder, 'change.sql');
    writeFileSync(file, 'create table warehouse.marketing.cards as select pan from warehouse.payments.card_vault;');
    const { status, out } = await check(file, '--dialect', 'postgres');
    expect(out).toContain('warehouse.marketing.cards.pan');
    expect(status).toBe(1);
  });

  it('says which files it could not read; where it read nothing, or there is no policy, it gives no verdict', async () => {
    const sql = join(folder, 'mixed');
    mkdirSync(sql);
    writeFileSync(join(sql, 'latin.sql'), Buffer.from('create table caf\u00e9 (email text);', 'latin1'));
    const nothing = await check(sql);
    expect(nothing).toMatchObject({ status: 2, out: '' });
    expect(nothing.err).toMatch(/nothing was read: file latin\.sql, not a text in UTF-8.*\n {2}what to do: /u);
    writeFileSync(join(sql, 'good.sql'), 'create table warehouse.shop.colours (name text);');
    const mixed = await check(sql);
    expect(mixed.status).toBe(0);
    expect(mixed.out).toMatch(/^gap: file latin\.sql: not a text in UTF-8 or UTF-16\n {4}what to do: \S/mu);
    // The file, and a column that nobody could tell in a place that a policy names.
    const gaps = mixed.out.match(/^gap: /gmu)?.length ?? 0;
    expect(gaps).toBeGreaterThan(1);
    expect(mixed.out).toContain(`${gaps} gaps, which --strict counts`);
    expect((await check(sql, '--strict')).status).toBe(1);
    const unruled = await runLexline(['check', sql, '--policies', sql]);
    expect(unruled).toMatchObject({ status: 2, out: '' });
    expect(unruled.err).toContain('holds no policy: nothing would be checked');
  });

  it('runs without a baseline on what the files themselves say, and refuses what is no baseline', async () => {
    const target = changed('clear', 'select customer_id, pan as customer_ref from warehouse.payments.card_vault');
    const alone = await runLexline(['check', target, '--policies', policies]);
    expect(alone.out).toContain('without a baseline');
    writeFileSync(join(folder, 'cut.jsonl'), readFileSync(baseline, 'utf8').split('\n').slice(0, 20).join('\n'));
    const cut = await runLexline(['check', target, '--policies', policies, '--baseline', join(folder, 'cut.jsonl')]);
    expect(cut).toMatchObject({ status: 2 });
    expect(cut.err).toContain('is no whole baseline');
    writeFileSync(join(folder, 'other.jsonl'), 'create table t (x int);');
    for (const [file, why] of [
      ['other.jsonl', 'is no whole baseline'],
      ['none.jsonl', 'cannot be read: nothing is there'],
    ] as const) {
      const refused = await runLexline(['check', target, '--policies', policies, '--baseline', join(folder, file)]);
      expect(refused.err).toContain(why);
      expect(refused.err).toContain('what to do:');
    }
  });

  it('keeps no address and no statement in a baseline, and writes the same one again', async () => {
    const text = readFileSync(baseline, 'utf8');
    expect(text).not.toMatch(/select |insert into/iu);
    expect(text).not.toContain(folder);
    const again = join(folder, 'again.jsonl');
    await runLexline(['baseline', '--out', again, '--config', config]);
    expect(readFileSync(again, 'utf8')).toBe(text);
  });
});
