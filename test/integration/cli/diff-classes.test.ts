import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diff } from '../../../server/query/diff/diff.ts';
import { runLexline, type Ran } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-diff-classes-'));
const config = join(folder, 'lexline.yaml');
const lexline = (...argv: string[]): Promise<Ran> => runLexline([...argv, '--config', config]);

function put(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** Into what had e-mail addresses of customers before. */
const flow = 'insert into shop.t1 (zy, email) select email, email from clinic.patients;';

/** Where regulated data goes since the revision before. */
async function flowsAfterSync(): Promise<readonly string[]> {
  const before = await newest();
  await lexline('sync');
  const { out } = await lexline('diff', '--from', before, '--json');
  const { sections } = JSON.parse(out) as Diff;
  return sections.filter(({ key }) => key === 'flows').flatMap(({ items }) => items.map(({ says }) => says));
}

async function newest(): Promise<string> {
  const { out } = await lexline('diff', '--from', new Date().toISOString(), '--json');
  return (JSON.parse(out) as Diff).to.publishedAt;
}

beforeAll(async () => {
  const usual = "connector: sql-files, dialect: postgres, namespace: 'postgres://db:5432'";
  writeFileSync(
    config,
    `sources:
  - { name: clinic, ${usual}, path: ./clinic, applies: { hipaa: covered-entity } }
  - { name: shop, ${usual}, path: ./shop, applies: { hipaa: none } }
`,
  );
  put('clinic/1.sql', 'create table clinic.patients (patient_id int primary key, email text, diagnosis text);');
  put(
    'shop/1.sql',
    `create table shop.customers (id int primary key, email text);
create table shop.t1 (zy text, email text);
create table shop.t2 (zw text);
insert into shop.t1 (zy, email) select email, email from shop.customers;`,
  );
  put(
    'policies/health.yml',
    "policies:\n  - { id: no-phi, title: No PHI, severity: critical, data: { classes: [PHI] }, in: [{ name: '*shop.*' }] }\n",
  );
  await lexline('sync');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('where a class comes from that the category alone does not have', () => {
  it('is where the way begins that a policy on the class shows, and not the one that was there before', async () => {
    const file = join(folder, 'baseline.jsonl');
    await lexline('baseline', '--out', file);
    put('change/1.sql', flow);
    const over = ['--baseline', file, '--policies', join(folder, 'policies'), '--dialect', 'postgres'];
    const { out } = await lexline('check', join(folder, 'change'), ...over);
    expect(out).toContain('clinic.patients.email -> shop.t1.email');
    expect(out).toContain('clinic.patients.email -> shop.t1.zy');
    expect(out).not.toContain('customers.email');
  });

  it('is told of a way by which it now comes to what was there before, also where the field is judged by itself', async () => {
    put('clinic/2.sql', flow);
    expect(await flowsAfterSync()).toContain(
      'E-mail address as PHI now reaches email, zy in clear, from patients.email',
    );
  });

  it('is told beside the nearer origin of the category, which never had it', async () => {
    put('shop/2.sql', 'insert into shop.t2 (zw) select zy from shop.t1;');
    expect(await flowsAfterSync()).toEqual([
      'E-mail address (PII and PHI) now reaches zw in clear, from customers.email; as PHI from patients.email',
    ]);
  });

  it('is where an explanation begins, not the nearer origin', async () => {
    const { out } = await lexline('explain', 'shop.t2.zw');
    expect(out).toContain('Copied from patients.email');
    expect(out).not.toContain('customers.email');
  });

  it('is told when it comes no longer', async () => {
    put('clinic/2.sql', 'select 1;');
    expect(await flowsAfterSync()).toContain(
      'E-mail address as PHI no longer reaches email, zy in clear, from patients.email',
    );
  });
});
