import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHouse, type House, type Who } from './serve-house.ts';

/** When the stops of these tests end. */
const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString();

let house: House;
beforeAll(async () => {
  house = await serveHouse();
});
afterAll(() => house.close());
const ask: House['ask'] = (...asked) => house.ask(...asked);

describe('findings of policies', () => {
  const text = `query F($policy: String, $outcome: PolicyOutcome, $waived: Boolean, $dataset: ID, $first: Int!, $after: String) {
    policyFindings(policy: $policy, outcome: $outcome, waived: $waived, dataset: $dataset, first: $first, after: $after) {
      totalCount
      nodes { policy { name severity } outcome category sentence path field { path } dataset { id name } waiver { owner expires } }
      pageInfo { hasNextPage endCursor }
    } }`;
  interface Finding {
    readonly policy: { readonly name: string };
    readonly dataset: { readonly id: string; readonly name: string };
    readonly path: readonly string[];
    readonly waiver: object | null;
  }
  const find = async (variables: object, who: Who = 'auditor') =>
    (await ask(text, who, { first: 50, ...variables })).data as {
      policyFindings: {
        totalCount: number;
        nodes: readonly Finding[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };

  it('come with their field, their way and their waiver', async () => {
    const { policyFindings } = await find({ policy: 'no-mail-outside', outcome: 'VIOLATION' });
    const places = policyFindings.nodes.map(
      ({ dataset, waiver }) => `${dataset.name}${waiver === null ? '' : ' waived'}`,
    );
    expect(places.toSorted()).toEqual(['hr.birthdays', 'marketing.mailing waived']);
    expect(policyFindings.nodes[0]).toMatchObject({ field: { path: 'address' }, category: 'user.contact.email' });
    expect(policyFindings.nodes.every(({ path }) => path.length > 0)).toBe(true);
  });

  it('are filtered and paged, with the number of all', async () => {
    const all = (await find({})).policyFindings;
    expect(all.totalCount).toBe(all.nodes.length);
    const waived = (await find({ waived: true })).policyFindings;
    expect(waived.nodes.map(({ dataset }) => dataset.name)).toEqual(['marketing.mailing']);
    expect((await find({ waived: false })).policyFindings.totalCount).toBe(all.totalCount - 1);
    const dataset = waived.nodes[0]?.dataset.id;
    const there = (await find({ dataset })).policyFindings.nodes;
    expect(new Set(there.map((one) => one.dataset.name))).toEqual(new Set(['marketing.mailing']));
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { policyFindings } = await find({ first: 1, after });
      names.push(...policyFindings.nodes.map((one) => `${one.policy.name} ${one.dataset.name}`));
      expect(policyFindings.totalCount).toBe(all.totalCount);
      after = policyFindings.pageInfo.hasNextPage ? policyFindings.pageInfo.endCursor : null;
    } while (after !== null);
    expect(names).toEqual(all.nodes.map((one) => `${one.policy.name} ${one.dataset.name}`));
    expect((await ask(text, 'auditor', { first: 50, policy: 'no-mail-outsid' })).code).toBe('INPUT_INVALID');
  });

  it('are those of what the viewer may see, in number and in names', async () => {
    const narrow = await find({}, 'narrow');
    expect(JSON.stringify(narrow)).not.toMatch(/birthdays|staff/u);
    expect(narrow.policyFindings.totalCount).toBe(narrow.policyFindings.nodes.length);
    expect(narrow.policyFindings.totalCount).toBeLessThan((await find({})).policyFindings.totalCount);
  });
});

describe('entries of the ledger', () => {
  const text = `query L($kind: String, $actor: String, $subject: ID, $since: DateTime, $until: DateTime, $first: Int!, $after: String, $newestFirst: Boolean! = false) {
    ledgerEntries(kind: $kind, actor: $actor, subject: $subject, since: $since, until: $until, first: $first, after: $after, newestFirst: $newestFirst) {
      nodes { number batch kind at actor { kind name } subject { __typename id ... on Field { path } } body }
      pageInfo { hasNextPage endCursor } } }`;
  interface Entry {
    readonly number: number;
    readonly kind: string;
    readonly at: string;
    readonly actor: { readonly name: string };
    readonly subject: { readonly id: string } | null;
    readonly body: string;
  }
  const entries = async (variables: object = {}): Promise<readonly Entry[]> => {
    const { data } = await ask(text, 'auditor', { first: 250, ...variables });
    return (data as { ledgerEntries: { nodes: readonly Entry[] } }).ledgerEntries.nodes;
  };

  let stopped: Promise<string> | undefined;
  /** Something that a person did, once for all tests: a stop at a field, whose id it gives. */
  const stopOnce = (): Promise<string> => (stopped ??= stop());
  async function stop(): Promise<string> {
    const { data } = await ask(
      '{ fieldByRef(ref: { text: "marketing.mailing" }, path: "address") { id } revision { number } }',
    );
    const { fieldByRef, revision } = data as { fieldByRef: { id: string }; revision: { number: number } };
    const input = {
      at: fieldByRef.id,
      reason: 'consented lists only',
      expiresAt: inAYear,
      expectedRevision: revision.number,
      idempotencyKey: 'stop-1',
    };
    const set = await ask(
      'mutation S($input: SetStopInput!) { setStop(input: $input) { userErrors { message } } }',
      'steward',
      { input },
    );
    expect(set.data).toEqual({ setStop: { userErrors: [] } });
    return fieldByRef.id;
  }

  it('are told in order, by who did it, when, and about what', async () => {
    const id = await stopOnce();
    const all = await entries();
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
    const [stop, ...more] = await entries({ kind: 'stop-set' });
    expect(more).toEqual([]);
    expect(stop).toMatchObject({ actor: { name: 'steward' }, subject: { id, path: 'address' } });
    expect(JSON.parse(stop?.body ?? '')).toBeTypeOf('object');
    const number = stop?.number;
    expect((await entries({ actor: 'steward' })).map((one) => one.number)).toContain(number);
    expect(await entries({ actor: 'nobody' })).toEqual([]);
    expect((await entries({ subject: id })).map((one) => one.kind)).toContain('stop-set');
    expect((await entries({ since: stop?.at })).map((one) => one.number)).toContain(number);
    expect(await entries({ until: '2001-01-01' })).toEqual([]);
    expect(await entries({ since: '2099-01-01' })).toEqual([]);
  });

  it('are paged by cursors that hold while new ones come in', async () => {
    const page = async (after: string | null) =>
      (await ask(text, 'auditor', { first: 1, after })).data as {
        ledgerEntries: { nodes: readonly Entry[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      };
    await stopOnce();
    const one = await page(null);
    expect(one.ledgerEntries.nodes.map(({ number }) => number)).toEqual([1]);
    const two = await page(one.ledgerEntries.pageInfo.endCursor);
    expect(two.ledgerEntries.nodes.map(({ number }) => number)).toEqual([2]);
    const other = { first: 1, kind: 'stop-set', after: one.ledgerEntries.pageInfo.endCursor };
    expect((await ask(text, 'auditor', other)).code).toBe('INPUT_INVALID');
  });

  it('are told from the newest on where that is asked for; a cursor is of its order alone', async () => {
    await stopOnce();
    const numbers = (await entries()).map(({ number }) => number);
    expect((await entries({ newestFirst: true })).map(({ number }) => number)).toEqual(numbers.toReversed());
    const { data } = await ask(text, 'auditor', { first: 1, newestFirst: true });
    const { endCursor } = (data as { ledgerEntries: { pageInfo: { endCursor: string } } }).ledgerEntries.pageInfo;
    const next = await entries({ first: 1, newestFirst: true, after: endCursor });
    expect(next.map(({ number }) => number)).toEqual([numbers.at(-2)]);
    expect((await ask(text, 'auditor', { first: 1, after: endCursor })).code).toBe('INPUT_INVALID');
  });

  it('are not told to who sees a part, and not by an id of something else', async () => {
    expect((await ask(text, 'narrow', { first: 1 })).code).toBe('INPUT_INVALID');
    const source = Buffer.from('Source:shop').toString('base64url');
    expect((await ask(text, 'auditor', { first: 1, subject: source })).code).toBe('INPUT_INVALID');
  });
});
