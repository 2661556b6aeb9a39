import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProfileMessage } from '../../../connectors/connector.ts';
import { fieldUid } from '../../../server/model/ids.ts';
import type { ProfileRequest, Profiler } from '../../../server/model/profile.ts';
import { startFakeOpenAi, type FakeOpenAi } from '../../fake/openai-server.ts';
import { scriptedJudge } from '../../fake/scripted-judge.ts';
import { actor, namespace, openHouse, scriptedSource, table, wholeScope, type House } from '../sync/harness.ts';
import { tierOver } from './house.ts';

let house: House;
let server: FakeOpenAi;
beforeEach(async () => {
  house = await openHouse();
  server = await startFakeOpenAi(
    scriptedJudge(({ name }) =>
      name.startsWith('q') ? { decision: 'category', category: 'user.name' } : { decision: 'abstain' },
    ),
  );
});
afterEach(async () => {
  await server.close();
  await house.close();
});

/** Values of every kind, each with a mark by which it is found again. */
const values: Readonly<Record<string, readonly string[]>> = {
  qz_a: ['Canaria Zweig', 'Canario Yale', 'Canarine Xu'],
  qz_b: ['canary.a@example.com', 'canary.b@example.com'],
  qz_c: ['4111 1111 1111 1111', '5555555555554444'],
  qz_d: ['CANARY7', 'CANARY8', 'CANARY9'],
  qz_e: ['Канарейка', '金絲雀'],
  qx_f: ['CANARY one two', 'CANARY three'],
};
const marks = [/canar/iu, /4111/u, /5555/u, /Канар/u, /金絲雀/u, /Zweig/u];

function* profileOf(fields: readonly ProfileRequest[], profiler: Profiler): Iterable<ProfileMessage> {
  for (const field of fields) {
    const looking = profiler.begin(field);
    for (let i = 0; i < 30; i += 1) for (const value of values[field.path[0] ?? ''] ?? []) looking.add(value);
    yield { type: 'profile', profile: looking.end() };
  }
}

/** What people paste into comments: an example, an address, a card, a quoted name. */
const pasted = `who holds it, e.g. Canario Yale; ask canary.a@example.com or see 4111 1111 1111 1111 and 'Canarine Xu'`;

describe('the bytes that leave for an endpoint', () => {
  it('hold no value of a row, no value pasted into a comment, and no key of the stores', async () => {
    const document = {
      ...table('shop.public.zz_tab', Object.keys(values)),
      description: 'for instance "Canaria Zweig", card 4111111111111111',
      fields: Object.keys(values).map((name, i) => ({
        path: [name],
        type: 'text',
        ordinal: i + 1,
        description: pasted,
      })),
    };
    // A table of which nothing is known: its values are described to the model.
    const opaque = {
      ...document,
      name: 'shop.public.zz_two',
      fields: ['qx_f', 'wq_x', 'zv_k'].map((name, i) => ({
        path: [name],
        // The words of an ENUM are values, too.
        type: `ENUM('Canario Yale','CANARY7 ${i}')`,
        ordinal: i + 1,
      })),
    };
    const open = table('shop.public.zz_tab', ['xk_w', ...Object.keys(values).slice(0, 5)]);
    const asked = {
      ...document,
      fields: [
        ...document.fields.slice(0, 5),
        ...open.fields.slice(0, 1).map((field) => ({ ...field, description: pasted })),
      ],
    };
    const source = scriptedSource('s', () => wholeScope('public', [asked, opaque]), {
      llm: 'fake',
      profile: 'sample',
      capabilities: { mode: 'snapshot', incremental: false, profile: ['sample'], accept: false, write: false },
      async *looksAtValues(fields, profiler) {
        yield* profileOf(fields, profiler);
      },
    });
    const models = tierOver(house, server.url, { apiKey: 'the-key-of-the-endpoint' });
    const report = await house.sync([source], { models }).run({ source: 's', actor });
    expect(report.fields.profiled).toBe(9);
    expect(server.requests.length).toBeGreaterThan(0);
    const left = server.bytes();
    expect(left).toContain('qz_a');
    expect(left.includes('qx_f')).toBe(true);
    expect(left.includes('who^')).toBe(true);
    expect(left.includes('A+ a')).toBe(true);
    for (const mark of marks) expect(mark.test(left), String(mark)).toBe(false);
    expect(left.includes(namespace)).toBe(false);
    expect(left).not.toContain(fieldUid({ namespace, name: document.name }, ['qz_a']));
    // The key goes into its header and nowhere else: not into bodies, stores or reports.
    for (const { raw } of server.requests) expect(raw.toString()).not.toContain('the-key-of-the-endpoint');
    expect(JSON.stringify(report)).not.toContain('the-key-of-the-endpoint');
    for (const file of readdirSync(house.path)) {
      const bytes = readFileSync(join(house.path, file));
      for (const value of ['the-key-of-the-endpoint', ...Object.values(values).flat()])
        expect(bytes.includes(value), `${value} in ${file}`).toBe(false);
    }
  });

  it('hold names and types alone where shapes and comments are not to leave', async () => {
    const document = {
      ...table('shop.public.zz_tab', []),
      fields: [{ path: ['qz_a'], type: 'varchar', ordinal: 1, description: 'the secret garden of words' }],
    };
    const source = scriptedSource('s', () => wholeScope('public', [document]), {
      llm: 'fake',
      profile: 'sample',
      capabilities: { mode: 'snapshot', incremental: false, profile: ['sample'], accept: false, write: false },
      async *looksAtValues(fields, profiler) {
        yield* profileOf(fields, profiler);
      },
    });
    const models = tierOver(house, server.url, { samples: 'none', comments: false });
    await house.sync([source], { models }).run({ source: 's', actor });
    const left = server.bytes();
    expect(left).toContain('qz_a');
    expect(left).toContain('varchar');
    expect(left).not.toMatch(/garden|"shapes|"filled/u);
  });
});
