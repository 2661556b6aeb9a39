import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { postgresConfig } from '../../../../connectors/postgres/config.ts';
import { connectThrough } from '../../../../connectors/postgres/connector.ts';
import type { QueryPort, Row } from '../../../../connectors/postgres/query-port.ts';
import { LexlineError } from '../../../../server/base/errors.ts';
import { silentLog } from '../../../../server/base/log.ts';
import type { DatasetDocument, JobDocument, SourceMessage } from '../../../../server/model/document.ts';
import { printPath } from '../../../../server/model/ids.ts';
import { questionKey, recordedPort, type Recording } from '../../../fixtures/postgres/recorded-port.ts';

const fixture = join(import.meta.dirname, '../../../fixtures/postgres/answers.json');
const recording = JSON.parse(readFileSync(fixture, 'utf8')) as Recording;
const namespace = 'postgres://db.example.com:5432';

async function read(
  options: { port?: QueryPort; settings?: object; since?: unknown } = {},
): Promise<readonly SourceMessage[]> {
  const config = postgresConfig.parse({ url: 'postgres://r@db.example.com/shop', pageSize: 3, ...options.settings });
  const context = { source: 'shop', clock: { now: () => Date.UTC(2026, 0, 2) }, log: silentLog };
  const connection = connectThrough(options.port ?? recordedPort(recording), namespace, config, context);
  const cursor = options.since === undefined ? null : { kind: 'since' as const, at: options.since as never };
  const messages: SourceMessage[] = [];
  for await (const message of connection.read({ cursor }, new AbortController().signal)) messages.push(message);
  return messages;
}

const documents = (messages: readonly SourceMessage[]) =>
  messages.flatMap((message) => (message.type === 'document' ? [message.document] : []));
const whole = documents(await read());
const dataset = (name: string) =>
  whole.find((one): one is DatasetDocument => one.type === 'dataset' && one.name === name);
const job = (name: string) => whole.find((one): one is JobDocument => one.type === 'job' && one.name === name);

/** The recorded server, with some answers changed on the way. */
function altered(change: (key: string, rows: readonly Row[]) => readonly Row[]): QueryPort {
  const port = recordedPort(recording);
  return {
    ...port,
    query: async (sql, params, signal) => change(questionKey(sql, params), await port.query(sql, params, signal)),
  };
}

