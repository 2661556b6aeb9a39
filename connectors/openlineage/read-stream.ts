import type { DeadEvent, EventRoom, KnownNames, PlacedEvent } from '../connector.ts';
import type { DatasetDocument, SourceMessage } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import type { Gap } from '../../server/model/provenance.ts';
import { maySpeak } from '../../server/model/storage-place.ts';
import type { LineageEvent } from './event.ts';
import { numberOf, objectOf } from './foreign.ts';
import { foldEvent, thingsOf, type Pictures } from './fold.ts';
import { awaitingEnd } from './lifecycle.ts';
import { identify, type Identity } from './identities.ts';
import { mapDataset } from './map-dataset.ts';
import { aroundOf, datasetsOf } from './map.ts';
import { mapJob } from './map-job.ts';
import { observe } from './observe.ts';
import { namesAround } from './other-names.ts';
import { underOneName } from './one-name.ts';
import { jobKey, type DatasetPicture, type Picture } from './picture.ts';
import { joinedBy, namespacesReached, remembered } from './reach.ts';
import { keptLineage, unlistedFields } from './unlisted-fields.ts';

/** The one scope: events retire by what they say, never by what they do not. */
export const scope = 'events';
/** Pictures told at a time. */
const pageSize = 500;
/** Pictures held before they are put back: a run that touches the same things again and again writes them once. */
const maxHeld = 4000;

/**
 * Folds events into what is remembered and tells every thing that they touched, as documents. `all`: everything that is
 * remembered is told. An event that cannot be folded is buried, and the others go on.
 */
export async function* readStream(
  batches: AsyncIterable<readonly PlacedEvent[]>,
  room: EventRoom,
  all: boolean,
  signal: AbortSignal,
  known: KnownNames = nobodyKnows,
): AsyncIterable<SourceMessage> {
  const touched = new Set<string>();
  const held: Pictures = new Map();
  let begun = false;
  for await (const batch of batches) {
    signal.throwIfAborted();
    if (!begun) yield { type: 'scope-begin', scope };
    begun = true;
    yield* await foldBatch(batch, room, held, touched);
    if (held.size >= maxHeld) await putBack(held, room);
  }
  await putBack(held, room);
  if (all) for await (const keys of room.memory.keys()) for (const key of keys) touched.add(key);
  if (touched.size > 0 && !begun) yield { type: 'scope-begin', scope };
  yield* tell(touched, room, known, signal);
}

async function foldBatch(
  batch: readonly PlacedEvent[],
  room: EventRoom,
  held: Pictures,
  touched: Set<string>,
): Promise<readonly SourceMessage[]> {
  const keys = new Set<string>();
  const dead: DeadEvent[] = [];
  const sound: Sound[] = [];
  for (const { position, event: body, boundTo } of batch) {
    const event = body as unknown as LineageEvent;
    try {
      const things = thingsOf(event);
      for (const key of things) keys.add(key);
      sound.push({ position, event, things, boundTo });
    } catch {
      dead.push({ position, problem: 'the event cannot be folded', remains: body, ...boundBy(boundTo) });
    }
  }
  const missing = [...keys].filter((key) => !held.has(key));
  for (const [key, picture] of await load(missing, room)) held.set(key, picture);
  const waiting = new Set(sound.flatMap(({ event }) => awaitingEnd(held, event)));
  for (const [key, picture] of await load(
    [...waiting].filter((each) => !held.has(each)),
    room,
  ))
    held.set(key, picture);
  const messages: SourceMessage[] = [];
  for (const key of waiting) touched.add(key);
  const beyond = await beyondBounds(sound, held, room);
  for (const one of sound) {
    const { position, event, things, boundTo } = one;
    const namespace = beyond.get(one);
    if (namespace !== undefined) {
      const problem = `its sender may not speak of the namespace "${namespace}", where a dataset of the event is known by another name by now`;
      dead.push({ position, problem, remains: event as unknown as Json, ...boundBy(boundTo) });
      continue;
    }
    for (const key of things) touched.add(key);
    const ended = foldEvent(held, event, position);
    if (ended) messages.push(...observe(event, startOf(held, event)));
    messages.push(...gapsOf(event));
  }
  if (dead.length > 0) await room.bury(dead);
  return messages;
}

function boundBy(boundTo: readonly string[] | undefined): Pick<DeadEvent, 'boundTo'> {
  return boundTo === undefined ? {} : { boundTo };
}

interface Sound {
  readonly position: string;
  readonly event: LineageEvent;
  readonly things: readonly string[];
  readonly boundTo: readonly string[] | undefined;
}

/**
 * Events that land in a dataset of which their sender may not speak, with its namespace: it got another name after they were
 * accepted.
 */
async function beyondBounds(
  batch: readonly Sound[],
  held: Pictures,
  room: EventRoom,
): Promise<ReadonlyMap<Sound, string>> {
  const bound = batch.filter(({ boundTo }) => boundTo !== undefined);
  if (bound.length === 0) return new Map();
  const stored = remembered(room.memory);
  const reached = await namespacesReached(
    bound.map(({ event }) => event),
    batch.flatMap(({ event }) => joinedBy(event)),
    async (keys) => (await stored(keys)).map((picture, i) => held.get(keys[i] ?? '') ?? picture),
  );
  return new Map(
    bound.flatMap((one, i) => {
      const found = reached[i]?.find((namespace) => !maySpeak(one.boundTo ?? [], namespace));
      return found === undefined ? [] : [[one, found] as const];
    }),
  );
}

async function putBack(held: Pictures, room: EventRoom): Promise<void> {
  for (const page of pages([...held]))
    await room.memory.putAll(page.map(([key, picture]) => ({ key, body: picture as unknown as Json })));
  held.clear();
}

