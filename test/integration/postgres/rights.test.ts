import { expect, it } from 'vitest';
import {
  as,
  begunScopes,
  connectTo,
  describeOnPostgres,
  documentsOf,
  lastCursor,
  never,
  profileAll,
  readAll,
} from './real-server.ts';

describeOnPostgres(
  'rights and changes on a real PostgreSQL',
  ["shared_preload_libraries = 'pg_stat_statements'"],
  (real) => {
    it('shows the whole structure to a role that may only sign in', async () => {
      const url = await real().database('least', true);
      await real().run(url, "create role looker login password 'looker-pw'");
      const names = async (who: string) =>
        documentsOf(await readAll(who, { queries: false })).map(({ type, name }) => `${type} ${name}`);
      expect(await names(as(url, 'looker', 'looker-pw'))).toEqual(await names(url));
    });

    it('says which GRANT lets it look at values, and running it is enough', async () => {
      const url = await real().database('granting', true);
      await real().run(url, "create role granted login password 'granted-pw'");
      const theirs = as(url, 'granted', 'granted-pw');
      const before = await profileAll(theirs, 'in-database');
      const remedies = before.flatMap((message) => (message.type === 'gap' ? [message.gap.remedy ?? ''] : []));
      expect(before.every(({ type }) => type === 'gap')).toBe(true);
      expect(remedies.length).toBeGreaterThan(3);
      for (const remedy of remedies) await real().run(url, remedy);
      const after = await profileAll(theirs, 'in-database');
      expect(after.filter(({ type }) => type === 'gap')).toEqual([]);
      expect(after.length).toBeGreaterThan(10);
    });

    it('makes rows that row security hides a gap, not a smaller count', async () => {
      const url = await real().database('secured');
      await real().run(
        url,
        `create table t (x int); insert into t values (1); alter table t enable row level security;
       create role hidden login password 'hidden-pw'; grant select on t to hidden`,
      );
      const [message] = await profileAll(as(url, 'hidden', 'hidden-pw'), 'sample');
      expect(message).toMatchObject({
        type: 'gap',
        gap: { reason: 'no-rights', remedy: expect.stringContaining('BYPASSRLS') },
      });
    });

    it('looks at the columns that it may see and names the others', async () => {
      const url = await real().database('columns');
      await real().run(
        url,
        `create table t (open int, closed int); insert into t values (1, 2);
       create role partly login password 'partly-pw'; grant select (open) on t to partly`,
      );
      const messages = await profileAll(as(url, 'partly', 'partly-pw'), 'in-database');
      expect(
        messages.map((message) => (message.type === 'gap' ? message.gap.what : message.profile.path.join())),
      ).toEqual(['open', 'values of columns.public.t (closed)']);
    });

    it('reads statements that ran, and says when it sees only its own', async () => {
      const url = await real().database('logged', true);
      await real().run(
        url,
        `create extension pg_stat_statements; create role watcher login password 'watcher-pw';
       create table billing.copy as select email from billing.customer;
       insert into billing.copy select email from billing.customer where last_name = 'canary-literal-7Q'`,
      );
      const queries = (messages: Awaited<ReturnType<typeof readAll>>) =>
        documentsOf(messages).flatMap((one) =>
          one.type === 'job' && one.kind === 'query' ? [one.statements?.[0]?.sql ?? ''] : [],
        );
      const own = queries(await readAll(url))
        .filter((sql) => sql.includes('billing.copy'))
        .sort();
      expect(own).toEqual([expect.stringMatching(/^create table/), expect.stringMatching(/^insert into .*\$1$/)]);
      const theirs = await readAll(as(url, 'watcher', 'watcher-pw'));
      expect(queries(theirs)).toEqual([]);
      const gap = theirs.find((message) => message.type === 'gap' && message.gap.what.startsWith('statements'));
      const remedy = gap?.type === 'gap' ? (gap.gap.remedy ?? '') : '';
      expect(remedy).toBe('GRANT pg_read_all_stats TO "watcher";');
      await real().run(url, remedy);
      expect(queries(await readAll(as(url, 'watcher', 'watcher-pw')))).toEqual(expect.arrayContaining(own));
    });

    it('reads again only what changed, also where the change is somewhere else', async () => {
      const url = await real().database('changing', true);
      await real().run(
        url,
        'create schema reports; create view reports.names as select full_name from billing.customer',
      );
      let cursor = lastCursor(await readAll(url, { queries: false }));
      const after = async (sql: string) => {
        await real().run(url, sql);
        const messages = await readAll(url, { queries: false }, cursor);
        cursor = lastCursor(messages);
        return begunScopes(messages);
      };
      expect(await after('select 1')).toEqual([]);
      expect(await after('vacuum analyze')).toEqual([]);
      expect(await after("comment on column billing.customer.email is 'Changed'")).toEqual(['changing.billing']);
      expect(await after('alter table billing.customer rename column full_name to whole_name')).toEqual([
        'changing.billing',
        'changing.reports',
      ]);
      expect(await after('create table "app data".more (x int)')).toEqual(['changing.app data']);
      expect(await after('drop schema empty')).toEqual([]);
      const [first] = await readAll(url, { queries: false }, cursor);
      expect(first).toEqual({
        type: 'scopes',
        scopes: ['changing.app data', 'changing.billing', 'changing.public', 'changing.reports'],
      });
    });

    it('can do nothing but read', async () => {
      const url = await real().database('readonly');
      await real().run(
        url,
        `create function write_it() returns int language plpgsql as $$ begin create table made (x int); return 1; end $$;
       create view trap as select write_it() as x`,
      );
      const messages = await profileAll(url, 'sample');
      expect(messages.map(({ type }) => type)).toEqual(['gap']);
      expect(await real().run(url, "select 1 from pg_tables where tablename = 'made'")).toEqual([]);
    });

    it('lets no value of rows, defaults, checks or errors out', async () => {
      const url = await real().database('canary', true);
      await real().run(
        url,
        `insert into billing.customer (first_name, last_name) values ('canary-row-7Q', 'x');
       create view billing.broken as select first_name::int as n from billing.customer`,
      );
      const connection = connectTo(url);
      const checked = await connection.check(never);
      await connection.close();
      const read = documentsOf(await readAll(url)).filter(({ type }) => type === 'dataset');
      const profiles = [...(await profileAll(url, 'in-database')), ...(await profileAll(url, 'sample'))];
      expect(profiles.some(({ type }) => type === 'gap')).toBe(true);
      expect(JSON.stringify([checked, read, profiles])).not.toContain('canary-');
    });
  },
);
