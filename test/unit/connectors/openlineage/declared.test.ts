import { describe, expect, it } from 'vitest';
import { dataset, edgesOf, jobs, lineage, readAll, runEvent, schema } from './events.ts';

const ssnOfSource = { ...schema('ssn'), ...lineage({ ssn: ['src.ssn DIRECT IDENTITY'] }) };
const run = (time: string): object =>
  runEvent({ time, inputs: [dataset('src')], outputs: [dataset('o1', ssnOfSource), dataset('o2', ssnOfSource)] });

/** A JobEvent: what a job is, apart from any run. */
function declared(time: string, outputs: readonly object[]): object {
  const {
    run: _,
    eventType: __,
    ...event
  } = runEvent({ time, inputs: [dataset('src')], outputs }) as Readonly<Record<string, unknown>>;
  return event;
}

/** The edges between columns. */
async function edgesAfter(...events: readonly object[]): Promise<readonly string[]> {
  return edgesOf(jobs(await readAll(events))[0]).filter((edge) => !edge.endsWith(' DATASET'));
}

describe('what a JobEvent declares after the runs', () => {
  const ran = run('2026-03-01T10:00:00Z');
  const later = '2026-03-02T10:00:00Z';
  const both = ['src.ssn -> o1.ssn IDENTITY keep', 'src.ssn -> o2.ssn IDENTITY keep'];

  it('says nothing of outputs that it does not name', async () => {
    const own = dataset('o2', lineage({ ssn: ['other.id DIRECT IDENTITY'] }));
    expect(await edgesAfter(ran, declared(later, []))).toEqual(both);
    expect(await edgesAfter(ran, declared(later, [own]))).toEqual([
      'other.id -> o2.ssn IDENTITY keep',
      'src.ssn -> o1.ssn IDENTITY keep',
    ]);
  });

  it('leaves the columns that a run told of where it tells of none', async () => {
    expect(await edgesAfter(ran, declared(later, [dataset('o1'), dataset('o2')]))).toEqual(both);
  });

  it('names an output of which no run told anything', async () => {
    const [job] = jobs(await readAll([ran, declared(later, [dataset('o3')])]));
    expect(edgesOf(job)).toEqual(expect.arrayContaining([...both, 'src -> o3 DATASET']));
  });

  it('yields to a run that says something of the same output since', async () => {
    const own = dataset('o1', lineage({ ssn: ['other.id DIRECT IDENTITY'] }));
    expect(await edgesAfter(declared(later, [own]), run('2026-03-03T10:00:00Z'))).toEqual(both);
  });
});