describe('a PostgreSQL read', () => {
  it('describes tables, views, materialised views and foreign tables by kind', () => {
    const kinds = ['customer', 'big_spenders', 'mail_list', 'till'].map(
      (name) => dataset(`shop.billing.${name}`)?.kind,
    );
    expect(kinds).toEqual(['table', 'view', 'materialized-view', 'foreign-table']);
    expect(dataset('shop.billing.customer')).toMatchObject({
      namespace,
      platform: 'postgres',
      description: 'People who buy',
    });
  });

  it('nests the members of composite types, also through arrays and composites', () => {
    const paths = dataset('shop.billing.customer')?.fields.map(({ path }) => printPath(path));
    expect(paths).toContain('contact');
    expect(paths).toContain('contact.phone');
    expect(paths).toContain('contact.home.city');
  });

  it('says that there is a default or an expression, and not what it is', () => {
    const fields = dataset('shop.billing.customer')?.fields ?? [];
    const facet = (name: string) => fields.find(({ path }) => path.join('.') === name)?.facets?.['postgres.column'];
    expect(facet('first_name')).toEqual({ hasDefault: true });
    expect(facet('full_name')).toEqual({ generated: true });
    expect(facet('customer_id')).toMatchObject({ identity: 'always' });
    expect(facet('email')).toMatchObject({ typeKind: 'domain', baseType: 'text' });
    expect(facet('moods')).toMatchObject({ typeKind: 'enum', array: true });
    expect(JSON.stringify(whole.filter(({ type }) => type === 'dataset'))).not.toContain('canary');
  });

  it('folds partitions, also of partitions, into their root', () => {
    expect(dataset('shop.billing.event_2025')).toBeUndefined();
    expect(dataset('shop.billing.event')?.partitions).toEqual([
      { namespace, name: 'shop.billing.event_2025' },
      { namespace, name: 'shop.billing.event_2025_other' },
    ]);
    expect(dataset('shop.billing.archive')?.facets).toEqual({
      'postgres.relation': { inherits: ['shop.billing.invoice'] },
    });
  });

  it('reads keys; a partial unique index is none', () => {
    const keys = dataset('shop.billing.invoice')?.keys ?? [];
    expect(keys.map(({ kind, fields }) => `${kind} ${fields.join()}`).sort()).toEqual([
      'foreign customer_id',
      'primary invoice_id',
      'unique customer_id,issued_on',
    ]);
    expect(keys.find(({ kind }) => kind === 'foreign')?.references).toEqual({
      dataset: { namespace, name: 'shop.billing.customer' },
      fields: [['customer_id']],
    });
  });

  it('takes names as they are: dots, quotes, emoji, right-to-left marks, 63 bytes', () => {
    const odd = dataset('shop.app data."odd ""name"".with dots 😀"');
    expect(odd?.fields.map(({ path }) => path)).toEqual([['a.b'], ['ünïcode ‮rtl']]);
    expect(
      dataset(`shop.app data.${'sixty_three_bytes_long_name_that_fills_postgres_identifiers_xxx'.slice(0, 63)}`),
    ).toBeDefined();
  });

  it('hands a view over as its query with the view as target', () => {
    expect(job('shop.billing.big_spenders')).toMatchObject({
      kind: 'view',
      statements: [
        { dialect: 'postgres', defaultDatabase: 'shop', target: { namespace, name: 'shop.billing.big_spenders' } },
      ],
    });
    expect(job('shop.billing.big_spenders')?.statements?.[0]?.sql).toContain('billing.customer');
  });

  it('hands generated columns over as an update of their own table', () => {
    expect(job('shop.billing.customer')?.statements?.[0]?.sql).toMatch(
      /^UPDATE "billing"."customer" SET "full_name" = /,
    );
  });

  it('hands routines over with the schema that their names mean', () => {
    expect(job('shop.billing.close_month(IN month date)')?.statements?.[0]).toMatchObject({ defaultSchema: 'billing' });
    const twice = job('shop.billing.twice(n integer)')?.statements?.[0];
    expect(twice).toMatchObject({ defaultSchema: 'public' });
    expect(twice?.sql).toMatch(/^CREATE OR REPLACE FUNCTION billing.twice\(n integer\)[^]*select n \* 2/);
  });

  it('puts a body that the server keeps parsed into the form that every SQL reader knows', () => {
    const sql = (name: string) => job(`shop.billing.${name}`)?.statements?.[0]?.sql;
    expect(sql('thrice(n integer)')).toMatch(/AS \$lexline\$ SELECT \(n \* 3\) \$lexline\$$/);
    expect(sql('keep(IN day date)')).toMatch(/AS \$lexline\$ INSERT INTO billing.event [^]*SELECT 1;? \$lexline\$$/);
  });

  it('hands a trigger function over with the rows of its table', () => {
    const trigger = job('shop.billing.log_mail()');
    expect(trigger?.facets?.['postgres.routine']).toMatchObject({ triggerOf: ['shop.billing.customer'] });
    expect(trigger?.statements?.[0]?.sql).toContain('(select "new"."email" from "billing"."customer" "new")');
  });

  it('follows a foreign table of postgres_fdw, and says of another wrapper that it cannot', async () => {
    const far = { namespace: 'postgres://branch.example.com:6432', name: 'till.pos.sales' };
    expect(job('shop.billing.till')?.edges?.[0]).toMatchObject({
      from: { dataset: far, field: ['amt'] },
      kind: 'IDENTITY',
    });
    const gaps = (await read()).flatMap((message) => (message.type === 'gap' ? [message.gap] : []));
    expect(gaps).toContainEqual(
      expect.objectContaining({ reason: 'unsupported', what: 'where foreign table shop.billing.upload comes from' }),
    );
    expect(JSON.stringify(whole)).not.toContain('canary-path');
  });

  it('leaves the query log open, so that what the server forgets is not retired', async () => {
    const messages = await read();
    const scope = 'shop:queries';
    expect(messages).toContainEqual({ type: 'scope-begin', scope });
    expect(messages).not.toContainEqual({ type: 'scope-complete', scope });
    expect(whole.some((one) => one.type === 'job' && one.kind === 'query')).toBe(true);
    expect(await read({ settings: { queries: false } })).not.toContainEqual({ type: 'scope-begin', scope });
  });
});

