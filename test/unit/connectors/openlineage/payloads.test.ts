import { describe, expect, it } from 'vitest';
import { accept } from '../../../../connectors/openlineage/accept.ts';
import { clean, dataset, receivedAt, runEvent, schema } from './events.ts';

const canary = 'canary-7Q';

describe('a payload', () => {
  const take = (payload: unknown) => accept(payload, { receivedAt, clean });

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

  it('that was read before is taken again as it is', () => {
    const first = take(runEvent({ outputs: [dataset('t', schema('a'))] }));
    expect(first.type).toBe('event');
    if (first.type === 'event')
      expect(take(JSON.parse(JSON.stringify(first.event)))).toEqual(JSON.parse(JSON.stringify(first)));
  });
});
