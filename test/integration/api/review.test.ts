import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from '../../../server/access/api-keys.ts';
import { systemClock } from '../../../server/base/clock.ts';
import type { Product, Serving } from '../../../server/cli/composition.ts';
import { composeFor } from '../../../server/lexline.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-review-api-'));
const actor = { kind: 'process', id: 'test' } as const;
const [ada, ben, viewer, narrow] = [newKey(), newKey(), newKey(), newKey()];
let product: Product;
let serving: Serving;

beforeAll(async () => {
  mkdirSync(join(folder, 'sql'));
  writeFileSync(
    join(folder, 'sql', 'a.sql'),
    'create table shop.zz_a (qz_bgv text, wx_q text);\ncreate table shop.zz_b (qz_bgv text, xk_v int);\ncreate table shop.zz_d (qk_zvw text);\n',
  );
  mkdirSync(join(folder, 'other'));
  writeFileSync(
    join(folder, 'other', 'b.sql'),
    'create table lake.zz_c (qk_zvw text);\ninsert into shop.zz_d (qk_zvw) select qk_zvw from lake.zz_c;\n',
  );
  const options = { global: { config: undefined, data: undefined, json: false }, env: {}, clock: systemClock, actor };
  const compose = composeFor(options);
  const keys = [
    { name: 'ada', role: 'reviewer', sha256: ada.sha256 },
    { name: 'ben', role: 'reviewer', sha256: ben.sha256 },
    { name: 'badges', role: 'viewer', sha256: viewer.sha256 },
    { name: 'narrow', role: 'reviewer', sha256: narrow.sha256, sources: ['other'] },
  ];
  const sources = [
    { name: 'shop', connector: 'sql-files', path: './sql', dialect: 'postgres' },
    { name: 'other', connector: 'sql-files', path: './other', dialect: 'postgres' },
  ];
  const config = await compose.parseConfig({ sources, access: { keys } }, folder);
  product = await compose.open({ config });
  await (await product.sync()).run({ source: 'shop', actor });
  serving = await product.serve({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await serving.close();
  await product.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask<T>(query: string, variables: object, key: string): Promise<T> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: T; errors?: readonly { extensions: { code: string } }[] };
  if (body.errors !== undefined || body.data === undefined) throw new Error(body.errors?.[0]?.extensions.code);
  return body.data;
}

interface Group {
  readonly id: string;
  readonly question: string;
  readonly fields: number;
  readonly settles: number;
  readonly expectedRevision: number;
  readonly suggestion: { readonly category: string } | null;
  readonly sample: readonly { readonly path: string; readonly field: { readonly id: string; readonly path: string } }[];
}

const queueText = `query ($first: Int!, $after: String) { reviewQueue(first: $first, after: $after, orderBy: SETTLES_MOST) {
  totalGroups totalFields pageInfo { hasNextPage endCursor }
  edges { cursor node { id question reason fields settles expectedRevision suggestion { category confidence }
    sample { path datasetName openInSource select field { id path dataset { name } } } } } } }`;

interface Queue {
  readonly reviewQueue: {
    readonly totalGroups: number;
    readonly totalFields: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly edges: readonly { readonly node: Group }[];
  };
}

async function queue(first = 50, after: string | null = null, key = ada.key): Promise<Queue['reviewQueue']> {
  return (await ask<Queue>(queueText, { first, after }, key)).reviewQueue;
}

async function groupNamed(word: string): Promise<Group> {
  const found = (await queue()).edges.find(({ node }) => node.question.includes(word));
  if (found === undefined) throw new Error(`no group ${word}`);
  return found.node;
}

interface Decided {
  readonly decideReview: {
    readonly result: { readonly groupId: string; readonly state: string; readonly decided: number } | null;
    readonly userErrors: readonly { readonly code: string; readonly field: string | null }[];
  };
}

let keys = 0;
async function decide(input: object, key = ada.key): Promise<Decided['decideReview']> {
  keys += 1;
  const text = `mutation ($input: DecideReviewInput!) { decideReview(input: $input) {
    result { groupId state decided lowers revision decisions { id by { kind name } validUntil field { path classifications { category } } } } userErrors { code field message } } }`;
  return (await ask<Decided>(text, { input: { idempotencyKey: `k${keys}`, ...input } }, key)).decideReview;
}

describe('review by the API', () => {
  it('shows groups with fields to look at, in pages', async () => {
    const { edges, totalGroups, totalFields } = await queue();
    const [first] = edges;
    expect(first?.node).toMatchObject({ fields: 2, settles: 2, question: expect.stringContaining('qz_bgv') as string });
    expect(first?.node.sample[0]?.field.path).toBe('qz_bgv');
    expect(totalFields).toBe(edges.reduce((sum, { node }) => sum + node.fields, 0));
    const page = await queue(1);
    expect(page.pageInfo.hasNextPage).toBe(totalGroups > 1);
    expect((await queue(1, page.pageInfo.endCursor)).edges[0]?.node.id).toBe(edges[1]?.node.id);
  });

  it('takes a decision on the list that was read, once', async () => {
    const group = await groupNamed('qz_bgv');
    const input = {
      groupId: group.id,
      decision: 'CORRECT',
      category: 'user.health.condition',
      except: [group.sample[1]?.field.id],
      expectedRevision: group.expectedRevision,
      idempotencyKey: 'once',
    };
    const decided = await decide(input);
    expect(decided).toMatchObject({
      result: {
        state: 'DECIDED',
        decided: 1,
        decisions: [
          {
            id: group.sample[0]?.field.id,
            by: { kind: 'KEY', name: 'ada' },
            validUntil: null,
            field: { path: 'qz_bgv', classifications: [{ category: 'user.health.condition' }] },
          },
        ],
      },
      userErrors: [],
    });
    expect(await decide(input)).toEqual(decided);
    expect(await decide({ ...input, category: 'none' })).toMatchObject({
      result: null,
      userErrors: [{ code: 'INPUT_INVALID' }],
    });
  });

  it('answers mistakes that the caller can mend', async () => {
    const group = await groupNamed('wx_q');
    const base = { groupId: group.id, decision: 'CORRECT', category: 'none', expectedRevision: group.expectedRevision };
    expect((await decide({ ...base, groupId: 'gone' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await decide({ ...base, category: 'user.soul' })).userErrors).toMatchObject([{ code: 'INPUT_INVALID' }]);
    expect((await decide({ ...base, expectedRevision: 9999 })).userErrors).toMatchObject([{ code: 'INPUT_INVALID' }]);
    expect((await decide(base, ben.key)).result?.decided).toBe(1);
  });

  it('is for those with the right', async () => {
    await expect(queue(5, null, viewer.key)).rejects.toThrow(/FORBIDDEN|NOT_ALLOWED|UNAUTH|RIGHT/u);
  });

  it('shows who sees some sources their fields alone, in every number, and decides no others', async () => {
    expect(await queue(50, null, narrow.key)).toMatchObject({ totalGroups: 0, totalFields: 0, edges: [] });
    await (await product.sync()).run({ source: 'other', actor });
    const [mine, all] = [await queue(50, null, narrow.key), await queue(50)];
    const shared = mine.edges.find(({ node }) => node.question.includes('qk_zvw'))?.node;
    const whole = all.edges.find(({ node }) => node.question.includes('qk_zvw'))?.node;
    // Called alike in a table of each source, where the values of one flow into the other's.
    expect([shared?.fields, shared?.settles]).toEqual([1, 1]);
    expect([whole?.fields, whole?.settles]).toEqual([2, 3]);
    expect(shared?.id).toBe(whole?.id);
    expect(mine.totalFields).toBeLessThan(all.totalFields);
    const input = {
      groupId: shared?.id,
      decision: 'CORRECT',
      category: 'none',
      expectedRevision: shared?.expectedRevision,
    };
    expect(
      await decide(
        { ...input, except: [whole?.sample.find(({ field }) => field.id !== shared?.sample[0]?.field.id)?.field.id] },
        narrow.key,
      ),
    ).toMatchObject({
      userErrors: [{ code: 'INPUT_INVALID' }],
    });
    expect((await decide(input, narrow.key)).result?.decided).toBe(1);
    expect((await queue(50)).edges.find(({ node }) => node.id === whole?.id)?.node.fields).toBe(1);
    expect((await queue(50, null, narrow.key)).edges.some(({ node }) => node.id === whole?.id)).toBe(false);
  });
});
