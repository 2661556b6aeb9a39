import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres } from '../../../../connectors/postgres/connector.ts';
import { postgresConfig } from '../../../../connectors/postgres/config.ts';
import type { ProfileMessage } from '../../../../connectors/connector.ts';
import { silentLog } from '../../../../server/base/log.ts';
import type { FieldProfile } from '../../../../server/model/profile.ts';
import { createProfiler } from '../../../../server/profile/create-profiler.ts';

const namespace = 'postgres://embedded:5432';
const values = [
  'ada@example.com',
  'ADA.EXAMPLE@EXAMPLE.ORG',
  '+1 202-555-0100',
  '1999-12-31',
  'Ana Żółć',
  '张伟',
  'ß-straße',
  '😀',
  '...',
  '',
  '   padded  ',
  '4111 1111 1111 1111',
  'x'.repeat(90),
  'tab\there',
  '٠١٢',
  'DE89370400440532013000',
  '(030) 23125 000',
  'a_b',
];

/** An embedded PostgreSQL: the same engine as a server, so what the SQL computes is what a server computes. */
describe('profiling a PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-profile-'));
  const never = new AbortController().signal;
  const connection = postgres.connect(postgresConfig.parse({ url: `pglite:${folder}`, namespace }), {
    source: 'shop',
    clock: { now: () => 0 },
    log: silentLog,
  });

  beforeAll(async () => {
    const pglite = await PGlite.create(folder);
    await pglite.exec(`create type part as (street text);
      create table people (v text, n int, empty text, b bytea, home part, homes part[], "odd ""col" text);
      create table large as select i, 'row ' || i as t from generate_series(1, 5000) i; analyze large;
      create table sparse as select i, case when i > 29980 then 'rare' || i || '@example.com' end as v, null::text as none
        from generate_series(1, 30000) i; analyze sparse;
      create view looks as select v from people;`);
    for (const value of values)
      for (let i = 0; i < 4; i++)
        await pglite.query(
          `insert into people values ($1, $2, null, '\\x00', row($1)::part, array[row($1)::part], 'q')`,
          [value, i],
        );
    await pglite.exec("insert into people (v) values ('rare canary-7Q'), (null)");
    await pglite.close();
  });
  afterAll(async () => {
    await connection.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function profile(
    mode: 'in-database' | 'sample',
    table: string,
    ...paths: string[][]
  ): Promise<ProfileMessage[]> {
    const dataset = { namespace, name: `postgres.public.${table}` };
    const requests = paths.map((path) => ({ dataset, path, type: 'text' }));
    const profiler = createProfiler({ detectorSet: 'none', tests: [] });
    const messages: ProfileMessage[] = [];
    const options = { mode, maxRows: 1000, seed: 1 };
    for await (const message of connection.profile?.(requests, profiler, options, never) ?? []) messages.push(message);
    return messages;
  }
  const profilesOf = (messages: readonly ProfileMessage[]): readonly FieldProfile[] =>
    messages.flatMap((message) => (message.type === 'profile' ? [message.profile] : []));

  it('counts and shapes in the database as the profiler does over the same rows', async () => {
    const [inside] = profilesOf(await profile('in-database', 'people', ['v']));
    const [outside] = profilesOf(await profile('sample', 'people', ['v']));
    const { shapes, rowsSeen, nulls, empty, distinct } = outside ?? {};
    expect(inside).toMatchObject({
      mode: 'in-database',
      rowsSeen,
      nulls,
      empty,
      distinct,
      passRates: {},
      detectorSet: null,
    });
    const sorted = (list: FieldProfile['shapes'] = []) => list.map(({ shape, count }) => `${shape} ${count}`).sort();
    expect(sorted(inside?.shapes)).toEqual(sorted(shapes));
    expect(inside).toMatchObject({ minLength: 1, maxLength: 90 });
  });

  it('lets no value out of the database, and folds rare shapes', async () => {
    const messages = JSON.stringify(await profile('in-database', 'people', ['v'], ['odd "col'], ['home', 'street']));
    for (const value of [...values.filter((one) => /[A-Za-z\d]{3}/.test(one)), 'canary'])
      expect(messages).not.toContain(value);
    expect(messages).toContain('other');
  });

  it('looks into members of composites, and says of arrays of them that it cannot', async () => {
    const messages = await profile('in-database', 'people', ['home', 'street'], ['homes', 'street'], ['n']);
    expect(profilesOf(messages).map(({ path }) => path)).toEqual([['home', 'street'], ['n']]);
    expect(messages).toContainEqual(
      expect.objectContaining({ type: 'gap', gap: expect.objectContaining({ reason: 'unsupported' }) }),
    );
  });

  it('does not look at bytes', async () => {
    const [bytes] = profilesOf(await profile('sample', 'people', ['b']));
    expect(bytes).toMatchObject({ distinct: 1, shapes: [{ shape: '<a+>', count: values.length * 4 }] });
  });

  it.each(['sample', 'in-database'] as const)(
    'finds the few values of a large table that a sample of its rows misses: %s',
    async (mode) => {
      const [sparse, none] = profilesOf(await profile(mode, 'sparse', ['v'], ['none']));
      expect(sparse).toMatchObject({ distinct: 20, maxLength: 'rare29981@example.com'.length });
      expect(sparse?.shapes.map(({ shape }) => shape)).toEqual(['aaaa9+@a+.aaa']);
      expect(sparse?.nulls).toBeGreaterThan(500);
      expect(none).toMatchObject({ distinct: 0 });
      expect(await profile(mode, 'sparse', ['v'])).toEqual(await profile(mode, 'sparse', ['v']));
    },
  );

  it('looks at a bounded number of rows, the same ones again', async () => {
    const [once] = profilesOf(await profile('sample', 'large', ['t']));
    const [again] = profilesOf(await profile('sample', 'large', ['t']));
    expect(once?.rowsSeen).toBeGreaterThan(500);
    expect(once?.rowsSeen).toBeLessThanOrEqual(1000);
    expect(again).toEqual(once);
  });

  it('looks at views, and makes a table that is gone a gap', async () => {
    expect(profilesOf(await profile('in-database', 'looks', ['v']))[0]?.rowsSeen).toBe(values.length * 4 + 2);
    expect(await profile('in-database', 'dropped', ['v'])).toEqual([
      { type: 'gap', gap: expect.objectContaining({ reason: 'not-read', what: 'values of postgres.public.dropped' }) },
    ]);
  });

  it('serves callers that ask at the same time over one session', async () => {
    const [people, large, looks, again] = await Promise.all([
      profile('sample', 'people', ['v'], ['n']),
      profile('sample', 'large', ['t']),
      profile('in-database', 'looks', ['v']),
      profile('sample', 'people', ['v']),
    ]);
    for (const messages of [people, large, looks, again])
      expect(messages.every(({ type }) => type === 'profile')).toBe(true);
    expect(profilesOf(again)[0]).toEqual(profilesOf(people)[0]);
  });

  it('stops in the middle of a long statement', async () => {
    const stop = new AbortController();
    const reason = new Error('stop');
    const other = postgres.connect(postgresConfig.parse({ url: 'pglite:memory://', namespace }), {
      source: 'x',
      clock: { now: () => 0 },
      log: silentLog,
    });
    const reading = other.check(stop.signal);
    stop.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await other.close();
  });

  it('says where it looked for an embedded database that is not there', async () => {
    const nowhere = postgres.connect(postgresConfig.parse({ url: 'pglite:./no/such/folder', namespace }), {
      source: 'shop',
      clock: { now: () => 0 },
      log: silentLog,
    });
    await expect(nowhere.check(never)).rejects.toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
  });
});
