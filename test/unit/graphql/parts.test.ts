import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { judgeActor, tagActor, writerActor } from '../../../server/graphql/actors.ts';
import { pageOfArray, readConnection } from '../../../server/graphql/connection.ts';
import { createDeadline } from '../../../server/graphql/deadline.ts';
import { globalId, localId, readClassificationId, readGlobalId } from '../../../server/graphql/global-id.ts';
import { jobsAsNodes } from '../../../server/graphql/jobs-as-nodes.ts';
import { createErrorMask } from '../../../server/graphql/mask-error.ts';
import { readFilter } from '../../../server/graphql/read-input.ts';
import { showCitation } from '../../../server/graphql/show.ts';
import { upperSnake } from '../../../server/graphql/upper-snake.ts';
import { LexlineError } from '../../../server/base/errors.ts';
import { silentLog } from '../../../server/base/log.ts';
import type { LineageGraph } from '../../../server/model/lineage-graph.ts';

describe('global ids', () => {
  it('are read back, and are refused when they are of another kind or garbled', () => {
    const uid = 'ab'.repeat(16);
    expect(readGlobalId(globalId('Dataset', uid))).toEqual({ type: 'Dataset', local: uid });
    expect(localId('Source', globalId('Source', 'shop: west'))).toBe('shop: west');
    const classification = globalId('Classification', `${uid}:user.contact.email`);
    expect(readClassificationId(localId('Classification', classification))).toEqual({
      field: uid,
      category: 'user.contact.email',
    });
    for (const bad of ['', 'x', '::', globalId('Dataset', 'short'), globalId('Classification', uid), 'a'.repeat(5000)])
      expect(() => readGlobalId(bad)).toThrow(LexlineError);
    expect(() => localId('Field', globalId('Dataset', uid))).toThrow(/one of a Dataset, not of a Field/u);
  });

  it('take the padded spelling of the same id as well', () => {
    const padded = Buffer.from(`Dataset:${'0'.repeat(32)}`).toString('base64');
    expect(localId('Dataset', padded)).toBe('0'.repeat(32));
  });
});

describe('words of the model', () => {
  it('become enum values', () => {
    expect(upperSnake('materialized-view')).toBe('MATERIALIZED_VIEW');
    expect(upperSnake('partly-parsed-sql')).toBe('PARTLY_PARSED_SQL');
    expect(upperSnake('clear')).toBe('CLEAR');
  });

  it('name whoever did something', () => {
    expect(judgeActor('human', 'p-1')).toEqual({ kind: 'PERSON', name: 'p-1' });
    expect(writerActor({ kind: 'process', id: 'lexline sync' })).toEqual({ kind: 'PROCESS', name: 'lexline sync' });
    expect(tagActor('lexline', 'shop')).toEqual({ kind: 'LEXLINE', name: 'lexline' });
    expect(tagActor('unknown', null)).toEqual({ kind: 'UNKNOWN', name: 'not said' });
  });

  it('lead to the page of a provision', () => {
    const citation = {
      provision: 'HIPAA:160.103#protected-health-information',
      edition: 'e',
      check: 'unsupported',
      quote: null,
    } as const;
    expect(showCitation(citation)).toMatchObject({
      check: 'UNSUPPORTED',
      ownWords: null,
      url: '/regulations/HIPAA/160.103#protected-health-information',
    });
  });
});

describe('a filter', () => {
  it('is refused when it is too long', () => {
    const condition = { on: 'STATE', values: ['GAP'] } as const;
    expect(readFilter({ any: [{ all: [condition] }] })).toEqual({ any: [{ all: [{ ...condition, not: false }] }] });
    expect(readFilter(null)).toBeUndefined();
    expect(() => readFilter({ any: Array.from({ length: 21 }, () => ({ all: [condition] })) })).toThrow(
      /at most 20 groups/u,
    );
    expect(() =>
      readFilter({ any: [{ all: [{ on: 'STATE', values: Array.from({ length: 251 }, String) }] }] }),
    ).toThrow(/250 values/u);
  });
});

