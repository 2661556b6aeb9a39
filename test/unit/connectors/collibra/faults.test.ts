import { describe, expect, it } from 'vitest';
import { isLexlineError, messageOf } from '../../../../server/base/errors.ts';
import { idOf } from '../../../fake/collibra-server.ts';
import { lastingFaults, on } from '../../../fake/fault-plans.ts';
import type { Fault, FaultPlan } from '../../../fake/fault-proxy.ts';
import { messagesOf, readUntilError } from '../../../connector-messages.ts';
import * as made from './session.ts';

async function failing(plan: FaultPlan, changed: object = {}, environment = made.environment()) {
  const { messages, error } = await readUntilError(made.connect(await made.serve(environment, plan), changed));
  expect(JSON.stringify(messages) + messageOf(error)).not.toContain('canary-');
  return { messages, error };
}

describe('collibra with an environment that misbehaves', () => {
  it.each(lastingFaults)(
    'ends in a typed error on %s of any listing, and completes nothing',
    async (_, fault, code) => {
      for (const listing of [
        'domains',
        'assetTypes',
        'assets',
        'relations',
        'attributes',
        'tags',
        'responsibilities',
        'users',
      ]) {
        const { messages, error } = await failing(on(new RegExp(`/${listing}\\?`, 'u'), fault));
        expect(isLexlineError(error) && error.code, listing).toBe(code);
        expect(messages).toEqual([]);
      }
    },
  );

  it('says which listing may not be read and what to do, and retires nothing', async () => {
    const { messages, error } = await failing(on(/\/responsibilities\?/u, { type: 'status', status: 403 }));
    expect(error).toMatchObject({
      code: 'CONNECTOR_MISSING_RIGHTS',
      remedy: expect.stringContaining('ownerRoles: []') as string,
    });
    expect(messages).toEqual([]);
    const without = await failing(on(/\/responsibilities\?/u, { type: 'status', status: 403 }), { ownerRoles: [] });
    expect(without.error).toBeNull();
  });

  it('retires nothing where no column is said to be part of a table', async () => {
    const environment = made.environment();
    environment.relations = environment.relations.filter(
      ({ type }) => (type as { id: string }).id !== made.known.columnInTable,
    );
    const { messages, error } = await failing(() => null, {}, environment);
    expect(error).toMatchObject({ code: 'CONNECTOR_UNEXPECTED' });
    expect(messages).toEqual([]);
  });

  it('waits and asks again on 429, 503 and resets', async () => {
    const faults: Fault[] = [
      { type: 'status', status: 429, headers: { 'retry-after': '0' } },
      { type: 'status', status: 503, headers: { 'retry-after': '0' } },
    ];
    const { messages, error } = await failing(() => faults.shift() ?? null, { retries: 3 });
    expect(error).toBeNull();
    expect(messagesOf('document', messages)).toHaveLength(4);
  });

  it('ends where the same page comes again and again', async () => {
    let first: unknown = null;
    const { error } = await failing(({ path }) =>
      path.includes('/attributes?') ? { type: 'edit', edit: (body) => (first ??= body) } : null,
    );
    expect(messageOf(error)).toContain('the same page again and again');
  });

  it('reads a listing again in which things moved, and gives up where it never rests', async () => {
    let moved = 0;
    const swap = (times: number): FaultPlan => {
      moved = 0;
      return ({ path }) =>
        /\/relations\?.*7042.*offset=2&/u.test(path) && moved++ < times
          ? {
              type: 'edit',
              edit: (body) => {
                const { results, ...rest } = body as { results: { id: string }[] };
                return {
                  ...rest,
                  results: [
                    { ...results[0], id: idOf(`${made.known.columnInTable} customers.note customers`) },
                    ...results.slice(1),
                  ],
                };
              },
            }
          : null;
    };
    const once = await failing(swap(1));
    expect(once.error).toBeNull();
    const always = await failing(swap(Number.POSITIVE_INFINITY));
    expect(messageOf(always.error)).toContain('changed so much while it was listed');
    expect(always.messages).toEqual([]);
  });

  it('takes names of every script, quotes and dots, and a table of 20,000 columns', async () => {
    const names = ['имя', '名前', 'الاسم', 'e-mail "privat"', "o'clock", 'a.b', ' spaced ', '🙂', 'x>y', 'n(column)'];
    const environment = made.environment();
    made.table(environment, 'scripts', 'public', 'hr', names);
    made.table(
      environment,
      'wide',
      'public',
      'hr',
      Array.from({ length: 20_000 }, (_, i) => `c${i}`),
    );
    const { messages, error } = await failing(() => null, { pageSize: 1_000 }, environment);
    expect(error).toBeNull();
    const fields = new Map(
      messagesOf('document', messages).flatMap(({ document }) =>
        document.type === 'dataset' ? [[document.name, document.fields.map(({ path }) => path[0])] as const] : [],
      ),
    );
    expect(new Set(fields.get('SHOP.PUBLIC.scripts'))).toEqual(new Set(names));
    expect(fields.get('SHOP.PUBLIC.wide')).toHaveLength(20_000);
  });

  it('ends at once when it is called off', async () => {
    const connection = made.connect(await made.serve());
    const stop = new AbortController();
    stop.abort(new Error('called off'));
    await expect(async () => {
      for await (const _ of connection.read({ cursor: null }, stop.signal)) continue;
    }).rejects.toThrow('called off');
    await connection.close();
  });
});
