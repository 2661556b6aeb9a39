import { describe, expect, it } from 'vitest';
import { askedTable, scriptedJudge } from '../../fake/scripted-judge.ts';
import { actor, sqlJob, table } from '../sync/harness.ts';
import { tierOver } from './house.ts';
import { blood, judgedHouse, knowing, patient, source } from './judged-house.ts';

const at = judgedHouse();
const { verdictsOn } = at;

describe('a sync with a model endpoint', () => {
  it('asks about what the detectors leave open, and adds a verdict with a citation that was cut from the text', async () => {
    const report = await at.house
      .sync([source()], { models: tierOver(at.house, at.server.url) })
      .run({ source: 's', actor });
    expect(report).toMatchObject({ status: 'DONE', llm: { endpoint: 'fake', columns: { added: 1 } } });
    const asked = at.server.requests.flatMap((request) => askedTable(request).columns.map(({ name }) => name));
    expect(asked).toContain('qz_bgv');
    expect(asked).not.toContain('email');
    expect(report.llm?.requests).toBe(at.server.requests.length);
    // The scripted endpoint says 100 of each request; more was sent, and that is what counts.
    expect(report.llm?.inputTokens).toBeGreaterThan(1000 * at.server.requests.length);
    const verdicts = await verdictsOn('qz_bgv');
    const [own] = verdicts.filter(({ decider }) => decider === 'llm');
    expect(own).toMatchObject({ by: 'fake/model-1', category: blood, state: 'proposed', classes: ['PHI'] });
    expect(own?.citations).toMatchObject([{ provision: 'GDPR:9(1)', check: 'text-matched' }]);
    expect(verdicts.some(({ decider }) => decider === 'detector')).toBe(true);
  });

  it('calls nobody on a re-sync where nothing changed, and nobody again where everything is judged anew', async () => {
    const conductor = at.house.sync([source()], { models: tierOver(at.house, at.server.url) });
    await conductor.run({ source: 's', actor });
    const calls = at.server.requests.length;
    expect(calls).toBeGreaterThan(0);
    const again = await conductor.run({ source: 's', actor });
    expect(again.status).toBe('UNCHANGED');
    expect(again.llm).toMatchObject({ requests: 0, fromMemory: 0 });
    const full = await conductor.run({ source: 's', actor, full: true });
    expect(full).toMatchObject({ status: 'UNCHANGED', llm: { requests: 0 } });
    expect(full.llm?.fromMemory).toBeGreaterThan(0);
    expect(at.server.requests.length).toBe(calls);
  });

  it('goes on where the endpoint was down: what was not answered is asked by the next sync', async () => {
    at.server.play(() => ({ kind: 'status', status: 503 }));
    const conductor = at.house.sync([source()], { models: tierOver(at.house, at.server.url, { retries: 0 }) });
    const down = await conductor.run({ source: 's', actor });
    expect(down.status).toBe('PARTIAL');
    expect(down.gaps).toMatchObject([
      { reason: 'not-judged', detail: expect.stringContaining('LLM_UNAVAILABLE') as string },
    ]);
    expect(await verdictsOn('qz_bgv')).not.toEqual([]);
    at.server.play(scriptedJudge(knowing));
    const up = await conductor.run({ source: 's', actor });
    expect(up).toMatchObject({ status: 'DONE', llm: { columns: { added: 1, unanswered: 0 } } });
    expect((await verdictsOn('qz_bgv')).some(({ decider }) => decider === 'llm')).toBe(true);
    const calls = at.server.requests.length;
    await conductor.run({ source: 's', actor });
    expect(at.server.requests.length).toBe(calls);
  });

  it('stops at its budget, says so, and spends the next one on what is left', async () => {
    const many = Array.from({ length: 4 }, (_, i) => table(`shop.public.zz_${i}`, ['qx_1', 'qz_bgv', 'zv_k']));
    const models = tierOver(at.house, at.server.url, { budget: { requests: 2 }, secondLook: false, concurrency: 1 });
    const conductor = at.house.sync([source('s', {}, many)], { models });
    const first = await conductor.run({ source: 's', actor });
    expect(first.llm).toMatchObject({ requests: 2, columns: { added: 2 } });
    expect(first.gaps).toMatchObject([{ detail: expect.stringContaining('LLM_BUDGET_SPENT') as string }]);
    const second = await conductor.run({ source: 's', actor });
    expect(second.llm).toMatchObject({ requests: 2, columns: { added: 2, unanswered: 0 } });
    expect(second.gaps).toEqual([]);
    expect(at.server.requests.length).toBe(4);
  });

  it('goes on after it was stopped amid its questions, and asks nothing twice', async () => {
    const many = Array.from({ length: 5 }, (_, i) => table(`shop.public.zz_${i}`, ['qx_1', 'qz_bgv', 'zv_k']));
    const models = tierOver(at.house, at.server.url, { concurrency: 1, secondLook: false });
    const conductor = at.house.sync([source('s', {}, many)], { models });
    const stop = new AbortController();
    at.server.play((request, n) => {
      if (n === 2) stop.abort();
      return scriptedJudge(knowing)(request, n);
    });
    const stopped = await conductor.run({ source: 's', actor, signal: stop.signal });
    expect(stopped).toMatchObject({ status: 'FAILED', error: { code: 'CANCELLED' } });
    const asked = at.server.requests.length;
    expect(asked).toBeLessThan(5);
    at.server.play(scriptedJudge(knowing));
    const resumed = await conductor.run({ source: 's', actor });
    expect(resumed).toMatchObject({ resumed: true, error: null });
    const tables = at.server.requests.map((request) => askedTable(request).table);
    // The question under way when it was stopped may be put again; those that were answered are not.
    expect(new Set(tables).size).toBe(5);
    expect(tables.length).toBeLessThanOrEqual(6);
    for (const { name } of many)
      expect((await verdictsOn('qz_bgv', name)).some(({ decider }) => decider === 'llm')).toBe(true);
    expect((await conductor.run({ source: 's', actor })).status).toBe('UNCHANGED');
    expect(at.server.requests.length).toBe(tables.length);
  });

  it('does not keep asking an endpoint that is plainly not there', async () => {
    at.server.play(() => ({ kind: 'status', status: 401 }));
    const many = Array.from({ length: 12 }, (_, i) => table(`shop.public.zz_${i}`, ['qx_1', 'qz_bgv', 'zv_k']));
    const models = tierOver(at.house, at.server.url, { concurrency: 1 });
    const report = await at.house.sync([source('s', {}, many)], { models }).run({ source: 's', actor });
    expect(at.server.requests.length).toBe(3);
    expect(report.llm?.columns.unanswered).toBe(report.llm?.columns.open);
  });

  it('sends a dispute over a name to a person and lowers nothing', async () => {
    at.server.play(scriptedJudge(() => ({ decision: 'none' })));
    const odd = table('shop.public.zz_tab', ['qx_1', 'geburtsort_alt', 'zv_k', 'mail_x']);
    const report = await at.house
      .sync([source('s', {}, [odd])], { models: tierOver(at.house, at.server.url) })
      .run({ source: 's', actor });
    const { graph } = at.house.stores;
    const n = (await graph.head()).published;
    const marks = await graph.entered({ kind: 'model-review' }, n);
    expect(report.llm?.columns.toReview).toBe(marks.length);
    expect(marks.length).toBeGreaterThan(0);
    for (const field of odd.fields) {
      const verdicts = await verdictsOn(field.path[0] ?? '');
      expect(verdicts.filter(({ decider }) => decider === 'llm')).toEqual([]);
      expect(verdicts.filter(({ decider }) => decider === 'detector')).toHaveLength(1);
    }
  });

  it('tells every call to the ledger, by hashes and lists', async () => {
    await at.house.sync([source()], { models: tierOver(at.house, at.server.url) }).run({ source: 's', actor });
    const { items } = await at.house.stores.ledger.read({ kind: 'llm-call' }, { first: 50 });
    expect(items.length).toBe(at.server.requests.length);
    expect(items.at(-1)?.body).toMatchObject({
      template: 'table-judge@1',
      endpoint: 'fake',
      model: 'model-1',
      question: expect.stringMatching(/^[0-9a-f]{32}$/u) as string,
      answer: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
      retrieved: expect.arrayContaining(['GDPR:9(1)']) as string[],
      sources: ['a'.repeat(64)],
      validators: { problems: [], repaired: false },
      decisions: expect.arrayContaining([
        expect.objectContaining({ relation: 'adds', categories: [blood] }),
      ]) as unknown[],
    });
    expect(JSON.stringify(items)).not.toContain('qz_bgv');
    expect((await at.house.stores.ledger.verify()).intact).toBe(true);
  });

  it('says in a dry run what would leave, and sends nothing', async () => {
    const conductor = at.house.sync([source()], {
      models: tierOver(at.house, at.server.url, { price: { input: 1, output: 2, currency: 'EUR' } }),
    });
    const plan = await conductor.run({ source: 's', actor, dryRun: true });
    expect(plan).toMatchObject({ status: 'DRY_RUN', llmPlan: { endpoint: 'fake', requests: 1, withheld: {} } });
    expect(plan.llmPlan?.inputTokens).toBeGreaterThan(500);
    expect(plan.llmPlan?.costAtMost).toBeGreaterThan(0);
    expect(at.server.requests).toHaveLength(0);
    await conductor.run({ source: 's', actor });
    const after = await conductor.run({ source: 's', actor, dryRun: true });
    expect(after.llmPlan).toMatchObject({ requests: 0 });
  });
});

