import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { composeFor } from '../../../server/lexline.ts';
import { scan } from '../../../server/cli/commands/scan.ts';
import { smallShop } from '../../e2e/small-shop.ts';

const actor = { kind: 'process', id: 'test' } as const;
const compose = composeFor({
  global: { config: undefined, data: undefined, json: false },
  env: {},
  clock: systemClock,
  actor,
});
const manifest = join(import.meta.dirname, '../../../examples/shop-clinic/dbt/target/manifest.json');

const folder = mkdtempSync(join(tmpdir(), 'lexline-scan-test-'));
// A place of our own for temporary files, so that what another test leaves is not taken for ours.
const temporary = join(folder, 'temporary');
mkdirSync(temporary);
const before = process.env['TMPDIR'];
process.env['TMPDIR'] = temporary;
afterAll(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(folder, { recursive: true, force: true });
});

function place(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(folder, 'case-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

function run(target: string, signal = new AbortController().signal): ReturnType<typeof scan> {
  return scan({ target, dialect: 'postgres' }, { compose, clock: systemClock, actor, signal });
}

function leftBehind(): readonly string[] {
  return readdirSync(temporary);
}

describe('scan, through the real pipeline', () => {
  it('finds the fields of a folder of SQL, their flows and their step-downs, and leaves nothing behind', async () => {
    const { html, summary, headline } = await run(place(smallShop));
    expect(summary.datasets).toBe(8);
    expect(headline.lines.join('\n')).toContain('payments.card_vault reaches marketing.export in clear');
    expect(html).toContain('stepped down in');
    expect(html).toContain('>hashed</text>');
    expect(leftBehind()).toEqual([]);
  });

  it('keeps no literal and no value of the SQL in its page', async () => {
    const canary = 'canary.4111111111111111@example.com';
    const sql = {
      ...smallShop,
      '03-load.sql': `insert into shop.customers (customer_id, email) values (1, '${canary}');
        create view shop.one as select email from shop.customers where email = '${canary}';`,
    };
    const { html } = await run(place(sql));
    expect(html).toContain('shop.one');
    expect(html).not.toContain('canary.4111');
  });

  it('reads a dbt target and a manifest alone', async () => {
    const whole = await run(dirname(manifest));
    const alone = await run(place({ 'manifest.json': readFileSync(manifest) }));
    expect(whole.summary.datasets).toBeGreaterThan(10);
    expect(alone.summary.datasets).toBeGreaterThan(10);
    expect(alone.html).toContain('catalog.json');
  });

  it.each([
    [
      'a truncated manifest',
      { 'manifest.json': readFileSync(manifest).subarray(0, 20_000) },
      'ARTEFACT_INVALID',
      /not valid JSON/,
    ],
    [
      'a binary manifest',
      { 'manifest.json': Uint8Array.from({ length: 4096 }, (_, i) => (i * 97) % 256) },
      'ARTEFACT_INVALID',
      /binary/,
    ],
    [
      'a manifest of an old dbt',
      { 'manifest.json': '{"metadata":{"dbt_schema_version":"https://schemas.getdbt.com/dbt/manifest/v1.json"}}' },
      'ARTEFACT_VERSION',
      /version 1/,
    ],
    ['SQL that names no table', { 'a.sql': '-- later\n' }, 'INPUT_INVALID', /no table, view or model was found/],
    ['an empty folder', {}, 'INPUT_INVALID', /holds no manifest/],
    [
      'a text in another encoding',
      {
        'a.sql': Buffer.from('create table caf\xe9 (email text)', 'latin1'),
        'b.sql': Buffer.from('-- \xe9', 'latin1'),
      },
      'INPUT_INVALID',
      /file a\.sql, not a text in UTF-8 or UTF-16, and 1 more gap$/,
    ],
  ])('refuses %s with a typed error and makes no page', async (_, files, code, message) => {
    await expect(run(place(files))).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it('says what to do about files that cannot be read, not about dialects', async () => {
    await expect(run(place({ 'a.sql': Buffer.from('-- \xe9', 'latin1') }))).rejects.toMatchObject({
      remedy: expect.stringContaining('text in UTF-8') as string,
    });
  });

  it('stops on request and leaves nothing behind', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(run(place(smallShop), abort.signal)).rejects.toThrow();
    expect(leftBehind()).toEqual([]);
  });

  it('does not touch the folder it scans', async () => {
    const target = place(smallShop);
    const before = readdirSync(target, { recursive: true });
    await run(target);
    expect(readdirSync(target, { recursive: true })).toEqual(before);
    expect(existsSync(join(target, 'data'))).toBe(false);
  });
});
