import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeOpenAi, type FakeOpenAi } from '../../fake/openai-server.ts';
import { askedTable, scriptedJudge, type AskedColumn, type Said } from '../../fake/scripted-judge.ts';
import { runLexline } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-classify-'));
const config = join(folder, 'lexline.yaml');
let server: FakeOpenAi;

function knowing({ name }: AskedColumn): Said {
  return name === 'qz_bgv' ? { decision: 'category', category: 'health_condition' } : { decision: 'none' };
}

beforeAll(async () => {
  server = await startFakeOpenAi(scriptedJudge(knowing));
  writeFileSync(
    config,
    `stores: { graph: { path: ./data } }\nllm:\n  endpoints:\n    - { name: fake, baseUrl: "${server.url}", model: model-1, region: test, purposes: [pii, phi, pci], retries: 0 }\n`,
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = [
  {
    id: 1,
    table: 'zz_tab',
    column: 'qz_bgv',
    table_columns: ['qz_bgv', 'zv_k', 'wq_x'],
    samples: ['CANARY one two', 'CANARY three'],
  },
  { id: 2, table: 'customers', column: 'email', samples: ['canary.one@example.com', 'canary.two@example.com'] },
  { id: 3, table: 'zz_tab', column: 'zv_k', table_columns: ['qz_bgv', 'zv_k', 'wq_x'] },
];
const input = rows.map((row) => `${JSON.stringify(row)}\n`).join('');

async function classify(...argv: string[]): Promise<readonly Record<string, unknown>[]> {
  const ran = await runLexline(['classify', '--config', config, ...argv], { input });
  expect(ran.err).toBe('');
  return ran.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('lexline classify with an endpoint', () => {
  it('asks about what the detectors leave open, one request a row, and says which tier answered', async () => {
    const answers = await classify();
    expect(answers.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(answers[0]).toMatchObject({
      tier: 'llm',
      category: 'user.health.condition',
      abstain: false,
      classes: ['PHI'],
    });
    expect(answers[1]).toMatchObject({ tier: 'detector', category: 'user.contact.email' });
    expect(answers[2]).toMatchObject({ tier: 'both', abstain: true, classes: [] });
    const names = new Set(server.requests.flatMap((request) => askedTable(request).columns.map(({ name }) => name)));
    expect([...names].toSorted()).toEqual(['qz_bgv', 'zv_k']);
    for (const request of server.requests) expect(askedTable(request).columns).toHaveLength(1);
  });

  it('sends no sample', () => {
    expect(server.requests.length).toBeGreaterThan(0);
    expect(server.bytes()).not.toMatch(/canary/iu);
  });

  it('asks nobody twice, and nobody at all when told so', async () => {
    const calls = server.requests.length;
    await classify();
    expect(server.requests.length).toBe(calls);
    const answers = await classify('--no-llm');
    expect(answers.every(({ tier }) => tier === 'detector')).toBe(true);
  });

  it('names the endpoints it knows', async () => {
    const ran = await runLexline(['classify', '--config', config, '--endpoint', 'fak'], { input });
    expect([ran.status, ran.err.includes('did you mean "fake"')]).toEqual([2, true]);
  });
});
