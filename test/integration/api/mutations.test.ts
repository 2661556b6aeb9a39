import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from '../../../server/access/api-keys.ts';
import { systemClock } from '../../../server/base/clock.ts';
import type { Product, Serving } from '../../../server/cli/composition.ts';
import { composeFor } from '../../../server/lexline.ts';

/** When the stops of these tests end. */
const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString();

const folder = mkdtempSync(join(tmpdir(), 'lexline-mutations-'));
const actor = { kind: 'process', id: 'test' } as const;
const keys = { ada: newKey(), ben: newKey(), narrow: newKey(), reader: newKey() };
type Who = keyof typeof keys;
let product: Product;
let serving: Serving;

beforeAll(async () => {
  mkdirSync(join(folder, 'sql'));
  mkdirSync(join(folder, 'governance'));
  writeFileSync(
    join(folder, 'governance', 'a.yml'),
    'parties:\n  - { id: mailer, name: Mailer Ltd, kind: processor }\n',
  );
  writeFileSync(
    join(folder, 'sql', 'shop.sql'),
    `create table shop.people (id int, email text);
create view mart.a as select email as x1 from shop.people;
create view mart.b as select x1 as x2 from mart.a;`,
  );
  const global = { config: undefined, data: undefined, json: false };
  const compose = composeFor({ global, env: {}, clock: systemClock, actor });
  const key = (name: Who, more: object) => ({ name, role: 'steward', sha256: keys[name].sha256, ...more });
  const config = await compose.parseConfig(
    {
      sources: [{ name: 'shop', connector: 'sql-files', path: './sql', dialect: 'postgres' }],
      governance: './governance',
      access: {
        domains: { shop: ['shop.*'] },
        keys: [key('ada', {}), key('ben', {}), key('narrow', { domains: ['shop'] }), key('reader', { role: 'viewer' })],
      },
    },
    folder,
  );
  product = await compose.open({ config });
  await (await product.sync()).run({ source: 'shop', actor });
  await (await product.governance()).apply({ actor, signal: new AbortController().signal });
  serving = await product.serve({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await serving.close();
  await product.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask<T>(query: string, variables: object = {}, who: Who = 'ada'): Promise<T> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${keys[who].key}` },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: T; errors?: readonly { extensions: { code: string } }[] };
  if (body.errors !== undefined || body.data === undefined) throw new Error(body.errors?.[0]?.extensions.code);
  return body.data;
}

interface Payload {
  readonly result: {
    readonly revision: number;
    readonly replaced?: boolean;
    readonly object?: { readonly id: string; readonly enteredIn: string; readonly body: string } | null;
  } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}
const errorsOf = ({ userErrors }: Payload): readonly string[] => userErrors.map(({ code }) => code);

let serial = 0;
async function change(mutation: string, type: string, parts: string, input: object, who?: Who): Promise<Payload> {
  serial += 1;
  const text = `mutation ($input: ${type}!) { change: ${mutation}(input: $input) { result { ${parts} } userErrors { code field message } } }`;
  const given = { idempotencyKey: `k${serial}`, expectedRevision: await revision(), ...input };
  return (await ask<{ change: Payload }>(text, { input: given }, who)).change;
}
const revision = async (): Promise<number> =>
  (await ask<{ revision: { number: number } }>('{ revision { number } }')).revision.number;
const put = (kind: string, body: object, more: object = {}, who?: Who): Promise<Payload> =>
  change(
    'putGovernanceObject',
    'PutGovernanceObjectInput',
    'revision object { id enteredIn body }',
    { kind, body: JSON.stringify(body), ...more },
    who,
  );
const objects = async (asOf: string | null = null): Promise<readonly string[]> => {
  const text = 'query ($asOf: DateTime) { governanceObjects(asOf: $asOf) { kind id enteredIn } }';
  const found = await ask<{ governanceObjects: readonly { kind: string; id: string; enteredIn: string }[] }>(text, {
    asOf,
  });
  return found.governanceObjects.map(({ kind, id, enteredIn }) => `${kind}/${id} ${enteredIn}`);
};
/** Entries of the ledger, its chain recomputed. */
const entries = async (): Promise<number> => {
  const check = await product.verifyLedger();
  return check.intact ? check.entries : -1;
};

const company = { id: 'acme', name: 'Acme', role: 'controller' };
const newsletter = { id: 'newsletter', name: 'Newsletter', entity: 'acme', recipients: ['mailer'] };

describe('what people know, by the API', () => {
  it('is entered beside the folder, in a revision of its own, and stays when the folder is taken over again', async () => {
    const before = (await ask<{ revision: { at: string } }>('{ revision { at } }')).revision.at;
    const written = await entries();
    const first = await put('ENTITIES', company);
    expect(first).toMatchObject({ result: { object: { id: 'acme', enteredIn: 'API' } }, userErrors: [] });
    expect((await put('ACTIVITIES', newsletter)).userErrors).toEqual([]);
    expect(await objects()).toEqual(['ACTIVITIES/newsletter API', 'ENTITIES/acme API', 'PARTIES/mailer FOLDER']);
    expect(await objects(before)).toEqual(['PARTIES/mailer FOLDER']);
    await (await product.governance()).apply({ actor, signal: new AbortController().signal });
    expect(await objects()).toHaveLength(3);
    const known = await (await product.governance()).read(await revision(), new Date().toISOString());
    expect(known.activities.map(({ id }) => id)).toEqual(['newsletter']);
    expect(await entries()).toBe(written + 2);
  });

  it('is written once for each key, and nothing is written where nothing differs', async () => {
    const again = { idempotencyKey: 'once', expectedRevision: await revision() };
    const done = await put(
      'RETENTION',
      { id: 'tax', name: 'Tax', duty: 'keep-at-least', duration: 'P10Y', from: 'year' },
      again,
    );
    expect(
      await put('RETENTION', { id: 'tax', name: 'Tax', duty: 'keep-at-least', duration: 'P10Y', from: 'year' }, again),
    ).toEqual(done);
    expect(
      errorsOf(
        await put('RETENTION', { id: 'tax', name: 'Other', duty: 'keep-at-least', duration: 'P10Y', from: 'y' }, again),
      ),
    ).toEqual(['KEY_REUSED']);
    const now = await revision();
    expect((await put('ENTITIES', company)).result?.revision).toBe(now);
    expect(await revision()).toBe(now);
  });

  it('is refused with what to mend', async () => {
    const messageOf = async (kind: string, body: object): Promise<string> => {
      const { userErrors } = await put(kind, body);
      expect(userErrors.map(({ code }) => code)).toEqual(['INPUT_INVALID']);
      return userErrors[0]?.message ?? '';
    };
    expect(await messageOf('ACTIVITIES', { ...newsletter, entity: 'nobody' })).toContain('entities/nobody');
    expect(await messageOf('ENTITIES', { ...company, role: 'king' })).toContain('role');
    expect(await messageOf('PARTIES', { id: 'mailer', name: 'X', kind: 'processor' })).toContain(
      'stands in the folder',
    );
    const text = await change('putGovernanceObject', 'PutGovernanceObjectInput', 'revision', {
      kind: 'ENTITIES',
      body: '{',
    });
    expect(errorsOf(text)).toEqual(['INPUT_INVALID']);
    expect(errorsOf(await put('ENTITIES', { ...company, name: 'Z' }, { expectedRevision: 9999 }))).toEqual([
      'INPUT_INVALID',
    ]);
  });

  it('never overwrites what another changed meanwhile', async () => {
    const seen = await revision();
    expect(
      (await put('ENTITIES', { ...company, name: 'Acme of Ben' }, { expectedRevision: seen }, 'ben')).userErrors,
    ).toEqual([]);
    const late = await put('ENTITIES', { ...company, name: 'Acme of Ada' }, { expectedRevision: seen });
    expect(late).toMatchObject({
      result: null,
      userErrors: [{ code: 'CHANGED_SINCE_READ', field: 'expectedRevision' }],
    });
  });

  it('is ended, but not what others still name, and not what the folder says', async () => {
    const end = (kind: string, id: string) =>
      change('endGovernanceObject', 'EndGovernanceObjectInput', 'revision object { id }', { kind, id });
    expect(errorsOf(await end('ENTITIES', 'acme'))).toEqual(['INPUT_INVALID']);
    expect(errorsOf(await end('PARTIES', 'mailer'))).toEqual(['INPUT_INVALID']);
    expect(errorsOf(await end('PARTIES', 'nobody'))).toEqual(['NOT_FOUND']);
    expect((await end('ACTIVITIES', 'newsletter')).result).toMatchObject({ object: null });
    expect((await end('ENTITIES', 'acme')).userErrors).toEqual([]);
    expect(await objects()).toEqual(['PARTIES/mailer FOLDER', 'RETENTION/tax API']);
  });

  it('is for stewards who see everything', async () => {
    await expect(put('ENTITIES', company, {}, 'reader')).rejects.toThrow('NOT_ALLOWED');
    expect(errorsOf(await put('ENTITIES', company, {}, 'narrow'))).toEqual(['INPUT_INVALID']);
    await expect(ask('{ governanceObjects { id } }', {}, 'narrow')).rejects.toThrow('INPUT_INVALID');
  });
});

describe('stops, by the API', () => {
  const fieldId = async (table: string, path: string): Promise<string> => {
    const text = 'query ($ref: Ref!, $path: String!) { fieldByRef(ref: $ref, path: $path) { id } }';
    return (await ask<{ fieldByRef: { id: string } }>(text, { ref: { text: table }, path })).fieldByRef.id;
  };
  const stateOf = async (table: string, path: string): Promise<string> => {
    const text =
      'query ($ref: Ref!, $path: String!) { fieldByRef(ref: $ref, path: $path) { classifications { category } } }';
    const found = await ask<{ fieldByRef: { classifications: readonly { category: string }[] } }>(text, {
      ref: { text: table },
      path,
    });
    return found.fieldByRef.classifications.map(({ category }) => category).join();
  };
  const set = (at: string, more: object = {}, who?: Who): Promise<Payload> =>
    change(
      'setStop',
      'SetStopInput',
      'revision rows replaced',
      { at, reason: 'consented lists only', expiresAt: inAYear, ...more },
      who,
    );

  it('hold back what had gone further, and give it back when they end', async () => {
    const at = await fieldId('mart.a', 'x1');
    expect(await stateOf('mart.b', 'x2')).toContain('email');
    const seen = await revision();
    expect(await set(at)).toMatchObject({ result: { replaced: false }, userErrors: [] });
    expect(await stateOf('mart.b', 'x2')).toBe('');
    const text =
      '{ stops { complete nodes { field { path dataset { name } } category reason by signedIn expiresAt } } }';
    const { stops } = await ask<{ stops: { nodes: readonly unknown[] } }>(text);
    expect(stops).toMatchObject({
      complete: true,
      nodes: [
        {
          field: { path: 'x1', dataset: { name: 'mart.a' } },
          category: null,
          by: 'ada',
          signedIn: true,
          reason: 'consented lists only',
        },
      ],
    });
    expect(await ask<object>(text, {}, 'narrow')).toMatchObject({ stops: { complete: false, nodes: [] } });
    expect(errorsOf(await set(at, { expectedRevision: seen }, 'ben'))).toEqual(['CHANGED_SINCE_READ']);
    const end = await change('endStop', 'EndStopInput', 'revision replaced', { at }, 'ben');
    expect(end.userErrors).toEqual([]);
    expect(await stateOf('mart.b', 'x2')).toContain('email');
    expect(errorsOf(await change('endStop', 'EndStopInput', 'revision', { at }))).toEqual(['NOT_FOUND']);
  });

  it('are refused without a reason, with an end in the past, and at what may not be seen', async () => {
    const at = await fieldId('mart.a', 'x1');
    expect(errorsOf(await set(at, { reason: ' ' }))).toEqual(['INPUT_INVALID']);
    expect(errorsOf(await set(at, { expiresAt: '2001-01-01' }))).toEqual(['INPUT_INVALID']);
    expect(errorsOf(await set(at, {}, 'narrow'))).toEqual(['NOT_FOUND']);
    await expect(set(at, {}, 'reader')).rejects.toThrow('NOT_ALLOWED');
  });
});

describe('a diff, by the API', () => {
  it('tells what differs between two times, in sections with counts and pages', async () => {
    const from = (await ask<{ revision: { at: string } }>('{ revision { at } }')).revision.at;
    writeFileSync(join(folder, 'sql', 'more.sql'), 'create table shop.cards (card_number text, cvv text);\n');
    await (await product.sync()).run({ source: 'shop', actor });
    const text = `query ($from: DateTime!) { diff(from: $from) { hidden from { fields revision { number } } to { fields sensitiveFields }
      sections { key totalCount items(first: 1) { change what says details { name before after } } } } }`;
    const { diff } = await ask<{
      diff: {
        from: { fields: number };
        to: { fields: number };
        sections: readonly { key: string; totalCount: number; items: readonly { change: string; what: string }[] }[];
      };
    }>(text, { from });
    expect(diff.to.fields - diff.from.fields).toBe(2);
    const datasets = diff.sections.find(({ key }) => key === 'datasets');
    expect(datasets).toMatchObject({
      totalCount: 1,
      items: [{ change: 'NEW', what: expect.stringContaining('shop.cards') as string }],
    });
    for (const { items } of diff.sections) expect(items.length).toBeLessThanOrEqual(1);
    await expect(ask(text, { from }, 'narrow')).rejects.toThrow('INPUT_INVALID');
    await expect(ask(text, { from }, 'reader')).rejects.toThrow('NOT_ALLOWED');
  });
});
