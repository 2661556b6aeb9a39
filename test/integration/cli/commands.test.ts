import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLexline, type Ran } from './run-in-process.ts';

const target = join(import.meta.dirname, '../../../examples/shop-clinic/dbt/target');
const folder = mkdtempSync(join(tmpdir(), 'lexline-cli-'));
const config = join(folder, 'lexline.yaml');
const withModels = `sources:
  - name: models
    connector: dbt
    target: ${target}
    applies: { gdpr: controller }
`;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function lexline(...argv: string[]): Promise<Ran> {
  return runLexline([...argv, '--config', config]);
}

async function fine(...argv: string[]): Promise<string> {
  const { status, out, err } = await lexline(...argv);
  expect({ argv, status, err }).toEqual({ argv, status: 0, err: '' });
  return out;
}

async function refused(...argv: string[]): Promise<string> {
  const { status, err } = await lexline(...argv);
  expect({ argv, status }).toEqual({ argv, status: 2 });
  return err;
}

describe('before anything was synced', () => {
  it('init writes a file that check-config takes, and never writes over one', async () => {
    expect(await fine('init')).toContain('lexline check-config');
    expect(await fine('check-config')).toContain('No source is configured yet');
    expect(await refused('init')).toContain('is there already');
    expect(await refused('sync')).toMatch(/no source is configured\n.*name your sources in lexline\.yaml/u);
    expect((await lexline('doctor')).out).toMatch(/gap .*no source is configured\n.*name your sources/u);
  });

  it.each([
    ['report', 'inventory'],
    ['lineage', 'a.b'],
    ['explain', 'a.b'],
    ['sources', 'list'],
    ['ledger', 'verify'],
    ['backup', join(folder, 'x')],
  ])('%s makes no empty stores and says what to do', async (...argv) => {
    expect(await refused(...argv)).toMatch(/STORE_UNAVAILABLE.*there are no stores/u);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});

it('check-config tells a source of own detectors that is not there, with the nearest name, and refuses nothing for it', async () => {
  const own = join(folder, 'own.yml');
  writeFileSync(own, 'tune: [{ source: modles, disable: [email] }, { source: models, disable: [email] }]');
  writeFileSync(config, `${withModels}detectors: ${own}\n`);
  const told = 'tune: no source here is called modles, so this does nothing; did you mean "models"?';
  expect(await fine('check-config')).toContain(`note: ${told}\n`);
  expect(JSON.parse(await fine('check-config', '--json'))).toMatchObject({ valid: true, notes: [told] });
});

describe('after a sync', () => {
  beforeAll(async () => {
    writeFileSync(config, withModels);
    await fine('sync');
  });

  it('a second one changes nothing, and the gaps are still shown', async () => {
    const out = await fine('sync', 'models');
    expect(out).toContain('models: nothing changed, nothing written');
    expect(out).toMatch(/gaps: [1-9]/u);
  });

  it('a dry run writes no revision', async () => {
    const before = await fine('ledger', 'verify', '--json');
    expect(await fine('sync', '--dry-run', '--full')).toContain('dry run, nothing written');
    expect(await fine('ledger', 'verify', '--json')).toBe(before);
  });

  it('an unknown source is refused with the nearest known one', async () => {
    expect(await refused('sync', 'model')).toContain('did you mean "models"?');
  });

  it('the inventory comes in every format, to a file that is whole or not there', async () => {
    for (const format of ['json', 'csv', 'html']) {
      const file = join(folder, `inventory.${format}`);
      expect(await fine('report', 'inventory', '--out', file)).toContain('revision');
      expect(readFileSync(file, 'utf8')).toBe(await fine('report', 'inventory', '--format', format));
    }
    expect(await refused('report', 'inventory', '--out', join(folder, 'none', 'x.csv'))).toContain('[OUTPUT_FAILED]');
    expect(await refused('report', 'inventroy')).toContain('inventory');
    expect(await refused('report', 'inventory', '--format', 'xls')).toContain('one of: json, csv, xlsx, html, md, pdf');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('a report is not written under the ending of something else, unless its format is said', async () => {
    const file = join(folder, 'inventory.docx');
    const { status, err } = await lexline('report', 'inventory', '--out', file);
    expect(status).toBe(2);
    expect(err).toContain('no report can be written as ".docx"');
    expect(existsSync(file)).toBe(false);
    expect((await lexline('report', 'inventory', '--format', 'html', '--out', file)).status).toBe(0);
  });

  it.each([[['write-back']], [['dead-letters', 'list']], [['dead-letters', 'replay']]])(
    'a source that nobody knows is a mistake and no empty answer: %j',
    async (argv) => {
      const { status, err } = await lexline(...argv, 'nowhere');
      expect(status).toBe(2);
      expect(err).toContain('there is no source "nowhere"');
    },
  );

  it('a report lists itself', async () => {
    expect(await fine('report')).toContain('inventory: ');
  });

  it('lineage is found by the last parts of a name, in four formats', async () => {
    const text = await fine('lineage', 'stg_customers.email');
    expect(text).toMatch(/^warehouse\.dbt_staging\.stg_customers\.email: E-mail address, sensitive\n/u);
    expect(text).toContain('upstream: 1');
    expect(text).toMatch(/ 1 {2}warehouse\.shop\.customers\.email/u);
    expect(await fine('lineage', 'stg_customers.email', '--format', 'svg')).toContain('</svg>');
    expect(await fine('lineage', 'stg_customers', '--format', 'mermaid')).toContain('flowchart');
    const graph = JSON.parse(await fine('lineage', 'stg_customers.email', '--json')) as Record<string, unknown>;
    expect(graph).toMatchObject({ direction: 'BOTH', granularity: 'FIELD', truncated: null });
  });

  it('lineage that was cut short says so', async () => {
    expect(await fine('lineage', 'customers.email', '--depth', '1')).toMatch(/cut short: .*--depth/u);
    expect(await fine('lineage', 'customers.email', '--first', '1')).toMatch(/cut short: .*--first/u);
    expect(await refused('lineage', 'customers.email', '--depth', '0')).toContain('a whole number from 1 to 100');
  });

  it('a name that fits nothing, several things or a whole dataset says what to do', async () => {
    expect(await refused('lineage', 'nothing.here')).toContain('[NOT_FOUND]');
    expect(await refused('explain', 'email')).toMatch(/nothing is known .*\n.*warehouse\.[a-z_.]+\.email\b/u);
    expect(await refused('explain', 'stg_customers')).toContain(
      'lexline explain warehouse.dbt_staging.stg_customers.email',
    );
    expect(await refused('explain', 'stg_customers.e_mail')).toContain('did you mean "email"?');
    expect(await refused('explain', 'stg_customers.zzzz')).toMatch(/its fields are: .*email/u);
  });

  it('retention says that all is kept where nobody wrote a policy, and purges nothing by mistake', async () => {
    expect(await fine('retention', 'plan')).toContain('every revision is kept, and nothing is ever purged');
    expect(await fine('retention', 'apply')).toContain('No retention policy is configured');
    expect(await refused('retention', 'apply', '--yes')).toContain('[CONFIG_INVALID]');
  });

  it('impact and stops refuse what nothing can be, naming what was meant', async () => {
    for (const [option, word, meant] of [
      ['--category', 'user.contact.emial', 'user.contact.email'],
      ['--platform', 'postgress', 'postgres'],
    ] as const)
      expect(await refused('impact', 'stg_customers.email', option, word)).toContain(`did you mean "${meant}"?`);
    expect(await refused('impact', 'stg_customers.email', '--source', 'zzzzzz')).toContain(
      'nothing was read of a source',
    );
    const stop = ['stg_customers.email', '--reason', 'r', '--until', '2099-01-01'];
    expect(await refused('stops', 'set', ...stop, '--category', 'user.contact.emial')).toContain('user.contact.email');
  });

  it('explain gives evidence, the regulations’ own terms and how a citation was checked', async () => {
    const text = await fine('explain', 'stg_customers.email');
    expect(text).toContain('E-mail address (user.contact.email; PII)');
    expect(text).toContain('gdpr: personal data (GDPR:4(1))');
    expect(text).toContain('catalogue-only');
    const value = JSON.parse(await fine('explain', 'stg_customers.email', '--json')) as Record<string, unknown>;
    expect(value).toMatchObject({ revision: expect.any(Number) as number, field: { label: 'E-mail address' } });
  });

  it('a time before the first revision is a typed error, never an empty answer', async () => {
    expect(await refused('report', 'inventory', '--as-of', '2001-01-01')).toContain('[ASOF_BEFORE_FIRST_REVISION]');
  });

  it('doctor looks at every source and ends with 1 when one is wrong', async () => {
    expect(await fine('doctor')).toMatch(/ok {5}source models: dbt/u);
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, `${withModels}  - { name: gone, connector: dbt, target: ./none }\n`);
    const { status, out } = await runLexline(['doctor', '--config', broken]);
    expect(status).toBe(1);
    expect(out).toMatch(/failed source gone: \[ARTEFACT_INVALID\]|failed source gone: \[CONNECTOR/u);
  });

  it('doctor reads all of the stores, and finds what a sync would', async () => {
    const damaged = join(folder, 'damaged');
    const there = join(folder, 'damaged.yaml');
    writeFileSync(there, `${withModels}stores: { graph: { path: ./damaged } }\n`);
    await fine('backup', join(folder, 'for-damage.db'));
    await runLexline(['restore', join(folder, 'for-damage.db'), '--config', there]);
    expect((await runLexline(['doctor', '--config', there])).status).toBe(0);
    const bytes = readFileSync(join(damaged, 'lexline.db'));
    bytes.fill(0xa5, Math.floor(bytes.length / 8192) * 4096, Math.floor(bytes.length / 8192) * 4096 + 8192);
    writeFileSync(join(damaged, 'lexline.db'), bytes);
    const { status, out } = await runLexline(['doctor', '--config', there]);
    expect(status).toBe(1);
    expect(out).toMatch(/failed stores: \[STORE_CORRUPT\] .*\n.*lexline restore/u);
    expect(out).not.toMatch(/ok {5}stores/u);
  });

  it('a back-up restores to the same inventory, and neither writes over anything', async () => {
    const file = join(folder, 'backup.db');
    const restored = join(folder, 'restored.yaml');
    writeFileSync(restored, `${withModels}stores: { graph: { path: ./restored } }\n`);
    await fine('backup', file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await refused('backup', file)).toContain('is there already');
    const { status } = await runLexline(['restore', file, '--config', restored]);
    expect(status).toBe(0);
    const again = await runLexline(['report', 'inventory', '--format', 'csv', '--config', restored]);
    expect(again.out).toBe(await fine('report', 'inventory', '--format', 'csv'));
    expect((await runLexline(['restore', file, '--config', restored])).err).toContain('is there already');
  });

  it('a back-up that is damaged or none is refused before anything is put in place', async () => {
    const whole = readFileSync(join(folder, 'backup.db'));
    for (const [name, bytes] of [
      ['short.db', whole.subarray(0, 5000)],
      ['text.db', Buffer.from('not a store at all')],
    ] as const) {
      writeFileSync(join(folder, name), bytes);
      const { status, err } = await runLexline(['restore', join(folder, name), '--data', join(folder, 'nowhere')]);
      expect({ name, status }).toEqual({ name, status: 2 });
      expect(err).toContain('[STORE_CORRUPT]');
    }
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('a source is retired only when it is no longer configured; earlier revisions still show it', async () => {
    expect(await refused('sources', 'retire', 'models')).toContain('still configured');
    const counted = async (...argv: string[]): Promise<number> => {
      const { out } = await runLexline(['report', 'inventory', '--format', 'csv', ...argv]);
      return out.split('\n').filter((line) => line.includes('stg_customers')).length;
    };
    const without = join(folder, 'without.yaml');
    writeFileSync(without, 'sources: []\n');
    const before = new Date().toISOString();
    const { out } = await runLexline(['sources', 'retire', 'models', '--config', without]);
    expect(out).toContain('models is retired in revision');
    expect(await counted('--config', without)).toBe(0);
    expect(await counted('--config', without, '--as-of', before)).toBeGreaterThan(0);
    expect((await runLexline(['sources', 'list', '--config', without])).out).toContain('no longer configured');
    await fine('sync');
    expect(await counted('--config', config)).toBeGreaterThan(0);
    expect(await fine('ledger', 'verify')).toContain('intact');
  });
});
