import { afterEach, describe, expect, it } from 'vitest';
import { snowflake } from '../../../../connectors/snowflake/connector.ts';
import { describeConnector } from '../../../conformance/connector.ts';
import { startFaultProxy } from '../../../fake/fault-proxy.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';
import type { FakeAccount } from '../../../fake/snowflake-account.ts';
import { startFakeSnowflake } from '../../../fake/snowflake-server.ts';
import { begun, completed, datasetsOf, gapLines, jobsOf, lastCursor, readAll } from '../../../connector-messages.ts';
import { connectTo, smallAccount, token } from './session.ts';

const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function serve(account: FakeAccount, rowsPerPartition = 2): Promise<string> {
  const server = await startFakeSnowflake(account, { token, rowsPerPartition });
  servers.push(server);
  return server.url;
}

describeConnector('snowflake over an account in memory', async () => {
  const account = smallAccount();
  account.tag('GOV.TAGS.PRIVACY', 'pii', 'SALES', 'CUSTOMERS', 'EMAIL');
  account.catchUp();
  const target = await startFakeSnowflake(account, { token, rowsPerPartition: 2 });
  servers.push(target);
  const proxies = new Map<number, string>();
  for (let n = 1; n <= 60; n++) {
    const proxy = await startFaultProxy(target.url, (request) =>
      request.n === n ? { type: 'status', status: 500 } : null,
    );
    servers.push(proxy);
    proxies.set(n, proxy.url);
  }
  const config = { account: 'acme-shop', url: target.url, token, warehouse: 'LEXLINE_WH' };
  return {
    connector: snowflake,
    config,
    connect: () => connectTo(target.url),
    connectFailing: (n) => connectTo(proxies.get(n) ?? target.url),
    secrets: [token, 'canary-'],
  };
});

