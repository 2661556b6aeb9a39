import type { Accepted, Arrival } from '../connector.ts';
import type { Json } from '../../server/model/json.ts';
import type { LineageEvent } from './event.ts';
import { takesNamespace, type OpenLineageConfig } from './config.ts';
import { datasetsOf } from './fold.ts';
import { instantOf, isDeeperThan, listOf, nameOf, objectOf, objectsOf, qualifiedOf, wordOf } from './foreign.ts';
import { joinedBy } from './reach.ts';
import { maxLevels, readEvent } from './read-event.ts';

/**
 * Takes one payload, from wherever it came: an event in the form that is kept, or what is wrong and what remains of it. An
 * event whose own namespace the source does not take is for another one.
 */
export function accept(
  payload: unknown,
  { receivedAt, clean, again }: Arrival,
  config: Pick<OpenLineageConfig, 'namespaces'> = {},
): Accepted {
  const own = ownNamespace(payload);
  if (own !== null && !takesNamespace(config, own)) return { type: 'elsewhere' };
  if (again === true && isKept(payload)) return taken(payload);
  if (again === true && objectOf(payload)?.['cut'] === true)
    return { type: 'refused', problem: 'only a part of the event was kept', remains: null, namespaces: [] };
  const read = readEvent(payload, receivedAt, clean);
  if (read.type === 'refused') return { ...read, remains: remainsOf(payload), namespaces: readableIn(payload) };
  return taken(read.event as Json & LineageEvent);
}

function taken(event: Json & LineageEvent): Accepted {
  const joined = joinedBy(event);
  return { type: 'event', event, namespaces: namespacesOf(event), ...(joined.length === 0 ? {} : { joined }) };
}

/** The namespaces of what a refused payload names, as far as they can be read. */
function readableIn(payload: unknown): readonly string[] {
  const object = objectOf(payload);
  const named = [object?.['job'], object?.['dataset'], ...listOf(object?.['inputs']), ...listOf(object?.['outputs'])];
  return [...new Set(named.flatMap((one) => qualifiedOf(one)?.namespace ?? []))].sort();
}

/** That of the job, else of the dataset. */
function ownNamespace(payload: unknown): string | null {
  const object = objectOf(payload);
  return (
    (qualifiedOf(object?.['job']) ?? qualifiedOf(object?.['dataset']) ?? qualifiedOf(listOf(object?.['outputs'])[0]))
      ?.namespace ?? null
  );
}

/** A dead letter that is tried again holds an event that was read already. */
function isKept(payload: unknown): payload is Json & LineageEvent {
  const object = objectOf(payload);
  return object?.['version'] === 1 && typeof object['at'] === 'string' && Array.isArray(object['malformed']);
}

/** Of everything that an event speaks of, other names of its datasets among them: a caller may be bound to some. */
function namespacesOf(event: LineageEvent): readonly string[] {
  const namespaces = new Set(event.job === null ? [] : [event.job.namespace]);
  for (const { namespace } of datasetsOf(event)) namespaces.add(namespace);
  return [...namespaces].sort();
}

/** Datasets of each side that remain of a refused event, at most. */
const maxRemains = 100;

function isCut(list: unknown): boolean {
  return objectsOf(list).length > maxRemains;
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
    // With a part of its datasets or facets alone an event would say something else: it is not taken again.
    ...(isCut(object['inputs']) || isCut(object['outputs']) || isDeeperThan(maxLevels, object) ? { cut: true } : {}),
    inputs: objectsOf(object['inputs']).slice(0, maxRemains).map(named),
    outputs: objectsOf(object['outputs']).slice(0, maxRemains).map(named),
    members: Object.keys(object)
      .flatMap((key) => wordOf(key) ?? [])
      .slice(0, 100)
      .sort(),
  };
}
