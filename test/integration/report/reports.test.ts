import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLexline, type Ran } from '../cli/run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-reports-'));
const config = join(folder, 'lexline.yaml');
const governance = join(folder, 'governance');

async function lexline(...argv: string[]): Promise<Ran> {
  return runLexline([...argv, '--config', config]);
}

async function fine(...argv: string[]): Promise<string> {
  const { status, out, err } = await lexline(...argv);
  expect({ argv, status, err }).toEqual({ argv, status: 0, err: expect.any(String) });
  return out;
}

interface Made {
  readonly report: Readonly<Record<string, unknown>>;
  readonly sections: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

async function report(name: string, ...more: string[]): Promise<Made> {
  return JSON.parse(await fine('report', name, '--format', 'json', ...more)) as Made;
}

const activities = (
  purpose: string,
): string => `entities: [{ id: us, name: Example GmbH, role: controller, country: DE }]
activities:
  - { id: orders, name: Orders, entity: us, purposes: [${purpose}], datasets: [{ name: '*customers' }] }
`;

let afterFirst = '';

beforeAll(async () => {
  mkdirSync(governance);
  mkdirSync(join(folder, 'sql'));
  writeFileSync(
    join(folder, 'sql', 'tables.sql'),
    `create table dw.shop.customers (id bigint primary key, email text, full_name text);
     create table dw.mart.mails as select email as address from dw.shop.customers;
     create table dw.mart.lowered as select lower(c.email) as mail from dw.shop.customers c;
     create table dw.mart.keys as select sha256(lower(c.email)::bytea) as customer_key from dw.shop.customers c;`,
  );
  writeFileSync(
    config,
    `sources: [{ name: shop, connector: sql-files, path: ./sql, dialect: postgres, applies: { gdpr: controller } }]
governance: ./governance
signing: { keyFile: ./keys/lexline.pem }
`,
  );
  writeFileSync(join(governance, 'activities.yml'), activities('selling'));
  await fine('sync');
  afterFirst = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 20));
  writeFileSync(join(governance, 'activities.yml'), activities('selling and advertising'));
  await fine('governance', 'apply');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('reports on real stores', () => {
  it('say what people had entered at the time asked for, and now', async () => {
    const purposes = ({ sections }: Made) => sections['activities']?.[0]?.['purposes'];
    expect(purposes(await report('gdpr-30-1'))).toEqual(['selling and advertising']);
    expect(purposes(await report('gdpr-30-1', '--as-of', afterFirst))).toEqual(['selling']);
  });

  it('locate a person in the form in which each place holds the identifier', async () => {
    const { report: head, sections } = await report('subject-locator', '--field', 'shop.customers.email');
    expect(head['requestedBy']).toEqual(expect.stringMatching(/^(person|process|key) ./u));
    const places = new Map(sections['places']?.map((row) => [row['dataset'], row]));
    expect(places.get('dw.mart.mails')).toMatchObject({
      treated: 'as it is',
      eraseSql: 'DELETE FROM "dw"."mart"."mails" WHERE "address" = $1',
    });
    expect(places.get('dw.mart.lowered')).toMatchObject({
      treated: 'changed by LOWER; the statements apply the same',
      eraseSql: 'DELETE FROM "dw"."mart"."lowered" WHERE "mail" = LOWER($1)',
    });
    expect(places.get('dw.mart.keys')).toMatchObject({
      treated: expect.stringContaining('hash (LOWER > '),
      eraseSql: null,
    });
    expect(places.get('dw.mart.keys')?.['countSql']).toContain('none: ');
  });

  it('write no revision when nothing was entered anew', async () => {
    expect(await fine('governance', 'apply')).toContain('nothing changed, nothing written');
  });

  it('are refused for a time before the first sync', async () => {
    const { status, err } = await lexline('report', 'gdpr-30-1', '--as-of', '2020-01-01');
    expect({ status, code: /ASOF_BEFORE_FIRST_REVISION/u.test(err) }).toEqual({ status: 2, code: true });
  });

  it('are refused for a time that has not come, and so are packs and changes since one', async () => {
    for (const asked of [
      ['report', 'gdpr-30-1', '--as-of', '2999-01-01'],
      ['report', 'inventory', '--since', '2999-01-01'],
      ['pack', 'create', '--as-of', '2999-01-01', '--out', join(folder, 'future.tar')],
    ]) {
      const { status, err } = await lexline(...asked);
      expect({ asked, status }).toEqual({ asked, status: 2 });
      expect(err).toContain('lies in the future');
    }
  });

  it('leave no half of a file when it cannot be written', async () => {
    const { status, err } = await lexline('report', 'inventory', '--out', join(folder, 'nowhere', 'x.pdf'));
    expect({ status, said: err.includes('OUTPUT_FAILED') }).toEqual({ status: 2, said: true });
  });

  it('are confirmed with the number of open items, and tell what changed since', async () => {
    const refused = await lexline('report', 'gdpr-30-1', '--confirm', 'Jo Example');
    expect(refused.status).toBe(2);
    const count = /--open-items (\d+)/u.exec(refused.err)?.[1] ?? '';
    const out = join(folder, 'record.json');
    await fine('report', 'gdpr-30-1', '--confirm', 'Jo Example', '--open-items', count, '--out', out);
    const made = JSON.parse(readFileSync(out, 'utf8')) as Made;
    expect(made.report).toMatchObject({
      status: 'confirmed',
      confirmation: { by: 'Jo Example', openItems: Number(count) },
    });
    writeFileSync(
      join(folder, 'sql', 'more.sql'),
      'create table dw.shop.people (id bigint primary key, phone_number text);',
    );
    await fine('sync');
    const next = await report('gdpr-30-1');
    expect(next.report).toMatchObject({ status: 'draft', since: expect.stringContaining('revision') });
    expect(next.sections['changes']?.map(({ summary }) => summary)).toContainEqual(
      expect.stringContaining('people.phone_number'),
    );
  });

  it('leave a trace in the ledger, which a kept head shows to be whole', async () => {
    const head = join(folder, 'head.json');
    await fine('ledger', 'head', '--out', head);
    await fine('report', 'inventory', '--format', 'json', '--why', 'for the auditor', '--out', join(folder, 'i.json'));
    expect(await fine('ledger', 'verify', '--head', head)).toContain('holds the head that was kept elsewhere');
    const kept = JSON.parse(readFileSync(head, 'utf8')) as { hash: string };
    writeFileSync(head, JSON.stringify({ ...kept, hash: '0'.repeat(64) }));
    expect((await lexline('ledger', 'verify', '--head', head)).status).toBe(2);
  });

  it('are packed, and the pack is verified by a command that opens no store', async () => {
    const pack = join(folder, 'pack.tar');
    const head = join(folder, 'head2.json');
    await fine('ledger', 'head', '--out', head);
    await fine('pack', 'create', '--reports', 'gdpr-30-1', '--out', pack);
    const { status, out } = await runLexline(['pack', 'verify', pack, '--head', head]);
    expect({ status, first: out.split('\n')[0] }).toMatchObject({
      status: 0,
      first: expect.stringContaining('The pack holds'),
    });
    const bytes = readFileSync(pack);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
    writeFileSync(pack, bytes);
    expect((await runLexline(['pack', 'verify', pack])).status).toBe(1);
    const refused = async (...more: string[]): Promise<string> => {
      const { status: ended, err } = await runLexline(['pack', 'verify', ...more]);
      expect({ more, ended }).toEqual({ more, ended: 2 });
      expect(err).toContain('what to do:');
      return err;
    };
    expect(await refused(join(folder, 'none.tar'))).toContain('none.tar cannot be read: nothing is there');
    expect(await refused(pack, '--key', 'abc')).toContain('a fingerprint has 64 hexadecimal digits');
    expect(await refused(pack, '--head', pack)).toContain('is no head of a ledger');
  });

  it('name the nearest word for a report, a parameter and a system that are not there', async () => {
    expect((await lexline('report', 'gdpr-30')).err).toContain('gdpr-30-1');
    expect((await lexline('report', 'exposure')).err).toContain('--system');
    expect((await lexline('report', 'exposure', '--system', 'shp')).err).toContain('did you mean "shop"');
  });
});
