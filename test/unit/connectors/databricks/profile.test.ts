import { describe, expect, it } from 'vitest';
import type { FieldProfile, ProfileRequest, Profiler } from '../../../../server/model/profile.ts';
import type { Gap } from '../../../../server/model/provenance.ts';
import { tagged } from '../../../fake/databricks-metastore.ts';
import { never } from '../../../connector-messages.ts';
import { connectTo, namespace, serve, smallMetastore } from './session.ts';

const request = (name: string, path: readonly string[], type = 'string'): ProfileRequest => ({
  dataset: { namespace, name },
  path,
  type,
});

/** Counts what it is shown. */
function counting(shown: unknown[]): Profiler {
  return {
    detectorSet: 'test',
    begin: (asked) => {
      let rowsSeen = 0;
      return {
        add: (value) => {
          rowsSeen += 1;
          shown.push(value);
        },
        end: () => ({ dataset: asked.dataset, path: asked.path, mode: 'sample', rowsSeen }) as FieldProfile,
      };
    },
  };
}

async function profiled(
  metastore: ReturnType<typeof smallMetastore>,
  requests: readonly ProfileRequest[],
  { maxRows = 2, settings = {} }: { readonly maxRows?: number; readonly settings?: object } = {},
) {
  const server = await serve(metastore);
  const connection = connectTo(server.url, settings);
  const shown: unknown[] = [];
  const found: { profiles: FieldProfile[]; gaps: Gap[] } = { profiles: [], gaps: [] };
  const options = { mode: 'sample', maxRows, seed: -7 } as const;
  for await (const message of connection.profile?.(requests, counting(shown), options, never) ?? [])
    if (message.type === 'gap') found.gaps.push(message.gap);
    else found.profiles.push(message.profile);
  await connection.close();
  return { ...found, shown, statements: server.statements };
}

describe('looking at rows', () => {
  it('takes them from all over the table by the seed, as text of bounded length', async () => {
    const metastore = smallMetastore();
    metastore.answers = [{ holds: /FROM `main`\.`sales`\.`orders`/u, rows: [{ c0: 'a' }, { c0: null }] }];
    const { profiles, shown, statements, gaps } = await profiled(metastore, [request('main.sales.orders', ['card'])]);
    expect(statements).toEqual([
      'SELECT left(CAST(`card` AS STRING), 4096) AS c0 FROM `main`.`sales`.`orders` TABLESAMPLE (10 PERCENT) REPEATABLE (7) LIMIT 2',
    ]);
    expect(shown).toEqual(['a', null]);
    expect(profiles).toMatchObject([{ path: ['card'], rowsSeen: 2 }]);
    expect(gaps).toEqual([]);
  });

  it('takes them from the beginning where that gives too few', async () => {
    const metastore = smallMetastore();
    metastore.answers = [
      { holds: /TABLESAMPLE/u, rows: [] },
      { holds: /FROM `main`\.`sales`\.`orders` LIMIT 2$/u, rows: [{ c0: 'a' }] },
    ];
    expect((await profiled(metastore, [request('main.sales.orders', ['card'])])).shown).toEqual(['a']);
  });

  it('asks for no more fields at once than a result inline may hold', async () => {
    const metastore = smallMetastore();
    metastore.answers = [{ holds: /FROM `main`\.`sales`\.`orders`/u, rows: [] }];
    const fields = ['a', 'b', 'c'].map((name) => request('main.sales.orders', [name]));
    const { statements } = await profiled(metastore, fields, { maxRows: 2000 });
    expect(statements.filter((sql) => sql.includes('TABLESAMPLE'))).toHaveLength(2);
  });

  it('looks at no column that is masked, and says that rows are filtered', async () => {
    const metastore = smallMetastore();
    metastore.answers = [{ holds: /FROM `main`\.`sales`\.`customers`/u, rows: [{ c0: '1' }, { c0: '2' }] }];
    const fields = [request('main.sales.customers', ['id'], 'bigint'), request('main.sales.customers', ['email'])];
    const { profiles, gaps, statements } = await profiled(metastore, fields);
    expect(profiles).toMatchObject([{ path: ['id'] }]);
    expect(gaps.map(({ what }) => what)).toEqual([
      'rows of main.sales.customers',
      'values of main.sales.customers: email',
    ]);
    expect(statements.join()).not.toContain('email');
  });

  it('looks at no column that a policy masks by its tag, and not at one of which that cannot be told', async () => {
    const metastore = smallMetastore();
    metastore.tags.push(tagged('main.sales.orders.card', 'pci'));
    metastore.answers = [{ holds: /FROM `main`\.`sales`\.`orders`/u, rows: [{ c0: '1' }] }];
    const mask = (condition: string) => ({
      name: 'p',
      policy_type: 'POLICY_TYPE_COLUMN_MASK',
      match_columns: [{ alias: 'c', condition }],
      column_mask: { function_name: 'f', on_column: 'c' },
    });
    const fields = [request('main.sales.orders', ['id'], 'bigint'), request('main.sales.orders', ['card'])];
    metastore.policies['TABLE main.sales.orders'] = [mask("hasTag('pci')")];
    expect((await profiled(metastore, fields)).profiles).toMatchObject([{ path: ['id'] }]);
    metastore.policies['TABLE main.sales.orders'] = [mask('odd()')];
    expect((await profiled(metastore, fields)).profiles).toEqual([]);
  });

  it('says what it cannot look at, and goes on', async () => {
    const metastore = smallMetastore();
    metastore.answers = [{ holds: /FROM `main`\.`sales`\.`orders`/u, rows: [{ c0: '1' }] }];
    metastore.refusals = [
      {
        holds: /`mart`/u,
        error: { error_code: 'BAD_REQUEST', message: '[INSUFFICIENT_PERMISSIONS] canary-7Q' },
        sql_state: '42501',
      },
    ];
    const { profiles, gaps } = await profiled(metastore, [
      request('main.mart.mailing', ['mail']),
      request('main.sales.orders', ['address'], 'struct<street:string>'),
      request('main.sales.orders', ['address', 'street']),
      request('main.sales.orders', ['picture'], 'binary'),
      request('main.sales.orders', ['card']),
    ]);
    expect(profiles).toMatchObject([{ path: ['card'] }]);
    expect(gaps.map(({ what, reason }) => [what, reason])).toEqual([
      ['values of main.mart.mailing', 'no-rights'],
      ['values of 3 fields of main.sales.orders', 'unsupported'],
    ]);
    expect(gaps[0]?.remedy).toContain('GRANT SELECT ON TABLE `main`.`mart`.`mailing`');
    expect(JSON.stringify(gaps)).not.toContain('canary');
  });

  it('is a gap without a warehouse', async () => {
    const { gaps, profiles } = await profiled(smallMetastore(), [request('main.sales.orders', ['card'])], {
      settings: { warehouseId: undefined },
    });
    expect([profiles, gaps.map(({ reason }) => reason)]).toEqual([[], ['not-connected']]);
  });
});
