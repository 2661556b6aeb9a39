import { expect } from 'vitest';
import type { KnownNames } from '../../../../connectors/connector.ts';
import { forgetfulEventRoom } from '../../../../connectors/kit/event-room.ts';
import { canonicalJson } from '../../../../server/model/json.ts';
import type { SourceMessage } from '../../../../server/model/document.ts';
import { dataset, lineage, readAll, runEvent, schema, warehouse } from './events.ts';

export const otherNames = (...names: readonly string[]): object => ({
  symlinks: { identifiers: names.map((name) => ({ namespace: warehouse, name, type: 'TABLE' })) },
});
export const at = (minute: number): string => `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`;

/** What stands after events: what was told last of each thing, less what was taken off. */
function standing(messages: readonly SourceMessage[]): ReadonlyMap<string, SourceMessage> {
  const things = new Map<string, SourceMessage>();
  for (const message of messages) {
    if (message.type === 'removed') things.delete(`${message.kind} ${message.name.name}`);
    if (message.type !== 'document') continue;
    const { document } = message;
    things.set(`${document.type} ${document.name}`, message);
    // Ingest takes off what a document lists among its other names.
    if (document.type === 'dataset') for (const { name } of document.aliases ?? []) things.delete(`dataset ${name}`);
  }
  return things;
}

/** What stands after the same events in many orders, one a sync and several at once; the same whichever it was. */
export async function standingAfter(events: readonly object[], known?: KnownNames): Promise<readonly SourceMessage[]> {
  const outcomes = new Map<string, readonly SourceMessage[]>();
  for (let seed = 0; seed < 40; seed++) {
    const order = shuffled(events, seed);
    const step = seed % 3 === 0 ? order.length : seed % 3;
    const room = forgetfulEventRoom();
    const messages: SourceMessage[] = [];
    for (let from = 0; from < order.length; from += step)
      messages.push(...(await readAll(order.slice(from, from + step), room, false, known)));
    const found = [...standing(messages).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, message]) => message);
    outcomes.set(canonicalJson(found), found);
    const afresh = standing(await readAll([], room, true, known));
    const again = [...afresh.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, message]) => message);
    expect(canonicalJson(again), `a full read, seed ${seed}`).toBe(canonicalJson(found));
  }
  expect([...outcomes.keys()].length, [...outcomes.keys()].join('\n')).toBe(1);
  return [...outcomes.values()][0] ?? [];
}

function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  let state = seed * 7919 + 13;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  return list
    .map((item) => ({ item, place: next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

export const written = runEvent({
  job: 'load',
  run: 'r1',
  time: at(1),
  outputs: [dataset('lake/customers', { ...schema('id int', 'email'), ...otherNames('crm.customers') })],
});
export const readByOtherName = runEvent({
  job: 'report',
  run: 'r2',
  time: at(2),
  inputs: [dataset('crm.customers')],
  outputs: [dataset('mart.mails', lineage({ mail: ['crm.customers.email DIRECT IDENTITY'] }))],
});
