import { describe, expect, it } from 'vitest';
import { accept } from '../../../../connectors/openlineage/accept.ts';
import { clean, dataset, receivedAt, runEvent, schema } from './events.ts';

const canary = 'canary-7Q';

describe('a payload', () => {
  const take = (payload: unknown) => accept(payload, { receivedAt, clean });
  const takeAgain = (payload: unknown) => accept(payload, { receivedAt, clean, again: true });

  it.each([
    ['text', canary, 'an event is a JSON object'],
    ['a list', [], 'an event is a JSON object'],
    ['one without a time', { run: { runId: 'r' }, job: { namespace: 'n', name: 'j' } }, '"eventTime"'],
    ['one with a wrong time', { eventTime: canary, job: { namespace: 'n', name: 'j' } }, '"eventTime"'],
    ['one without a job', { eventTime: '2026-03-01T10:00:00Z', run: { runId: 'r' } }, '"job" needs'],
    [
      'a run without an id',
      { eventTime: '2026-03-01T10:00:00Z', run: {}, job: { namespace: 'n', name: 'j' } },
      '"runId"',
    ],
    [
      'an output without a name',
      {
        eventTime: '2026-03-01T10:00:00Z',
        job: { namespace: 'n', name: 'j' },
        outputs: [{ namespace: 'n', note: canary }],
      },
      'without namespace or name',
    ],
    ['a dataset without a name', { eventTime: '2026-03-01T10:00:00Z', dataset: { namespace: 'n' } }, '"dataset" needs'],
  ])('that is %s is refused in words that quote nothing', (_, payload, problem) => {
    const taken = take(payload);
    expect(taken).toMatchObject({ type: 'refused', problem: expect.stringContaining(problem) as string });
    expect(JSON.stringify(taken)).not.toContain(canary);
  });

  const nested = (levels: number): unknown => {
    let value: unknown = canary;
    for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { n: value } : [value];
    return value;
  };

  it.each([
    ['a published facet', 'schema'],
    ['one of somebody else', 'acme'],
  ])('with %s nested thousands deep is refused, and not taken in part when it is tried again', (_, facet) => {
    const first = take(runEvent({ outputs: [dataset('t', { [facet]: { fields: nested(50_000) } })] }));
    expect(first).toMatchObject({ type: 'refused', problem: 'nested more than 256 levels deep' });
    if (first.type === 'refused') expect(takeAgain(first.remains).type).toBe('refused');
    expect(JSON.stringify(first)).not.toContain(canary);
  });

  it('nested as deep as is kept is taken', () => {
    expect(take(runEvent({ outputs: [dataset('t', { acme: nested(200) })] })).type).toBe('event');
  });

  it('of which only a part was kept is not taken for the whole', () => {
    const outputs = Array.from({ length: 10_001 }, (_, i) => dataset(`t${i}`));
    const first = take(runEvent({ outputs }));
    expect(first).toMatchObject({ type: 'refused', problem: '10001 datasets; the limit is 10000' });
    if (first.type === 'refused')
      expect(takeAgain(first.remains)).toMatchObject({ type: 'refused', problem: 'only a part of the event was kept' });
  });

  it('that was read before is taken again as it is', () => {
    const first = take(runEvent({ outputs: [dataset('t', schema('a'))] }));
    expect(first.type).toBe('event');
    if (first.type === 'event')
      expect(takeAgain(JSON.parse(JSON.stringify(first.event)))).toEqual(JSON.parse(JSON.stringify(first)));
  });

  it('that pretends to be in the form that is kept is read like any other', () => {
    const pretended = {
      version: 1,
      at: '2026-03-01T10:00:00Z',
      malformed: [],
      job: { namespace: 'n', name: 'j', facets: { sql: canary } },
    };
    const taken = take({ ...pretended, cut: true });
    expect(taken).toMatchObject({ type: 'refused' });
    expect(JSON.stringify(taken)).not.toContain(canary);
    const withTime = take({ ...pretended, eventTime: '2026-03-01T10:00:00Z' });
    expect(withTime).toMatchObject({ type: 'event', event: { type: 'job', malformed: ['sql'] } });
    expect(JSON.stringify(withTime)).not.toContain(canary);
  });

  it('names every namespace that it speaks of', () => {
    const at = (namespace: string) => ({ namespace, name: 'x' });
    const taken = take({
      ...runEvent({}),
      inputs: [{ ...at('in'), facets: { symlinks: { identifiers: [at('alias')] } } }],
      outputs: [
        {
          ...at('out'),
          facets: {
            columnLineage: { fields: { y: { inputFields: [{ ...at('column'), field: 'f' }] } } },
            lifecycleStateChange: { lifecycleStateChange: 'RENAME', previousIdentifier: at('before') },
          },
        },
      ],
    });
    expect(taken).toMatchObject({ namespaces: ['alias', 'before', 'column', 'etl', 'in', 'out'] });
  });
});
