import type { EventRoom, JoinedNames } from '../connector.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { LineageEvent } from './event.ts';
import { datasetsOf } from './fold.ts';
import { namesAround } from './other-names.ts';
import { datasetFacetOf } from './picture-facets.ts';
import { awaitingEnd } from './lifecycle.ts';
import { datasetKey, jobKey, type Picture } from './picture.ts';
import { otherNames, otherNamesIn } from './symlinks.ts';

/** The pictures of keys; null where nothing is remembered. */
export type LookUp = (keys: readonly string[]) => Promise<readonly (Picture | null)[]>;

/** Which datasets an event says are one. */
export function joinedBy(event: LineageEvent): readonly JoinedNames[] {
  return [...event.inputs, ...event.outputs].flatMap((dataset) =>
    otherNamesIn(dataset).map(({ namespace, name }): JoinedNames => [
      { namespace: dataset.namespace, name: dataset.name },
      { namespace, name },
    ]),
  );
}

/** The memory of a source of events as {@link LookUp}. */
export function remembered({ getAll }: Pick<EventRoom['memory'], 'getAll'>): LookUp {
  return async (keys) => (await getAll(keys)).map((body) => body as Picture | null);
}

/**
 * The namespaces of every dataset in which each event lands, by all names that it has: by what is remembered, and by `joined`,
 * what other events say that are not remembered yet. A name that another source keeps apart counts as well.
 */
export async function namespacesReached(
  events: readonly LineageEvent[],
  joined: readonly JoinedNames[],
  lookUp: LookUp,
): Promise<readonly (readonly string[])[]> {
  const jobs = await picturesOf([...new Set(events.flatMap(({ job }) => (job === null ? [] : [jobKey(job)])))], lookUp);
  const starts = events.map((event) => [
    ...[...datasetsOf(event)].map((name) => datasetKey(name)),
    ...awaitingEnd(jobs, event),
  ]);
  const nodes = new Map<string, string>();
  const beside = new Map<string, Set<string>>();
  const link = (a: QualifiedName, b: QualifiedName): void => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const key = datasetKey(one);
      nodes.set(key, one.namespace);
      beside.set(key, (beside.get(key) ?? new Set()).add(datasetKey(other)));
    }
  };
  for (const event of events) for (const name of datasetsOf(event)) nodes.set(datasetKey(name), name.namespace);
  for (const [a, b] of joined) link(a, b);
  const asked = new Set<string>();
  for (let next = closure(starts.flat(), beside); next.length > 0;) {
    for (const key of next) asked.add(key);
    const pictures = [...(await picturesOf(next, lookUp)).values()].filter((one) => one.kind === 'dataset');
    for (const one of pictures) {
      nodes.set(datasetKey(one), one.namespace);
      for (const name of otherNames(one, datasetFacetOf(one, 'symlinks'))) link(one, name);
    }
    // Those that ever called themselves by one of the names: their own pictures say whether they still do.
    const callers = pictures.flatMap((one) => namesAround(one));
    next = [...new Set([...callers, ...closure(starts.flat(), beside)])].filter((key) => !asked.has(key));
  }
  return starts.map((own) => [...new Set(closure(own, beside).flatMap((key) => nodes.get(key) ?? []))].sort());
}

async function picturesOf(keys: readonly string[], lookUp: LookUp): Promise<ReadonlyMap<string, Picture>> {
  const found = keys.length === 0 ? [] : await lookUp(keys);
  return new Map(keys.flatMap((key, i) => ((found[i] ?? null) === null ? [] : [[key, found[i]] as [string, Picture]])));
}

/** Keys, and those of all that is linked with them. */
function closure(from: readonly string[], beside: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const found = new Set(from);
  for (const key of found) for (const other of beside.get(key) ?? []) found.add(other);
  return [...found];
}
