import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diff } from '../../../server/query/diff/diff.ts';
import { runLexline, type Ran } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-diff-'));
const config = join(folder, 'lexline.yaml');
const script = join(folder, 'sql', 'shop.sql');

const before = `create table shop.cards (id int, pan varchar(19), holder_name text, customer_email text);
create table shop.old_log (id int, ip_address text);
create view mart.card_stats as select id, md5(pan) as card_ref, customer_email from shop.cards;`;
const after = `create table shop.cards (id bigint, pan varchar(19), holder_name text, customer_email text, cvv text);
create view mart.card_stats as select id, pan as card_ref, customer_email from shop.cards where cvv is not null;
create view mart.mailing as select lower(customer_email) mail from shop.cards;`;

const lexline = (...argv: string[]): Promise<Ran> => runLexline([...argv, '--config', config]);

/** The instant of the newest revision. */
async function newest(): Promise<string> {
  const { out } = await lexline('diff', '--from', new Date().toISOString(), '--json');
  return (JSON.parse(out) as Diff).to.publishedAt;
}

let middle: string;

beforeAll(async () => {
  mkdirSync(join(folder, 'sql'));
  writeFileSync(config, 'sources:\n  - { name: files, connector: sql-files, path: ./sql, dialect: postgres }\n');
  writeFileSync(script, before);
  await lexline('sync');
  middle = await newest();
  writeFileSync(script, after);
  await lexline('sync', '--allow-shrink');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('lexline diff', () => {
  it('says what differs, what matters most first, and ends with 1', async () => {
    const { status, out } = await lexline('diff', '--from', middle);
    expect(status).toBe(1);
    const said = out.split('\n').map((line) => line.trim());
    for (const line of [
      'sensitive fields: 6 → 7 (+1)',
      '~ mart.card_stats: Card number (PCI) now reaches card_ref in clear, from cards.pan; before hashed',
      '+ mart.mailing: E-mail address (PII) now reaches mail in clear, from cards.customer_email',
      '+ shop.cards.cvv: Card CVV, PCI (the detectors)',
      '- shop.old_log.ip_address: no longer seen; it held: IP address, PII (the detectors)',
      '- shop.old_log: no longer seen, nor are its 2 fields',
      '+ mart.mailing: new view on postgres, 1 field',
      '~ shop.cards.id: type int became bigint',
      '~ shop.cards → mart.card_stats: now influenced by cvv (filter)',
      '~ shop.cards → mart.card_stats: pan → card_ref: was hash (MD5), now copied as it is',
      '+ shop.cards → mart.mailing: now flows: customer_email → mail',
      '~ shop.sql: SQL changed: 3 statements (3 new or rewritten, 3 no longer there)',
    ])
      expect(said).toContain(line);
    expect(out).not.toContain('deleted');
    expect(out.indexOf('Where regulated data goes')).toBeLessThan(out.indexOf('What fields hold'));
  });

  it('gives the same bytes each time, in every format', async () => {
    for (const format of ['text', 'markdown', 'json']) {
      const [first, second] = [
        await lexline('diff', '--from', middle, '--format', format),
        await lexline('diff', '--from', middle, '--format', format),
      ];
      expect(first.out).not.toBe('');
      expect(second.out).toBe(first.out);
    }
  });

  it('carries the same differences in JSON, with before and after', async () => {
    const { out } = await lexline('diff', '--from', middle, '--json');
    const diff = JSON.parse(out) as Diff;
    expect(diff.sections.map(({ key }) => key)).toEqual([
      'flows',
      'judgements',
      'datasets',
      'fields',
      'lineage',
      'jobs',
    ]);
    const type = diff.sections.flatMap(({ items }) => items).find(({ what }) => what === 'shop.cards.id');
    expect(type?.details).toEqual([{ name: 'type', before: 'int', after: 'bigint' }]);
    expect(diff.revisions.map(({ n }) => n)).toEqual(
      Array.from({ length: diff.to.n - diff.from.n }, (_, at) => diff.from.n + at + 1),
    );
  });

  it('finds nothing between a time and itself', async () => {
    const { status, out } = await lexline('diff', '--from', middle, '--to', middle);
    expect(out).toContain('Nothing differs.');
    expect(status).toBe(0);
  });

  it('refuses times that it cannot answer for', async () => {
    expect((await lexline('diff', '--from', '2020-01-01')).err).toContain('ASOF_BEFORE_FIRST_REVISION');
    expect((await lexline('diff', '--from', await newest(), '--to', middle)).err).toContain('Exchange --from and --to');
    for (const times of [
      ['--from', '2998-01-01', '--to', '2999-01-01'],
      ['--from', middle, '--to', '2999-01-01T00:00:00Z'],
    ]) {
      const { status, out, err } = await lexline('diff', ...times);
      expect([status === 0, out]).toEqual([false, '']);
      expect(err).toContain('lies in the future');
    }
    expect((await lexline('diff')).err).toContain('needs to know since when');
  });
});
