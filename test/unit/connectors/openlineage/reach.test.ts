import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../server/model/json.ts';
import type { DeadEvent, EventRoom } from '../../../../connectors/connector.ts';
import { forgetfulEventRoom } from '../../../../connectors/kit/event-room.ts';
import { accept } from '../../../../connectors/openlineage/accept.ts';
import { openlineage } from '../../../../connectors/openlineage/connector.ts';
import { readStream } from '../../../../connectors/openlineage/read-stream.ts';
import { clean, datasets, readAll, receivedAt, runEvent, schema } from './events.ts';
import { at } from './standing.ts';

type Name = readonly [namespace: string, name: string];

function said([namespace, name]: Name, facets: object = {}): object {
  return { namespace, name, facets };
}

function called(...names: readonly Name[]): object {
  return { symlinks: { identifiers: names.map(([namespace, name]) => ({ namespace, name, type: 'TABLE' })) } };
}

const theirs: Name = ['hive://prod', 'hr.staff'];
const mine: Name = ['team', 'staff'];
const dropped = { lifecycleStateChange: { lifecycleStateChange: 'DROP' } };

function event(minute: number, output: object | null, more: { type?: string; run?: string } = {}): object {
  const outputs = output === null ? [] : [output];
  return {
    ...runEvent({ run: `r${minute}`, time: at(minute), outputs, ...more }),
    job: { namespace: 'team', name: 'load', facets: {} },
  };
}

function taken(payload: object) {
  const accepted = accept(payload, { receivedAt, clean });
  if (accepted.type !== 'event') throw new Error(accepted.type);
  return accepted;
}

/** What an event reaches, after others were brought in, and while others wait. */
async function reached(asked: object, before: readonly object[], waiting: readonly object[] = []) {
  const room = forgetfulEventRoom();
  for (const one of before) await readAll([one], room);
  const joined = waiting.flatMap((one) => taken(one).joined ?? []);
  const [namespaces] = (await openlineage.reach?.([taken(asked).event], joined, room.memory)) ?? [];
  return namespaces;
}

describe('the namespaces that an event reaches', () => {
  const whole = event(2, said(mine, schema('n')));
  const named = event(1, said(theirs, called(mine)));

  it('are those of all names of its datasets, from either side and over several', async () => {
    expect(await reached(whole, [])).toEqual(['team']);
    expect(await reached(whole, [named])).toEqual(['hive://prod', 'team']);
    expect(await reached(whole, [event(1, said(mine, called(theirs)))])).toEqual(['hive://prod', 'team']);
    const chain = [
      event(1, said(theirs, called(['s3://lake', 'x']))),
      event(3, said(mine, called(['s3://lake', 'x']))),
    ];
    expect(await reached(whole, chain)).toEqual(['hive://prod', 's3://lake', 'team']);
  });

  it('are also those that only waiting events tell', async () => {
    expect(await reached(whole, [], [named])).toEqual(['hive://prod', 'team']);
    const middle = event(1, said(['s3://lake', 'x'], called(mine)));
    expect(await reached(whole, [event(1, said(theirs, called(['s3://lake', 'x'])))], [middle])).toEqual([
      'hive://prod',
      's3://lake',
      'team',
    ]);
  });

  it('are no longer those of names that were taken back, or went with what was dropped', async () => {
    expect(await reached(whole, [named, event(3, said(theirs, called()))])).toEqual(['team']);
    expect(await reached(whole, [named, event(3, said(theirs, dropped))])).toEqual(['team']);
  });

  it('are those of what the end of a run drops, though its last event names nothing', async () => {
    const start = event(1, said(mine, dropped), { type: 'START', run: 'd' });
    const end = event(3, null, { run: 'd' });
    expect(await reached(end, [start])).toEqual(['team']);
    expect(await reached(end, [start, event(2, said(theirs, called(mine)))])).toEqual(['hive://prod', 'team']);
  });
});

describe('an event of a sender that is bound to namespaces', () => {
  const drop = event(9, said(mine, dropped));
  const named = event(1, said(theirs, { ...schema('ssn'), ...called(mine) }));

  /** What is told of events that wait together, and what was buried. */
  async function drained(
    room: EventRoom,
    events: readonly { readonly payload: object; readonly boundTo?: string[] }[],
  ) {
    const buried: DeadEvent[] = [];
    const burying: EventRoom = { ...room, bury: async (some) => void buried.push(...some) };
    async function* batches() {
      yield events.map(({ payload, boundTo }, i) => ({
        position: `p${i}`,
        event: JSON.parse(JSON.stringify(taken(payload).event)) as Json,
        ...(boundTo === undefined ? {} : { boundTo }),
      }));
    }
    const messages = [];
    for await (const message of readStream(batches(), burying, true, new AbortController().signal))
      messages.push(message);
    return { names: datasets(messages).map(({ name }) => name), buried };
  }

  it('is not brought in once its dataset got a name of others, whichever came first', async () => {
    for (const order of [
      [{ payload: named }, { payload: drop, boundTo: ['team'] }],
      [{ payload: drop, boundTo: ['team'] }, { payload: named }],
    ]) {
      const { names, buried } = await drained(forgetfulEventRoom(), order);
      expect(names).toEqual(['hr.staff']);
      expect(buried).toMatchObject([{ problem: expect.stringContaining('"hive://prod"'), boundTo: ['team'] }]);
    }
  });

  it('counts as any other where the sender may speak of every name', async () => {
    for (const boundTo of [['team', 'hive://*'], undefined])
      expect(
        await drained(forgetfulEventRoom(), [
          { payload: named },
          { payload: drop, ...(boundTo === undefined ? {} : { boundTo }) },
        ]),
      ).toMatchObject({ names: [], buried: [] });
    const { names } = await drained(forgetfulEventRoom(), [{ payload: event(2, said(mine)), boundTo: ['team'] }]);
    expect(names).toEqual(['staff']);
  });
});
