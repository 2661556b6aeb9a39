import { afterEach, describe, expect, it } from 'vitest';
import { rightsOfRole, type Role } from '../../../server/access/rights.ts';
import { loopbackViewer } from '../../../server/access/viewer.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createGraphql } from '../../../server/graphql/create-graphql.ts';
import { noRooms } from '../../../server/graphql/rooms.ts';
import { createRouter } from '../../../server/http/create-router.ts';
import { listen, type Listening } from '../../../server/http/listen.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { writeBackWorld } from '../atlas/write-back-world.ts';

const actor = { kind: 'person', id: 'dana' } as const;
const world = writeBackWorld();
let server: Listening | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A catalog with one table, synced, whose tags wait to be written back; the API in front of it. */
async function serve(): Promise<{ readonly writes: string[] }> {
  world.catalog.table('crm', 'people', ['id', 'email', 'phone']);
  const { sync, writeBack, writes } = await world.open({ mode: 'propose' });
  expect((await sync.run({ source: 'atlas', actor })).error).toBeNull();
  const { stores } = world.house;
  const query = createQuery({ graph: stores.graph, state: stores.state, taxonomy: loadTaxonomy() });
  const rooms = { ...noRooms, writeBack };
  const graphql = await createGraphql({
    query,
    sync,
    rooms,
    memory: stores.state,
    clock: systemClock,
    log: silentLog,
    introspection: false,
  });
  const router = createRouter({
    query,
    graphql,
    log: silentLog,
    signIn: ({ headers }) => {
      const role = String(headers['x-role'] ?? 'steward') as Role;
      const sources = headers['x-source'] === undefined ? ('all' as const) : [String(headers['x-source'])];
      const viewer = { ...loopbackViewer, actor, signedIn: true, role, rights: rightsOfRole(role), scope: { sources } };
      return Promise.resolve({ viewer, mayExchange: false });
    },
  });
  server = await listen({ router, port: 0, signIn: true, log: silentLog });
  return { writes };
}

interface Change {
  readonly id: string;
  readonly path: string | null;
  readonly status: string;
  readonly changedAt: string;
}
interface Payload {
  readonly result: { readonly changes: readonly Change[]; readonly stopped: string | null } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

async function ask<T>(query: string, variables: object = {}, headers: object = {}): Promise<T> {
  const response = await fetch(`${server?.url ?? ''}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: T; errors?: readonly { extensions: { code: string } }[] };
  if (body.errors !== undefined || body.data === undefined) throw new Error(body.errors?.[0]?.extensions.code);
  return body.data;
}

const parts = 'id path datasetName tag action category confidence waitsFor status changedAt actor { kind name }';
async function list(status: string | null = null, headers: object = {}): Promise<readonly Change[]> {
  const text = `query ($status: WriteBackStatus) { writeBackChanges(status: $status) { totalCount nodes { ${parts} } } }`;
  const { writeBackChanges } = await ask<{ writeBackChanges: { nodes: readonly Change[] } }>(text, { status }, headers);
  return writeBackChanges.nodes;
}
async function act(mutation: string, input: object, headers: object = {}): Promise<Payload> {
  const text = `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { act: ${mutation}(input: $input) { result { stopped changes { ${parts} } } userErrors { code message } } }`;
  const given = { source: 'atlas', seenAt: new Date().toISOString(), idempotencyKey: mutation, ...input };
  return (await ask<{ act: Payload }>(text, { input: given }, headers)).act;
}
const emailOf = (changes: readonly Change[]): Change | undefined => changes.find(({ path }) => path === 'email');

describe('write-back by the API', () => {
  it('lists what waits, writes what a person approves, once, and takes it back', async () => {
    const { writes } = await serve();
    const email = emailOf(await list('PROPOSED'));
    expect(email).toMatchObject({ tag: 'Lexline_PII', action: 'ADD', datasetName: 'crm.people', status: 'PROPOSED' });
    expect(writes).toEqual([]);
    const input = { ids: [email?.id] };
    const done = await act('applyWriteBack', input);
    expect(done).toMatchObject({
      result: { stopped: null, changes: [{ path: 'email', status: 'APPLIED', actor: { name: 'dana' } }] },
    });
    expect(world.tagsOn('crm.people.email@c1')).toEqual(['Lexline_PII']);
    const sent = writes.length;
    // The clock has gone on, so the input differs in what was seen: the very same call is what may be sent again.
    const again = { ...input, idempotencyKey: 'again', seenAt: new Date().toISOString() };
    expect((await act('undoWriteBack', again)).result?.changes).toMatchObject([{ status: 'UNDONE' }]);
    expect(world.tagsOn('crm.people.email@c1')).toEqual([]);
    const undone = writes.length;
    expect(undone).toBeGreaterThan(sent);
    expect((await act('undoWriteBack', again)).result?.changes).toMatchObject([{ status: 'UNDONE' }]);
    expect(writes).toHaveLength(undone);
    expect((await act('undoWriteBack', { ...again, ids: ['other'] })).userErrors).toMatchObject([
      { code: 'KEY_REUSED' },
    ]);
  });

  it('says no for good, and refuses what moved on since it was read', async () => {
    await serve();
    const seenAt = new Date(Date.now() - 3_600_000).toISOString();
    const email = emailOf(await list('PROPOSED'));
    const late = await act('applyWriteBack', { ids: [email?.id], seenAt });
    expect(late).toMatchObject({ result: null, userErrors: [{ code: 'CHANGED_SINCE_READ' }] });
    expect((await act('declineWriteBack', { ids: [email?.id] })).result?.changes).toMatchObject([
      { status: 'DECLINED' },
    ]);
    expect(emailOf(await list('PROPOSED'))).toBeUndefined();
    expect((await act('applyWriteBack', { ids: ['nothing'], idempotencyKey: 'b' })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect((await act('applyWriteBack', { ids: [], idempotencyKey: 'c' })).userErrors).toMatchObject([
      { code: 'INPUT_INVALID' },
    ]);
    expect(
      (await act('applyWriteBack', { ids: ['x'], source: 'nowhere', idempotencyKey: 'd' })).userErrors,
    ).toMatchObject([{ code: expect.stringMatching(/NOT_FOUND|INPUT_INVALID/u) as string }]);
  });

  it('is for stewards who see everything', async () => {
    await serve();
    await expect(act('applyWriteBack', { ids: ['x'] }, { 'x-role': 'reviewer' })).rejects.toThrow('NOT_ALLOWED');
    await expect(list(null, { 'x-role': 'viewer' })).rejects.toThrow('NOT_ALLOWED');
    await expect(list(null, { 'x-source': 'atlas' })).rejects.toThrow('INPUT_INVALID');
    expect((await act('applyWriteBack', { ids: ['x'] }, { 'x-source': 'atlas' })).userErrors).toMatchObject([
      { code: 'INPUT_INVALID' },
    ]);
  });
});
