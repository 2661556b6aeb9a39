import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from '../../../server/access/api-keys.ts';
import { systemClock } from '../../../server/base/clock.ts';
import type { Product, Serving } from '../../../server/cli/composition.ts';
import { composeFor } from '../../../server/lexline.ts';
import { smallShop } from '../../e2e/small-shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-reports-'));
const actor = { kind: 'process', id: 'test' } as const;
const [steward, second, auditor, narrow, viewer] = [newKey(), newKey(), newKey(), newKey(), newKey()];
let product: Product;
let serving: Serving;

beforeAll(async () => {
  mkdirSync(join(folder, 'sql'));
  for (const [name, text] of Object.entries(smallShop)) writeFileSync(join(folder, 'sql', name), text);
  const compose = composeFor({
    global: { config: undefined, data: undefined, json: false },
    env: {},
    clock: systemClock,
    actor,
  });
  const source = { connector: 'sql-files', path: './sql', dialect: 'postgres' };
  const config = await compose.parseConfig(
    {
      sources: [
        { ...source, name: 'shop' },
        { ...source, name: 'hr' },
      ],
      access: {
        keys: [
          { name: 'office', role: 'steward', sha256: steward.sha256 },
          { name: 'second-office', role: 'steward', sha256: second.sha256 },
          { name: 'audit', role: 'auditor', sha256: auditor.sha256, validUntil: '2099-12-31' },
          { name: 'narrow', role: 'auditor', sha256: narrow.sha256, validUntil: '2099-12-31', sources: ['hr'] },
          { name: 'badges', role: 'viewer', sha256: viewer.sha256 },
        ],
      },
    },
    folder,
  );
  product = await compose.open({ config });
  await (await product.sync()).run({ source: 'shop', actor });
  serving = await product.serve({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await serving.close();
  await product.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly data?: Readonly<Record<string, never>>;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function ask<T>(query: string, variables: object = {}, key = steward.key): Promise<T> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Answer;
  if (body.errors !== undefined) throw new Error(body.errors[0]?.extensions.code);
  return body.data as T;
}

interface Report {
  readonly id: string;
  readonly status: string;
  readonly progress: number;
  readonly completeness: {
    readonly openGaps: number;
    readonly complete: boolean;
    readonly gaps: {
      readonly edges: readonly { readonly node: { readonly count: number; readonly names: string[] } }[];
    };
  } | null;
  readonly confirmation: { readonly state: string; readonly by: { readonly name: string } | null };
  readonly files: readonly {
    readonly format: string;
    readonly url: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

const fields = `id status progress asOf knownBy scope { sources excluded declaredButNotConnected }
  completeness { complete openGaps gaps(first: 500) { edges { node { kind detail count names remedy } } totalCount } }
  confirmation { state by { name role } at remark } files { format url bytes sha256 } error { code }`;
const create = `mutation ($input: CreateReportInput!) { createReport(input: $input) { result { ${fields} } userErrors { code message } } }`;

interface Created {
  readonly createReport: {
    readonly result: Report | null;
    readonly userErrors: readonly { code: string; message: string }[];
  };
}

async function made(input: object): Promise<Report> {
  const { createReport } = await ask<Created>(create, { input });
  expect(createReport.userErrors).toEqual([]);
  for (;;) {
    const { report } = await ask<{ report: Report }>(`query ($id: ID!) { report(id: $id) { ${fields} } }`, {
      id: createReport.result?.id,
    });
    if (report.status !== 'RUNNING') return report;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('a report from a button', () => {
  it('is made meanwhile, in the formats asked for, and says what it leaves open', async () => {
    const report = await made({ name: 'inventory', source: 'shop', formats: ['JSON', 'CSV', 'XLSX', 'HTML', 'PDF'] });
    expect(report).toMatchObject({
      status: 'DONE',
      progress: 1,
      scope: { sources: ['shop'] },
      confirmation: { state: 'DRAFT', by: null },
      error: null,
    });
    expect(report.files.map(({ format }) => format)).toEqual(['JSON', 'CSV', 'XLSX', 'HTML', 'PDF']);
    for (const file of report.files) {
      const answer = await fetch(`${serving.url}${file.url}`, { headers: { authorization: `Bearer ${auditor.key}` } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect([answer.status, bytes.length]).toEqual([200, file.bytes]);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
      if (file.format === 'JSON')
        expect(JSON.parse(String(bytes))).toMatchObject({ report: { requestedBy: expect.stringMatching(/^key ./u) } });
      expect(answer.headers.get('content-disposition')).toContain(`.${file.format.toLowerCase()}"`);
    }
    expect((await product.verifyLedger()).intact).toBe(true);
  });

  it('is one for one key, and another request with it is refused', async () => {
    const input = { name: 'inventory', idempotencyKey: 'button-1' };
    const [first, second] = [await made(input), await made(input)];
    expect(second.id).toBe(first.id);
    const { createReport } = await ask<Created>(create, { input: { ...input, source: 'shop' } });
    expect(createReport).toMatchObject({ result: null, userErrors: [{ code: 'KEY_REUSED' }] });
  });

  it('is confirmed by a named person who has the number of open items in view, and by nobody else', async () => {
    const report = await made({ name: 'inventory' });
    const openItems = report.completeness?.openGaps ?? -1;
    const gaps = report.completeness?.gaps.edges.map(({ node }) => node) ?? [];
    expect(gaps.reduce((sum, { count }) => sum + count, 0)).toBe(openItems);
    expect(gaps.every(({ names }) => Array.isArray(names))).toBe(true);
    const confirm = (input: object, key?: string) =>
      ask<{ confirmReport: Created['createReport'] }>(
        `mutation ($input: ConfirmReportInput!) { confirmReport(input: $input) { result { ${fields} } userErrors { code message } } }`,
        { input: { id: report.id, name: 'Ada Example', ...input } },
        key,
      );
    const wrong = await confirm({ openItems: openItems + 1 });
    expect(wrong.confirmReport.userErrors[0]?.message).toContain('open items');
    await expect(confirm({ openItems }, auditor.key)).rejects.toThrow('NOT_ALLOWED');
    const key = { idempotencyKey: 'stand-for-it' };
    const right = await confirm({ openItems, remark: 'as discussed', ...key });
    expect(right.confirmReport.result?.confirmation).toMatchObject({ state: 'CONFIRMED', by: { name: 'Ada Example' } });
    const entries = async (): Promise<number> => {
      const check = await product.verifyLedger();
      return check.intact ? check.entries : -1;
    };
    const written = await entries();
    expect(await confirm({ openItems, remark: 'as discussed', ...key })).toEqual(right);
    const other = await confirm({ openItems, remark: 'something else', ...key });
    expect(other.confirmReport).toMatchObject({ result: null, userErrors: [{ code: 'KEY_REUSED' }] });
    const over = await confirm({ openItems, name: 'Kim Example', idempotencyKey: 'over' }, second.key);
    expect(over.confirmReport).toMatchObject({ result: null, userErrors: [{ code: 'CHANGED_SINCE_READ' }] });
    expect(over.confirmReport.userErrors[0]?.message).not.toMatch(/Ada|office/u);
    const anew = await confirm({ openItems, remark: 'something else' });
    expect(anew.confirmReport).toMatchObject({ result: null, userErrors: [{ code: 'CHANGED_SINCE_READ' }] });
    expect(await confirm({ openItems, remark: 'as discussed', ...key })).toEqual(right);
    expect(await confirm({ openItems, remark: 'as discussed' })).toEqual(right);
    expect(await entries()).toBe(written);
  });

  it.each([
    [{ name: 'no-such-report' }, 'NOT_FOUND'],
    [{ name: 'inventory', source: 'no-such-source' }, 'NOT_FOUND'],
    [{ name: 'inventory', asOf: '2001-01-01' }, 'INPUT_INVALID'],
    [{ name: 'inventory', asOf: 'yesterday' }, 'INPUT_INVALID'],
    [{ name: 'inventory', asOf: '2999-01-01' }, 'INPUT_INVALID'],
    [{ name: 'inventory', formats: [] }, 'INPUT_INVALID'],
    [{ name: 'inventory', parameters: [{ name: 'nonsense', value: '1' }] }, 'INPUT_INVALID'],
  ])('%j is refused in words', async (input, code) => {
    const { createReport } = await ask<Created>(create, { input });
    expect(createReport.userErrors.map((error) => error.code)).toEqual([code]);
    expect(createReport.userErrors[0]?.message).not.toMatch(/^\[/u);
  });

  it('is not for those who only see badges, nor for those who see less than its maker', async () => {
    const report = await made({ name: 'inventory' });
    const query = `query ($id: ID!) { report(id: $id) { id } }`;
    await expect(ask(query, { id: report.id }, viewer.key)).rejects.toThrow('NOT_ALLOWED');
    await expect(
      ask(`query ($id: ID!) { node(id: $id) { ... on Report { id } } }`, { id: report.id }, viewer.key),
    ).rejects.toThrow('NOT_ALLOWED');
    expect(await ask(query, { id: report.id }, narrow.key)).toEqual({ report: null });
    const url = `${serving.url}${report.files[0]?.url ?? ''}`;
    const statusFor = async (key: string) => (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).status;
    expect([await statusFor(viewer.key), await statusFor(narrow.key), await statusFor(auditor.key)]).toEqual([
      403, 404, 200,
    ]);
    expect((await fetch(url)).status).toBe(401);
  });

  it('tells how far it is until it is done', async () => {
    const { createReport } = await ask<Created>(create, { input: { name: 'inventory', formats: ['PDF'] } });
    const response = await fetch(`${serving.url}/graphql/stream`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${auditor.key}`,
      },
      body: JSON.stringify({
        query: 'subscription ($id: ID!) { reportProgress(id: $id) { status progress } }',
        variables: { id: createReport.result?.id },
      }),
    });
    const events = await response.text();
    expect(events).toContain('"status":"DONE","progress":1');
    expect(events.trimEnd().split('\n').at(-1)).toContain('data:');
  });
});