function startOf(pictures: Pictures, { run, job }: LineageEvent): string | null {
  if (run === null || job === null) return null;
  const picture = pictures.get(jobKey(job));
  return picture?.kind === 'job' ? (picture.runs[run.id]?.first ?? null) : null;
}

/** What an event says that it does not know, or that could not be read. */
function* gapsOf(event: LineageEvent): Iterable<SourceMessage> {
  const name = event.job ?? event.outputs[0];
  if (name === undefined) return;
  const gap = (detail: string, remedy: string): SourceMessage => {
    const what = event.job === null ? `dataset ${name.name}` : `job ${name.name}`;
    const stated: Gap = { what, reason: 'source-failed', detail, remedy };
    return { type: 'gap', scope, gap: stated };
  };
  if (event.malformed.length > 0)
    yield gap(
      `its events have facets that are not what they claim to be: ${event.malformed.join(', ')}`,
      'mend or update what sends the events: the facets must hold to their OpenLineage schemas',
    );
  const extraction = objectOf(event.run?.facets['extractionError']);
  const failed = numberOf(extraction?.['failed']) ?? 0;
  if (failed > 0)
    yield gap(
      `its producer could not extract the lineage of ${failed} of its tasks`,
      'look at its facet extractionError in the log of the job, and give those tasks inlets and outlets or their SQL',
    );
}

/** Documents of everything touched, datasets before jobs; with what is gone, unlisted or called otherwise, the jobs that use it. */
async function* tell(
  touched: ReadonlySet<string>,
  room: EventRoom,
  known: KnownNames,
  signal: AbortSignal,
): AsyncIterable<SourceMessage> {
  const jobs = new Set([...touched].filter((key) => key.startsWith('j:')));
  const told = new Set<string>();
  for (const keys of pages([...touched].filter((key) => key.startsWith('d:')).sort())) {
    signal.throwIfAborted();
    const pictures = await withNamesAround(keys, room);
    const identities = await identitiesOf(pictures, known);
    for (const [key, own] of pictures) {
      const identity = identities.get(key);
      if (identity === undefined || told.has(key)) continue;
      told.add(key);
      const { picture } = identity;
      const document = identity.key !== key || picture === null ? null : mapDataset(picture);
      if (document !== null) yield { type: 'document', scope, document };
      // What is called otherwise now goes with the document that lists its name.
      else if (own.dropped !== null || picture === null) yield removal(own);
      if (document !== null && identity.gap !== null) yield { type: 'gap', scope, gap: identity.gap };
      for (const job of identity.jobs) jobs.add(job);
      if (picture === null || (document !== null && (document.partial === true || namesUnlisted(picture, document))))
        for (const job of Object.keys(own.jobs)) jobs.add(job);
    }
  }
  for (const keys of pages([...jobs].sort())) {
    signal.throwIfAborted();
    const pictures = [...(await load(keys, room)).values()].filter((one) => one.kind === 'job');
    const around = aroundOf(await identitiesOf(await withNamesAround(datasetsOf(pictures), room), known));
    for (const picture of pictures.map((one) => underOneName(one, (name) => around.nameOf(name)))) {
      yield { type: 'document', scope, document: mapJob(picture, around) };
      for (const gap of [...unlistedFields(picture, around), ...keptLineage(picture, around)])
        yield { type: 'gap', scope, gap };
    }
  }
}

/** Which names are one dataset, as ingest decides it: it is asked of all that other names are told of. */
async function identitiesOf(
  pictures: ReadonlyMap<string, DatasetPicture>,
  known: KnownNames,
): Promise<ReadonlyMap<string, Identity>> {
  const shared = [...pictures].filter(([, picture]) => namesAround(picture).length > 0);
  const answers =
    shared.length === 0 ? [] : await known(shared.map(([, { namespace, name }]) => ({ namespace, name })));
  return identify(
    pictures,
    new Map(shared.flatMap(([key], i) => (answers[i] === undefined ? [] : [[key, answers[i]] as const]))),
  );
}

const nobodyKnows: KnownNames = async (names) => names.map((name) => ({ name, elsewhere: false }));

/** The pictures of datasets, and of all that ever shared a name with one of them. */
async function withNamesAround(keys: readonly string[], room: EventRoom): Promise<ReadonlyMap<string, DatasetPicture>> {
  const pictures = new Map<string, DatasetPicture>();
  const asked = new Set(keys);
  for (let next: readonly string[] = [...asked]; next.length > 0;) {
    const found: string[] = [];
    for (const [key, picture] of await load(next, room)) {
      if (picture.kind !== 'dataset') continue;
      pictures.set(key, picture);
      for (const other of namesAround(picture)) if (!asked.has(other)) found.push(other);
    }
    next = [...new Set(found)];
    for (const key of next) asked.add(key);
  }
  return pictures;
}

/** Lineage names a field otherwise than the schema does: its edges depend on the schema, which may be new. */
function namesUnlisted({ fields }: DatasetPicture, document: DatasetDocument): boolean {
  const listed = new Set(document.fields.map(({ path }) => (path.length === 1 ? path[0] : null)));
  return fields.some((field) => !listed.has(field));
}

function removal({ namespace, name }: DatasetPicture): SourceMessage {
  return { type: 'removed', scope, kind: 'dataset', name: { namespace, name } };
}

async function load(keys: readonly string[], room: EventRoom): Promise<Pictures> {
  const bodies = await room.memory.getAll(keys);
  const pictures: Pictures = new Map();
  for (const [i, key] of keys.entries()) {
    const body = bodies[i];
    if (body !== null && body !== undefined) pictures.set(key, body as unknown as Picture);
  }
  return pictures;
}

function* pages<T>(list: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < list.length; at += pageSize) yield list.slice(at, at + pageSize);
}