describe('a column that a category reached along lineage', () => {
  it('is not asked about: it is sensitive already', async () => {
    const documents_ = [
      table('shop.public.customers', ['id int', 'email']),
      table('shop.public.zz_tab', ['qz_bgv', 'xk_w']),
      sqlJob('load', 'INSERT INTO shop.public.zz_tab (xk_w) SELECT email FROM shop.public.customers'),
    ];
    await at.house
      .sync([source('s', {}, documents_)], { models: tierOver(at.house, at.server.url) })
      .run({ source: 's', actor });
    const asked = at.server.requests.flatMap((request) => askedTable(request).columns.map(({ name }) => name));
    expect(asked).toContain('qz_bgv');
    expect(asked).not.toContain('xk_w');
  });
});

describe('what may leave', () => {
  it.each([
    ['a source that names no endpoint', { llm: null }],
    ['a source that names another endpoint', { llm: 'other' }],
  ])('is nothing of %s', async (_, settings) => {
    const report = await at.house
      .sync([source('s', settings)], { models: tierOver(at.house, at.server.url) })
      .run({ source: 's', actor });
    expect(at.server.requests).toHaveLength(0);
    expect(report.llm).toBeUndefined();
  });

  it('is nothing of a covered entity where the endpoint is not marked for health data', async () => {
    const settings = { applies: { hipaa: 'covered-entity' } };
    const models = tierOver(at.house, at.server.url, { purposes: ['pii'] });
    const report = await at.house.sync([source('s', settings)], { models }).run({ source: 's', actor });
    expect(at.server.requests).toHaveLength(0);
    expect(report.gaps).toMatchObject([
      { reason: 'not-judged', detail: expect.stringContaining('not marked for phi') as string },
    ]);
  });

  it('is nothing of a table of patients where the endpoint is not marked for health data', async () => {
    const ward = table('shop.public.patient_visits', ['patient_id', 'diagnosis', 'icd_code', 'zz_q', 'xk_v']);
    const models = tierOver(at.house, at.server.url, { purposes: ['pii', 'pci'] });
    await at.house.sync([source('s', {}, [ward, patient])], { models }).run({ source: 's', actor });
    expect(at.server.requests.length).toBeGreaterThan(0);
    expect(at.server.bytes()).not.toContain('patient_visits');
  });

  /** A table that is loaded, or a view that looks at it: columns that say nothing, out of some table. */
  const madeFrom = (from: string, kind: 'table' | 'view') => [
    table('shop.public.zz_made', ['qx_7', 'qz_7'], { kind }),
    sqlJob('make', `INSERT INTO shop.public.zz_made (qx_7, qz_7) SELECT zz_q, xk_v FROM ${from}`),
  ];
  const ward = table('shop.public.patient_visits', ['patient_id', 'diagnosis', 'icd_code', 'zz_q', 'xk_v']);
  const shelf = table('shop.public.zz_shelf', ['zz_q', 'xk_v']);

  it.each(['table', 'view'] as const)(
    'is nothing of a %s made from a table of patients where the endpoint is not marked for health data',
    async (kind) => {
      const models = tierOver(at.house, at.server.url, { purposes: ['pii', 'pci'] });
      const documents_ = [ward, patient, ...madeFrom(ward.name, kind)];
      const report = await at.house.sync([source('s', {}, documents_)], { models }).run({ source: 's', actor });
      expect(at.server.bytes()).toContain('zz_tab');
      expect(at.server.bytes()).not.toContain('zz_made');
      expect(report.llm?.withheld).toEqual({ 'the endpoint fake is not marked for phi': 2 });
    },
  );

  it('is all that may be of what was made from a table that may leave', async () => {
    const models = tierOver(at.house, at.server.url, { purposes: ['pii', 'pci'] });
    const documents_ = [shelf, ...madeFrom(shelf.name, 'view')];
    await at.house.sync([source('s', {}, documents_)], { models }).run({ source: 's', actor });
    expect(at.server.bytes()).toContain('zz_made');
  });

  it.each([
    ['a view', 'view', false],
    ['a table of its own', 'table', true],
  ] as const)('over a table of a source that allows nothing is told of %s as it should', async (_, kind, leaves) => {
    const models = tierOver(at.house, at.server.url);
    const conductor = at.house.sync(
      [source('t', { llm: null }, [shelf]), source('s', {}, madeFrom(shelf.name, kind))],
      {
        models,
      },
    );
    await conductor.run({ source: 't', actor });
    const report = await conductor.run({ source: 's', actor });
    expect(at.server.bytes().includes('zz_made')).toBe(leaves);
    if (!leaves) expect(report.llm?.withheld).toEqual({ 'the source t does not name the endpoint fake': 1 });
  });

  it('is nothing of a dataset that a second source describes and does not allow', async () => {
    const open = source('s');
    const closed = source('t', { llm: null }, [{ ...patient, description: 'known to the closed source' }]);
    const models = tierOver(at.house, at.server.url);
    const conductor = at.house.sync([open, closed], { models });
    await conductor.run({ source: 't', actor });
    const report = await conductor.run({ source: 's', actor });
    expect(at.server.bytes()).not.toContain('zz_tab');
    expect(report.llm?.withheld).toEqual({ 'the source t does not name the endpoint fake': 1 });
  });
});
