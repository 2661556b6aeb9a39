import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresConfig } from '../../../connectors/postgres/config.ts';
import { postgres } from '../../../connectors/postgres/connector.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { isLexlineError } from '../../../server/base/errors.ts';
import { createLog } from '../../../server/base/log.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import type { Query } from '../../../server/query/query.ts';
import { createReports } from '../../../server/report/create-reports.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { ConfiguredSource } from '../../../server/sync/source.ts';
import type { SyncReport } from '../../../server/sync/sync.ts';
import { actor, namespace, openHouse, scriptedSource, sqlJob, table, wholeScope, type House } from './harness.ts';

/** A word that is in no list and no name; each place where a value may hide has one of its own. */
const word = 'zqkanary';
const places = {
  row: `${word}row`,
  json: `${word}json`,
  rare: `${word}rare`,
  literal: `${word}literal`,
  brokenSql: `${word}broken`,
  default: `${word}default`,
  check: `${word}check`,
  bound: `${word}bound`,
  enumLabel: `${word}enum`,
  partition: `${word}partition`,
  comment: `${word}comment`,
  example: `${word}example`,
  password: `${word}password`,
  token: `${word}0a9f8e7d6c5b4a39`,
  titled: `${word}titled`,
  house: `${word}house`,
  contact: '0100 5550199',
  statistics: `${word}statistics`,
  facet: `${word}facet`,
  tag: `${word}tag`,
  gap: `${word}gap`,
  driver: `${word}driver`,
} as const;
const list = Array.from(
  { length: 40 },
  (_, i) => `('${places.row}${i}@example.com', '${places.statistics}', '{"a": "${places.json}"}')`,
);

const schema = `
  create type mood as enum ('${places.enumLabel}');
  create table people (
    email text, mood mood, tier text default '${places.default}', doc jsonb,
    check (tier <> '${places.check}')
  );
  comment on table people is 'Guests, e.g. ${places.example} of Berlin';
  comment on column people.email is 'never ''${places.comment}'' again';
  comment on column people.tier is 'login with password=${places.password}, token ${places.token}';
  comment on column people.doc is 'Example: Mr. ${capital(places.titled)} Wackernagel lives at 12 ${capital(places.house)} Street, phone ${places.contact}';
  create table visits (kind text, n int) partition by list (kind);
  create table visits_${places.partition} partition of visits for values in ('${places.bound}');
  create view fine as select email from people where tier <> '${places.literal}';
  create materialized view cached as select email, '${places.literal}' as said from people;
  create function touch() returns void language sql as $$ update people set tier = '${places.literal}' $$;
  insert into people (email, tier, doc) values ${list.join(', ')};
  insert into people (email) values ('${places.rare}@example.com');
  analyze people;
`;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

