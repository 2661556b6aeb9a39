import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeOpenAi, type FakeOpenAi } from '../../fake/openai-server.ts';
import { scriptedJudge } from '../../fake/scripted-judge.ts';
import { runLexline } from '../cli/run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-embeddings-'));
const config = join(folder, 'lexline.yaml');
let inhouse: FakeOpenAi;
let embeddings: FakeOpenAi;

beforeAll(async () => {
  inhouse = await startFakeOpenAi(scriptedJudge(() => ({ decision: 'none' })));
  embeddings = await startFakeOpenAi(({ body }) => ({
    kind: 'vectors',
    data: (body.input ?? []).map((_, index) => ({ index, embedding: [1, 0, 0, 0] })),
  }));
  mkdirSync(join(folder, 'house'));
  mkdirSync(join(folder, 'clinic'));
  writeFileSync(
    join(folder, 'house', 'regulation.yml'),
    'id: house-rules\nname: House rules\ncatalogue: "2026.11"\nrules: rules.md\n',
  );
  writeFileSync(
    join(folder, 'house', 'rules.md'),
    '# House rules\n\n## 1 Tests\n\nThe viral load of a patient is told to nobody.\n\n## 2 Visitors\n\nThe sheet of visitors is shredded at the end of the week.\n',
  );
  writeFileSync(
    join(folder, 'clinic', 'a.sql'),
    'CREATE TABLE patients (patient_id int PRIMARY KEY, viral_load_q3 text, zq_1 text);\n',
  );
  writeFileSync(
    config,
    `stores: { graph: { path: ./data } }
rulebook: { folders: [./house] }
regulations: [gdpr, hipaa, house-rules]
llm:
  endpoints:
    - { name: inhouse, baseUrl: "${inhouse.url}", model: model-1, region: here, purposes: [pii, phi, pci], retries: 0 }
    - { name: cloud, baseUrl: "${embeddings.url}", model: model-2, region: there, purposes: [pii], retries: 0 }
  embeddings: { endpoint: cloud, model: vectors, dimensions: 4 }
sources:
  - name: clinic
    connector: sql-files
    path: ./clinic
    dialect: postgres
    applies: { gdpr: controller, hipaa: covered-entity }
    llm: inhouse
`,
  );
});
afterAll(async () => {
  await inhouse.close();
  await embeddings.close();
  rmSync(folder, { recursive: true, force: true });
});

const embedded = () => embeddings.requests.flatMap(({ body }) => body.input ?? []);
const lexline = (argv: readonly string[], input = '') => runLexline([...argv, '--config', config], { input });

describe('the endpoint of llm.embeddings', () => {
  it('is told nothing of a source: not by a sync, not by its plan, not by classify', async () => {
    await lexline(['regulations', 'add', join(folder, 'house', 'rules.md'), '--regulation', 'house-rules']);
    const texts = embedded().length;
    expect(texts).toBeGreaterThan(0);
    const planned = await lexline(['sync', 'clinic', '--dry-run']);
    expect([planned.status, embedded().slice(texts)]).toEqual([0, []]);
    await lexline(['sync', 'clinic']);
    await lexline(['classify', '--endpoint', 'inhouse'], '{"id":1,"table":"patients","column":"zq_2"}\n');
    expect(inhouse.bytes()).toContain('zq_1');
    expect(inhouse.bytes()).toContain('zq_2');
    expect(embedded().slice(texts)).toEqual([]);
  });

  it('is told what somebody asks the regulations', async () => {
    await lexline(['regulations', 'search'], '{"id":1,"query":"who hears of a viral load"}\n');
    expect(embedded().at(-1)).toContain('viral load');
  });

  it('is missed by no search of the regulations: words alone answer, which is said, and it is asked once', async () => {
    const ask = async () => {
      const { status, out } = await lexline(
        ['regulations', 'search'],
        '{"id":1,"query":"who shreds the sheet of visitors"}\n{"id":2,"query":"how long is the sheet of visitors kept"}\n',
      );
      const answers = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { hits: { provision: string }[]; note: string | null });
      return { status, notes: answers.map(({ note }) => note), first: answers[0]?.hits[0]?.provision };
    };
    const whole = await ask();
    expect([whole.status, whole.notes]).toEqual([0, [null, null]]);
    for (const [reply, asked] of [
      [{ kind: 'status', status: 503 }, 1],
      [{ kind: 'status', status: 401 }, 1],
      [{ kind: 'reset' }, 1],
      [{ kind: 'vectors', data: [] }, 2],
    ] as const) {
      const from = embeddings.requests.length;
      embeddings.play(() => reply);
      const alone = await ask();
      expect(alone).toMatchObject({ status: 0, first: whole.first });
      for (const note of alone.notes) expect(note).toMatch(/by words alone.*LLM_[A-Z_]+: \[llm\/cloud\]/u);
      expect(embeddings.requests.length - from).toBe(asked);
    }
  });

  it('is not needed by a sync', async () => {
    embeddings.play(() => ({ kind: 'status', status: 503 }));
    const { status, out, err } = await lexline(['sync', 'clinic', '--full']);
    expect([status, `${out}${err}`]).toEqual([0, expect.not.stringContaining('LLM_')]);
  });
});