describe('a PostgreSQL read again', () => {
  it('begins only the schema whose fingerprint differs', async () => {
    const cursor = (await read()).findLast((message) => message.type === 'checkpoint')?.cursor;
    const touched = altered((key, rows) =>
      key.startsWith('fingerprint:columns')
        ? rows.map((row) => (row['schema'] === 'billing' ? { ...row, hash: 'other' } : row))
        : rows,
    );
    const again = await read({ port: touched, since: cursor });
    const begun = again.flatMap((message) => (message.type === 'scope-begin' ? [message.scope] : []));
    expect(begun).toEqual(['shop.billing', 'shop:queries']);
  });

  it('lists the schemas that there are, so that a dropped one is known to be gone', async () => {
    const cursor = (await read()).findLast((message) => message.type === 'checkpoint')?.cursor;
    const dropped = altered((key, rows) =>
      key.startsWith('schemas') ? rows.filter((row) => row['schema'] !== 'empty') : rows,
    );
    const port: QueryPort = {
      ...dropped,
      query: (sql, params, signal) => dropped.query(sql, withSchema(params, 'empty'), signal),
    };
    const again = await read({ port, since: cursor });
    expect(again[0]).toEqual({
      type: 'scopes',
      scopes: ['shop.app data', 'shop.billing', 'shop.public', 'shop:queries'],
    });
  });

  it('reads only the schemas asked for', async () => {
    const port: QueryPort = {
      ...recordedPort(recording),
      query: (sql, params, signal) =>
        recordedPort(recording).query(
          sql,
          params.length === 1 && sql.includes('n.nspname = any($1)')
            ? [['app data', 'billing', 'empty', 'public']]
            : params,
          signal,
        ),
    };
    const some = await read({ port, settings: { schemas: { include: ['b*', 'app data'], exclude: ['app*'] } } });
    const begun = some.flatMap((message) => (message.type === 'scope-begin' ? [message.scope] : []));
    expect(begun).toEqual(['shop.billing', 'shop:queries']);
  });
});

describe('a PostgreSQL that does not show everything', () => {
  it('makes a schema that may not be read a gap with the GRANT, and goes on', async () => {
    const refusing = recordedPort(recording);
    const port: QueryPort = {
      ...refusing,
      query: (sql, params, signal) => {
        if (questionKey(sql, params).startsWith('columns [["billing"]'))
          throw new LexlineError('CONNECTOR_MISSING_RIGHTS', 'permission denied');
        return refusing.query(sql, params, signal);
      },
    };
    const messages = await read({ port });
    const gap = messages.find((message) => message.type === 'gap' && message.scope === 'shop.billing');
    expect(gap).toMatchObject({
      gap: { what: 'schema billing', reason: 'no-rights', remedy: expect.stringContaining('GRANT') },
    });
    expect(messages).not.toContainEqual({ type: 'scope-complete', scope: 'shop.billing' });
    expect(messages).toContainEqual({ type: 'scope-complete', scope: 'shop.public' });
    const last = messages.findLast((message) => message.type === 'checkpoint');
    expect(JSON.stringify(last)).not.toContain('billing');
  });

  it('says when the query log is not installed, or hides what others ran', async () => {
    const without = await read({
      port: altered((key, rows) =>
        key.startsWith('server') ? rows.map((row) => ({ ...row, statistics_schema: null })) : rows,
      ),
    });
    expect(without).toContainEqual(
      expect.objectContaining({ type: 'gap', gap: expect.objectContaining({ reason: 'not-connected' }) }),
    );
    const hiding = await read({
      port: altered((key, rows) =>
        key.startsWith('statements')
          ? rows.map((row) => ({ ...row, hidden: true, text: '<insufficient privilege>' }))
          : rows,
      ),
    });
    expect(hiding).toContainEqual(
      expect.objectContaining({
        type: 'gap',
        gap: expect.objectContaining({ reason: 'no-rights', remedy: 'GRANT pg_read_all_stats TO "postgres";' }),
      }),
    );
  });

  it('refuses a server that is too old, and one that answers nonsense, by name', async () => {
    const old = altered((key, rows) =>
      key.startsWith('server') ? rows.map((row) => ({ ...row, number: 90_600, version: '9.6' })) : rows,
    );
    await expect(read({ port: old })).rejects.toMatchObject({
      code: 'CONNECTOR_UNEXPECTED',
      message: expect.stringContaining('9.6'),
    });
    const lying = altered((key, rows) => (key.startsWith('relations') ? [{ oid: 7 }] : rows));
    await expect(read({ port: lying })).rejects.toMatchObject({ code: 'CONNECTOR_UNEXPECTED' });
  });
});

/** The recording was made with all schemas; asks for them whatever is left. */
function withSchema(params: readonly unknown[], missing: string): readonly unknown[] {
  const [first, ...rest] = params;
  if (rest.length > 0 || !Array.isArray(first)) return params;
  return [[...(first as readonly string[]), missing].sort()];
}