describe('a canary in every place where a value may hide', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-canary-'));
  const logged: string[] = [];
  const log = createLog({ level: 'debug', clock: systemClock, write: (line) => logged.push(line) });
  let house: House;
  const reports: SyncReport[] = [];

  beforeAll(async () => {
    const pglite = await PGlite.create(folder);
    await pglite.exec(schema);
    await pglite.close();
    house = await openHouse();
    const connect = (profile: 'sample' | 'in-database'): ConfiguredSource => ({
      name: profile === 'sample' ? 'shop' : 'shop-inside',
      connectorName: 'postgres',
      capabilities: postgres.capabilities,
      profile,
      applies: {},
      precedence: 1,
      connection: () =>
        postgres.connect(postgresConfig.parse({ url: `pglite:${folder}`, namespace }), {
          source: 'shop',
          clock: systemClock,
          log,
        }),
    });
    const said = scriptedSource('said', function* () {
      yield {
        type: 'gap',
        scope: 'public',
        gap: {
          what: 'x',
          reason: 'source-failed',
          detail: `near "${places.gap}@example.com"`,
          remedy: 'ask its owner',
        },
      };
      yield* wholeScope('public', [
        {
          ...table('shop.public.t', ['id int', 'email']),
          description: `see "${places.comment}"`,
          tags: [{ name: 'owner', value: `${places.tag}@example.com`, setBy: 'person' }],
        },
        sqlJob('literal', `CREATE VIEW v AS SELECT email FROM t WHERE email <> '${places.literal}'`),
        sqlJob('broken', `SELEC '${places.brokenSql}' FRM ((`),
      ]);
    });
    const failing = scriptedSource('failing', function* () {
      yield { type: 'scope-begin', scope: 'public' };
      throw Object.assign(new Error(`duplicate key value: Key (email)=(${places.driver}@example.com) already exists`), {
        detail: `Key (email)=(${places.driver})`,
      });
    });
    const sample = connect('sample');
    const inside = connect('in-database');
    const sources = [{ ...said, source: sample }, { ...said, source: inside }, said, failing];
    const conductor = house.sync(sources, { log });
    for (const { source } of sources) {
      reports.push(await conductor.run({ source: source.name, actor, dryRun: true }));
      reports.push(await conductor.run({ source: source.name, actor }));
    }
  });

  afterAll(async () => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const hides = (text: string | Uint8Array): string[] =>
    Object.values(places).filter((canary) => Buffer.from(text).toString('latin1').toLowerCase().includes(canary));

  it('really was read: its columns are judged by their values', async () => {
    const shop = reports.filter(({ source, status }) => source.startsWith('shop') && status !== 'DRY_RUN');
    expect(shop.map(({ error }) => error)).toEqual([null, null]);
    expect(shop[0]?.fields.profiled).toBeGreaterThan(3);
    const { graph } = house.stores;
    const n = (await graph.head()).published;
    const { items } = await graph.list({ kind: 'field' }, n, { first: 200 });
    const verdicts = await graph.verdicts(
      items.map(({ uid }) => uid),
      n,
    );
    expect(verdicts.some(({ evidence }) => evidence.some(({ signal }) => signal === 'values'))).toBe(true);
  });

  it('is in no file of the stores', async () => {
    for (const file of readdirSync(house.path)) expect(hides(readFileSync(join(house.path, file))), file).toEqual([]);
  });

  it('is in no report of a sync, a dry run included, and in no error', () => {
    expect(reports.some(({ error }) => error !== null)).toBe(true);
    expect(hides(JSON.stringify(reports))).toEqual([]);
  });

  it('is in no line of the log', () => {
    expect(logged.length).toBeGreaterThan(3);
    expect(hides(logged.join('\n'))).toEqual([]);
  });

  const ask = (): Query =>
    createQuery({
      graph: house.stores.graph,
      state: house.stores.state,
      taxonomy: loadTaxonomy(),
      appliesOf: () => ({}),
      clock: systemClock,
      timezone: 'UTC',
    });

  it('is in no answer about any field, nor in the lineage of any', async () => {
    const { graph } = house.stores;
    const query = ask();
    const n = (await graph.head()).published;
    const { items } = await graph.list({ kind: 'dataset' }, n, { first: 200 });
    const said: unknown[] = [];
    for (const { uid } of items) {
      const { items: fields } = await query.fields(uid, n, { first: 100 });
      said.push(fields);
      for (const field of fields)
        for (const { category } of field.classifications) said.push(await query.explain(field.uid, category, n));
      const origin = { origin: uid, n, depth: 5, first: 100 } as const;
      said.push(
        await query.lineage({ ...origin, direction: 'BOTH', granularity: 'FIELD', includeIndirect: true }),
        await query.lineage({ ...origin, direction: 'BOTH', granularity: 'DATASET', includeIndirect: true }),
      );
    }
    expect(said.length).toBeGreaterThan(6);
    expect(hides(JSON.stringify(said))).toEqual([]);
  });

  it('is in no report, in any text format', async () => {
    const reports = createReports({ query: ask(), version: '0.0.0' });
    const unmade = new Set<string>();
    for (const { name } of reports.list())
      for (const format of ['json', 'csv', 'html', 'md'] as const) {
        let text = '';
        try {
          for await (const chunk of (await reports.open({ name, format })).chunks) text += String(chunk);
        } catch (error) {
          if (!isLexlineError(error)) throw error;
          unmade.add(`${name}: ${error.code}`);
          continue;
        }
        expect(text.length, name).toBeGreaterThan(100);
        expect(hides(text), `${name} as ${format}`).toEqual([]);
      }
    // These ask for policies, or for what to locate.
    expect([...unmade].toSorted()).toEqual([
      'exposure: INPUT_INVALID',
      'policies: CONFIG_INVALID',
      'subject-locator: INPUT_INVALID',
    ]);
  });
});