describe('a connection', () => {
  const numbers = Array.from({ length: 7 }, (_, i) => i);
  const read = (first: number, after?: string | null) =>
    readConnection({ first, after: after ?? null }, { list: 'numbers', maxFirst: 5, newest: () => 3 }, (n, page) =>
      Promise.resolve(
        pageOfArray(
          numbers.map((i) => i * n),
          page,
        ),
      ),
    );

  it('has a cursor for every item, which holds its revision', async () => {
    const one = await read(3);
    expect(one.items.map(({ item }) => item)).toEqual([0, 3, 6]);
    const behind = await read(5, one.items[0]?.cursor);
    expect(behind.items.map(({ item }) => item)).toEqual([3, 6, 9, 12, 15]);
    expect(behind.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const last = await read(5, behind.pageInfo.endCursor);
    expect(last.items.map(({ item }) => item)).toEqual([18]);
    expect(last.pageInfo.hasNextPage).toBe(false);
    const none = await read(5, last.pageInfo.endCursor);
    expect([none.items, none.pageInfo.endCursor]).toEqual([[], null]);
  });

  it('refuses pages out of range and cursors of other lists', async () => {
    await expect(read(6)).rejects.toThrow(/not in the range from 1 to 5/u);
    const { pageInfo } = await readConnection(
      { first: 1 },
      { list: 'letters', maxFirst: 5, newest: () => 3 },
      (_, page) => Promise.resolve(pageOfArray(['a', 'b'], page)),
    );
    await expect(read(1, pageInfo.endCursor)).rejects.toThrow(/not a cursor of this list/u);
  });
});

describe('a deadline', () => {
  it('fails what is not ready in time, and lets through what is', async () => {
    const deadline = createDeadline(20);
    await expect(deadline.race(Promise.resolve('ready'))).resolves.toBe('ready');
    await expect(deadline.race(new Promise(() => {}))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(deadline.signal.aborted).toBe(true);
    const left = createDeadline(10_000);
    const waiting = left.race(new Promise(() => {}));
    left.abandon();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('the mask over errors', () => {
  const mask = createErrorMask(silentLog);
  const from = (cause: Error) => new GraphQLError(cause.message, { path: ['x'], originalError: cause });

  it('shows what callers can mend, and nothing of what they cannot', () => {
    const known = from(
      new LexlineError('NOT_FOUND', 'postgres://user:word@db is not there', { remedy: 'Look again.' }),
    );
    expect(mask(known.toJSON(), known)).toEqual({
      path: ['x'],
      message: 'postgres://…@db is not there',
      extensions: { code: 'NOT_FOUND', remedy: 'Look again.' },
    });
    for (const cause of [new Error('secret'), new LexlineError('INTERNAL', 'secret')]) {
      const unknown = from(cause);
      const shown = mask(
        { ...unknown.toJSON(), extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['secret'] } },
        unknown,
      );
      expect(JSON.stringify(shown)).not.toContain('secret');
      expect(shown.extensions).toEqual({
        code: 'INTERNAL',
        errorId: expect.stringMatching(/^[0-9a-f-]{36}$/u) as string,
      });
    }
  });

  it('does not take a resolver’s word for a code', () => {
    const posing = from(Object.assign(new Error('secret'), { extensions: { code: 'BAD_USER_INPUT' } }));
    const shown = mask({ ...posing.toJSON(), extensions: { code: 'BAD_USER_INPUT' } }, posing);
    expect(shown.extensions).toMatchObject({ code: 'INTERNAL' });
  });
});

describe('jobs as nodes', () => {
  it('stand between what they read and what they write', () => {
    const link = {
      kind: 'DIRECT',
      transformation: 'IDENTITY',
      fn: '',
      effect: 'keep',
      masking: false,
      confidence: 1,
      assertedBy: 's',
    } as const;
    const node = (key: string, depth: number) => ({
      key,
      depth,
      hidden: false,
      dataset: null,
      path: null,
      label: null,
      state: null,
    });
    const graph: LineageGraph = {
      origin: 'a',
      direction: 'DOWNSTREAM',
      granularity: 'FIELD',
      nodes: [node('a', 0), node('b', 1), node('c', 1)],
      edges: [
        { ...link, from: 'a', to: 'b', job: { uid: 'j', name: 'job' } },
        { ...link, from: 'a', to: 'c', job: { uid: 'j', name: 'job' } },
        { ...link, from: 'b', to: 'c', job: null },
      ],
      truncated: null,
      hiddenNodes: 0,
      unparsedStatements: 0,
      endCursor: null,
    };
    const shown = jobsAsNodes(graph);
    expect(shown.nodes.at(-1)).toMatchObject({ key: 'j', depth: 1, label: 'job', job: { uid: 'j' } });
    expect(shown.edges.map(({ from, to }) => `${from}${to}`)).toEqual(['aj', 'jb', 'jc', 'bc']);
  });
});
