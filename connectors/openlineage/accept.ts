import type { Accepted, Arrival } from '../connector.ts';
import type { Json } from '../../server/model/json.ts';
import type { LineageEvent } from './event.ts';
import { instantOf, nameOf, objectOf, objectsOf, qualifiedOf, wordOf } from './foreign.ts';
import { readEvent } from './read-event.ts';

/** Takes one payload, from wherever it came: an event in the form that is kept, or what is wrong and what remains of it. */
export function accept(payload: unknown, { receivedAt, clean }: Arrival): Accepted {
  if (isKept(payload)) return { type: 'event', event: payload, namespace: namespaceOf(payload) };
  const read = readEvent(payload, receivedAt, clean);
  if (read.type === 'refused') return { ...read, remains: remainsOf(payload) };
  return { type: 'event', event: read.event as unknown as Json, namespace: namespaceOf(read.event) };
}

/** A dead letter that is tried again holds an event that was read already. */
function isKept(payload: unknown): payload is Json & LineageEvent {
  const object = objectOf(payload);
  return object?.['version'] === 1 && typeof object['at'] === 'string' && Array.isArray(object['malformed']);
}

function namespaceOf({ job, outputs }: LineageEvent): string {
  return job?.namespace ?? outputs[0]?.namespace ?? '';
}

/** Names and structure of a payload that was refused: enough to find its sender, and to try again where that can help. */
function remainsOf(payload: unknown): Json {
  const object = objectOf(payload);
  if (object === null) return null;
  const named = (value: unknown): Json => {
    const name = qualifiedOf(value);
    return name === null ? null : { ...name };
  };
  return {
    eventType: wordOf(object['eventType']),
    eventTime: instantOf(object['eventTime']),
    producer: wordOf(object['producer']),
    run: { runId: nameOf(objectOf(object['run'])?.['runId']) },
    job: named(object['job']),
    ...(object['dataset'] === undefined ? {} : { dataset: named(object['dataset']) }),
    inputs: objectsOf(object['inputs']).slice(0, 100).map(named),
    outputs: objectsOf(object['outputs']).slice(0, 100).map(named),
    members: Object.keys(object)
      .flatMap((key) => wordOf(key) ?? [])
      .slice(0, 100)
      .sort(),
  };
}