describe('the catalog of an account', () => {
  it('describes relations with comment, owner, region and days of time travel, and columns with their types', async () => {
    const [view, customers] = datasetsOf(await readAll(connectTo(await serve(smallAccount()))));
    expect(view).toMatchObject({ kind: 'view', name: 'SHOP.MART.MAILING' });
    expect(customers).toMatchObject({
      kind: 'table',
      namespace: 'snowflake://acme-shop',
      name: 'SHOP.SALES.CUSTOMERS',
      description: 'People who buy',
      owners: ['SALES_OWNER'],
      facets: { region: 'AWS_EU_CENTRAL_1', 'snowflake.relation': { timeTravelDays: 1 } },
    });
    expect(customers?.fields.map(({ path, type, description }) => [path[0], type, description ?? ''])).toEqual([
      ['ID', 'NUMBER(38,0)', ''],
      ['EMAIL', 'VARCHAR(200)', 'Where invoices go'],
      ['NAME', 'VARCHAR(200)', ''],
    ]);
  });

  it('hands over the query of a view without its header, from the schema of the view', async () => {
    const [job] = jobsOf(await readAll(connectTo(await serve(smallAccount()))));
    expect(job).toMatchObject({
      kind: 'view',
      statements: [
        {
          sql: 'select lower(EMAIL) as MAIL from SALES.CUSTOMERS',
          defaultDatabase: 'SHOP',
          defaultSchema: 'MART',
          target: { name: 'SHOP.MART.MAILING' },
        },
      ],
    });
  });

  it('takes the text of dynamic tables and materialised views from SHOW, which alone tells it', async () => {
    const account = smallAccount();
    account.table('MART', 'LIVE', ['MAIL'], {
      definition:
        "CREATE DYNAMIC TABLE LIVE TARGET_LAG = '1 hour' WAREHOUSE = W AS SELECT EMAIL AS MAIL FROM SALES.CUSTOMERS",
      flags: { is_dynamic: 'YES' },
    });
    account.table('MART', 'SUMS', ['N'], {
      type: 'MATERIALIZED VIEW',
      definition: 'CREATE MATERIALIZED VIEW SUMS AS SELECT COUNT(*) AS N FROM SALES.ORDERS',
    });
    const messages = await readAll(connectTo(await serve(account)));
    const sql = new Map(jobsOf(messages).map(({ name, statements }) => [name, statements?.[0]?.sql]));
    expect(sql.get('SHOP.MART.LIVE')).toBe('SELECT EMAIL AS MAIL FROM SALES.CUSTOMERS');
    expect(sql.get('SHOP.MART.SUMS')).toBe('SELECT COUNT(*) AS N FROM SALES.ORDERS');
  });

  it('says which view does not show its query, and takes what it is made from out of the dependencies', async () => {
    const account = smallAccount();
    account.table('MART', 'SECRET', ['MAIL'], { type: 'VIEW', definition: null });
    account.usage.set('OBJECT_DEPENDENCIES', [
      {
        referencing_schema: 'MART',
        referencing_object_name: 'SECRET',
        referenced_database: 'CRM',
        referenced_schema: 'PUBLIC',
        referenced_object_name: 'letters.2026',
      },
    ]);
    const messages = await readAll(connectTo(await serve(account)));
    expect(gapLines(messages)).toContain('SHOP.MART: not-read the query of view SHOP.MART.SECRET');
    expect(jobsOf(messages).find(({ name }) => name === 'SHOP.MART.SECRET')).toMatchObject({
      inputs: [{ name: 'CRM.PUBLIC."letters.2026"' }],
      outputs: [{ name: 'SHOP.MART.SECRET' }],
    });
  });

  it('joins the rows of keys by constraint, in their order, and leaves out a key into another database', async () => {
    const account = smallAccount();
    const own = (table: string, column: string, sequence: number, name: string) => ({
      schema_name: 'SALES',
      table_name: table,
      column_name: column,
      key_sequence: sequence,
      constraint_name: name,
    });
    account.usage.set('PRIMARY', [own('ORDERS', 'CARD', 2, 'PK'), own('ORDERS', 'ID', 1, 'PK')]);
    const imported = (database: string, name: string) => ({
      pk_database_name: database,
      pk_schema_name: 'SALES',
      pk_table_name: 'CUSTOMERS',
      pk_column_name: 'ID',
      fk_table_name: 'ORDERS',
      fk_column_name: 'ID',
      key_sequence: 1,
      fk_name: name,
    });
    account.usage.set('IMPORTED', [imported('SHOP', 'FK'), imported('CRM', 'FAR')]);
    const orders = datasetsOf(await readAll(connectTo(await serve(account)))).find(({ name }) =>
      name.endsWith('ORDERS'),
    );
    expect(orders?.keys).toEqual([
      { kind: 'primary', name: 'PK', fields: [['ID'], ['CARD']] },
      {
        kind: 'foreign',
        name: 'FK',
        fields: [['ID']],
        references: { dataset: { namespace: 'snowflake://acme-shop', name: 'SHOP.SALES.CUSTOMERS' }, fields: [['ID']] },
      },
    ]);
  });

  it('reads again only the schema in which something changed, and forgets a schema that is gone', async () => {
    const account = smallAccount();
    account.table('OLD', 'T', ['X']);
    const url = await serve(account);
    const at = lastCursor(await readAll(connectTo(url)));
    expect(begun(await readAll(connectTo(url), { kind: 'since', at }))).toEqual([':account']);
    account.table('SALES', 'CUSTOMERS', ['ID', 'EMAIL', 'PHONE']);
    account.schemas.delete('OLD');
    const since = await readAll(connectTo(url), { kind: 'since', at });
    expect(completed(since)).toEqual(['SHOP.SALES']);
    expect(since[0]).toEqual({ type: 'scopes', scopes: ['SHOP.MART', 'SHOP.SALES', ':account'] });
  });

  it('reads a schema again when a tag or a grant in it changed and its structure did not', async () => {
    const account = smallAccount();
    const url = await serve(account);
    const at = lastCursor(await readAll(connectTo(url)));
    account.tag('GOV.TAGS.PRIVACY', 'pii', 'SALES', 'CUSTOMERS', 'EMAIL');
    account.catchUp();
    const since = await readAll(connectTo(url), { kind: 'since', at });
    expect(completed(since)).toEqual(['SHOP.SALES']);
    expect(datasetsOf(since)[0]?.fields[1]?.tags).toEqual([
      { name: 'GOV.TAGS.PRIVACY', value: 'pii', setBy: 'person' },
    ]);
  });

  it('hands over routines in SQL, pipes and tasks, names those in other languages, and sees when one changed', async () => {
    const account = smallAccount();
    const procedure = (name: string, language: string, definition: string) => ({
      schema: 'SALES',
      name,
      signature: '(N NUMBER)',
      language,
      definition,
      comment: null,
    });
    account.usage.set('PROCEDURES', [
      procedure('FILL', 'SQL', 'BEGIN INSERT INTO ORDERS SELECT * FROM OLD; END'),
      procedure('SCORE', 'PYTHON', 'canary-7Q'),
    ]);
    account.usage.set('PIPES', [
      { schema: 'SALES', name: 'LOAD', definition: 'COPY INTO ORDERS FROM @FILES', comment: null },
    ]);
    const task = { name: 'NIGHTLY', schema_name: 'SALES', definition: 'CALL FILL(1)', comment: 'every night' };
    account.usage.set('TASKS', [task]);
    const url = await serve(account);
    const messages = await readAll(connectTo(url));
    expect(jobsOf(messages).map(({ name, statements }) => `${name}: ${statements?.[0]?.sql ?? ''}`)).toEqual([
      'SHOP.MART.MAILING: select lower(EMAIL) as MAIL from SALES.CUSTOMERS',
      'SHOP.SALES.procedure:FILL(N NUMBER): BEGIN INSERT INTO ORDERS SELECT * FROM OLD; END',
      'SHOP.SALES.pipe:LOAD: COPY INTO ORDERS FROM @FILES',
      'SHOP.SALES.task:NIGHTLY: CALL FILL(1)',
    ]);
    expect(gapLines(messages)).toContain('SHOP.SALES: unsupported procedure SHOP.SALES.SCORE(N NUMBER)');
    expect(JSON.stringify(messages)).not.toContain('canary');
    const at = lastCursor(messages);
    expect(completed(await readAll(connectTo(url), { kind: 'since', at }))).toEqual([]);
    account.usage.set('TASKS', [{ ...task, definition: 'CALL FILL(2)' }]);
    expect(completed(await readAll(connectTo(url), { kind: 'since', at }))).toEqual(['SHOP.SALES']);
    account.usage.set('TASKS', [task]);
    account.usage.set('PROCEDURES', [procedure('FILL', 'SQL', 'BEGIN RETURN 1; END')]);
    expect(completed(await readAll(connectTo(url), { kind: 'since', at }))).toEqual(['SHOP.SALES']);
  });

  it('fetches the first rows apart where an answer is too large to hold them', async () => {
    const server = await startFakeSnowflake(smallAccount(), { token, rowsPerPartition: 2, apart: true });
    servers.push(server);
    expect(datasetsOf(await readAll(connectTo(server.url)))).toHaveLength(3);
  });

  it('reads the whole account from ACCOUNT_USAGE where it is told to', async () => {
    const account = smallAccount();
    const url = await serve(account);
    const messages = await readAll(connectTo(url, { structure: 'account-usage' }));
    expect(datasetsOf(messages).map(({ name }) => name)).toEqual([
      'SHOP.MART.MAILING',
      'SHOP.SALES.CUSTOMERS',
      'SHOP.SALES.ORDERS',
    ]);
    expect(account.asked.filter((sql) => sql.includes('"INFORMATION_SCHEMA"."TABLES"'))).toEqual([]);
    expect(
      account.asked
        .filter((sql) => sql.includes('"ACCOUNT_USAGE"."TABLES"'))
        .every((sql) => sql.includes('deleted IS NULL')),
    ).toBe(true);
  });

  it('says what the read may have cost, by the size of the warehouse', async () => {
    const account = smallAccount();
    const url = await serve(account);
    const note = (await readAll(connectTo(url))).find((message) => message.type === 'note');
    expect(note?.text).toMatch(
      /statements on warehouse LEXLINE_WH \(X-Small, 1 credits an hour\): at most about 0\.033 of 1 credits, 60 s of idling included/u,
    );
    account.warehouses.splice(0);
    const blind = await readAll(connectTo(url));
    expect(gapLines(blind)).toContain(':account: no-rights what warehouse LEXLINE_WH costs');
  });

  it('ends at maxCredits: what was not reached is a gap, retires nothing, and is read next time', async () => {
    const account = smallAccount();
    const url = await serve(account);
    const start = Date.UTC(2026, 10, 21, 12);
    const slow = {
      now: () => start + (account.asked.some((sql) => sql.endsWith('-- SALES, , SALES, ')) ? 3_600_000 : 0),
    };
    const messages = await readAll(connectTo(url, { history: false }, slow));
    expect(completed(messages)).toEqual(['SHOP.MART']);
    expect(completed(messages)).not.toContain('SHOP.SALES');
    expect(gapLines(messages)).toContain('SHOP.SALES: not-read schema SHOP.SALES');
    const rest = await readAll(connectTo(url, { history: false }), { kind: 'since', at: lastCursor(messages) });
    expect(completed(rest)).toContain('SHOP.SALES');
  });
});
