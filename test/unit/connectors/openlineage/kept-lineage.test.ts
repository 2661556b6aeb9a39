import { describe, expect, it } from 'vitest';
import { dataset, edgesOf, jobs, lineage, readAll, runEvent, schema, warehouse } from './events.ts';
import { at } from './standing.ts';

const told = runEvent({
  run: 'a',
  time: at(1),
  inputs: [dataset('src', schema('ssn', 'id'))],
  outputs: [
    dataset('o', {
      ...schema('ssn', 'id'),
      ...lineage({ ssn: ['src.ssn DIRECT IDENTITY'], id: ['src.id DIRECT IDENTITY'] }),
    }),
  ],
});
const both = ['src.id -> o.id IDENTITY keep', 'src.ssn -> o.ssn IDENTITY keep'];

/** The edges between columns after events in either order, and the gaps of the job. */
async function after(...events: readonly object[]) {
  const forth = await readAll(events);
  expect(edgesOf(jobs(await readAll(events.toReversed()))[0])).toEqual(edgesOf(jobs(forth)[0]));
  return {
    edges: edgesOf(jobs(forth)[0]).filter((edge) => !edge.endsWith(' DATASET')),
    gaps: forth.flatMap((one) => (one.type === 'gap' ? [`${one.gap.reason}: ${one.gap.detail}`] : [])),
    job: jobs(forth)[0],
  };
}

function later(facets: object = {}, more: object = {}): object {
  return runEvent({ run: 'b', time: at(5), inputs: [dataset('src')], outputs: [dataset('o', facets)], ...more });
}

describe('a run that tells no column lineage after one that did', () => {
  it('leaves what was told, and that is a gap', async () => {
    const { edges, gaps } = await after(told, later());
    expect(edges).toEqual(both);
    expect(gaps).toEqual([expect.stringMatching(/^stale: .*newest run told no column lineage.*: o$/u)]);
  });

  it('leaves it through more runs than are remembered, and beside runs that failed', async () => {
    const runs = [6, 7, 8, 9].map((minute) =>
      runEvent({ run: `m${minute}`, time: at(minute), inputs: [dataset('src')], outputs: [dataset('o')] }),
    );
    const failed = runEvent({ run: 'f', type: 'FAIL', time: at(10), inputs: [], outputs: [dataset('o')] });
    expect((await after(told, later(), ...runs, failed)).edges).toEqual(both);
  });

  it('takes off fields that a later schema leaves out, on both sides', async () => {
    expect((await after(told, later(schema('id')))).edges).toEqual([both[0]]);
    const source = { inputs: [dataset('src', schema('id'))] };
    expect((await after(told, later({}, source))).edges).toEqual([both[0]]);
  });

  it('takes off what comes from inputs that it does not read, which is a gap, and nothing where it names none', async () => {
    const { edges, gaps } = await after(told, later({}, { inputs: [dataset('other')] }));
    expect(edges).toEqual([]);
    expect(gaps).toEqual([expect.stringMatching(/^stale: .*names other inputs.*is left out: src$/u)]);
    const unnamed = await after(told, later({}, { inputs: [] }));
    expect(unnamed.edges).toEqual(both);
    expect(unnamed.gaps).toEqual([expect.stringContaining('what an earlier one told is shown: o')]);
  });

  it('says both where it reads one of two inputs, and nothing of one that was dropped', async () => {
    const two = runEvent({
      run: 'a',
      time: at(1),
      inputs: [dataset('src', schema('id')), dataset('old', schema('ssn'))],
      outputs: [
        dataset('o', {
          ...schema('ssn', 'id'),
          ...lineage({ ssn: ['old.ssn DIRECT IDENTITY'], id: ['src.id DIRECT IDENTITY'] }),
        }),
      ],
    });
    const { edges, gaps } = await after(two, later());
    expect(edges).toEqual([both[0]]);
    expect(gaps).toEqual([
      expect.stringContaining('what an earlier one told is shown: o'),
      expect.stringContaining('is left out: old'),
    ]);
    const drop = runEvent({
      run: 'd',
      job: 'ddl',
      time: at(3),
      outputs: [dataset('old', { lifecycleStateChange: { lifecycleStateChange: 'DROP' } })],
    });
    const left = (await readAll([two, drop, later()])).flatMap((one) => (one.type === 'gap' ? [one.gap.detail] : []));
    expect(left).toEqual([expect.stringContaining('what an earlier one told is shown: o')]);
  });

  it('says nothing of inputs that it names by another name', async () => {
    const source = {
      inputs: [
        dataset('lake/src', { symlinks: { identifiers: [{ namespace: warehouse, name: 'src', type: 'TABLE' }] } }),
      ],
    };
    const { gaps } = await after(told, later({}, source));
    expect(gaps).toEqual([expect.stringContaining('what an earlier one told is shown: o')]);
  });

  it('takes it off where it takes the facet back', async () => {
    const { edges, gaps } = await after(told, later({ columnLineage: { _deleted: true } }));
    expect([edges, gaps]).toEqual([[], []]);
  });

  it('takes it off where the table was dropped and made anew', async () => {
    const drop = runEvent({
      run: 'd',
      job: 'ddl',
      time: at(3),
      outputs: [dataset('o', { lifecycleStateChange: { lifecycleStateChange: 'DROP' } })],
    });
    const messages = await readAll([told, drop, later()]);
    const job = jobs(messages).find(({ name }) => name === 'load');
    expect(edgesOf(job)).toEqual(['src -> o DATASET']);
  });

  it('is told by its own statement where it gives one, and by the earlier one where that is not understood', async () => {
    const { job, gaps } = await after(
      told,
      later({}, { jobFacets: { sql: { query: 'insert into o select ssn, id from src', dialect: 'postgres' } } }),
    );
    expect(job?.statements).toHaveLength(1);
    expect(job?.edges?.filter(({ kind }) => kind !== 'DATASET').map(({ weak }) => weak)).toEqual([true, true]);
    expect(gaps).toEqual([]);
  });

  it('replaces it with what it tells', async () => {
    const { edges, gaps } = await after(told, later(lineage({ id: ['src.id DIRECT IDENTITY'] })));
    expect([edges, gaps]).toEqual([[both[0]], []]);
  });
});
