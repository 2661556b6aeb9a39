import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKey } from '../../../server/access/api-keys.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { composeFor } from '../../../server/lexline.ts';

const actor = { kind: 'process', id: 'test' } as const;
const names = ['viewer', 'reviewer', 'steward', 'auditor', 'narrow'] as const;

/** Who asks: a key of that role; `narrow` audits one domain. */
export type Who = (typeof names)[number];

export interface Answer {
  readonly status: number;
  readonly data: never;
  readonly code: string | null;
}

/** A whole product that serves: two schemas with a table of persons and a view of it each, policies, and a key for each role. */
export interface House {
  ask(query: string, who?: Who, variables?: object): Promise<Answer>;
  close(): Promise<void>;
}

export async function serveHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-roots-'));
  const keys = Object.fromEntries(names.map((name) => [name, newKey()])) as Record<Who, ReturnType<typeof newKey>>;
  for (const name of ['sql', 'policies']) mkdirSync(join(folder, name));
  writeFileSync(
    join(folder, 'sql', 'shop.sql'),
    `create table shop.people (id int primary key, email text);
create table hr.staff (id int primary key, email text);
create view marketing.mailing as select email as address from shop.people;
create view hr.birthdays as select email as address from hr.staff;`,
  );
  writeFileSync(
    join(folder, 'policies', 'house.yml'),
    `policies:
  - { id: no-mail-outside, title: No address leaves its table, data: { categories: [user.contact.email] }, in: [{ name: '*mailing' }, { name: '*birthdays' }] }
  - { id: owned, title: Everything personal has an owner, severity: low, data: { classes: [PII] }, require: { owner: true } }
waivers:
  - { policy: no-mail-outside, field: mailing.address, owner: Ada Example, reason: consented lists only, expires: 2099-12-31 }
`,
  );
  const compose = composeFor({
    global: { config: undefined, data: undefined, json: false },
    env: {},
    clock: systemClock,
    actor,
  });
  const key = (name: Who, role: string, more: object = {}) => ({ name, role, sha256: keys[name].sha256, ...more });
  const config = await compose.parseConfig(
    {
      sources: [{ name: 'shop', connector: 'sql-files', path: './sql', dialect: 'postgres' }],
      policies: './policies',
      access: {
        domains: { shop: ['shop.*', 'marketing.*'] },
        keys: [
          key('viewer', 'viewer'),
          key('reviewer', 'reviewer'),
          key('steward', 'steward'),
          key('auditor', 'auditor', { validUntil: '2099-12-31' }),
          key('narrow', 'auditor', { validUntil: '2099-12-31', domains: ['shop'] }),
        ],
      },
    },
    folder,
  );
  const product = await compose.open({ config });
  await (await product.sync()).run({ source: 'shop', actor });
  const serving = await product.serve({ host: '127.0.0.1', port: 0 });
  return {
    async ask(query, who = 'auditor', variables = {}) {
      const response = await fetch(`${serving.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${keys[who].key}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as {
        data: never;
        errors?: readonly { readonly extensions: { readonly code: string } }[];
      };
      return { status: response.status, data, code: errors?.[0]?.extensions.code ?? null };
    },
    async close() {
      await serving.close();
      await product.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
