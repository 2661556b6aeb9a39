import type { Json } from '../../server/model/json.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { Gap } from '../../server/model/provenance.ts';
import { keptFields } from './fold.ts';
import { isApart, namesAround, withDropsByOtherNames, type DatasetPictures, type KnownByKey } from './other-names.ts';
import { datasetFacetOf, droppedAt } from './picture-facets.ts';
import { datasetKey, later, type DatasetPicture, type Stamped } from './picture.ts';
import { otherNames } from './symlinks.ts';

/** What a name stands for: the name under which its dataset is told, and what was said of it under all its names. */
export interface Identity {
  readonly key: string;
  readonly name: QualifiedName;
  /** Null: it is gone. */
  readonly picture: DatasetPicture | null;
  /** When it was dropped for good; null while it is there. */
  readonly dropped: string | null;
  /** When what was known by this name was dropped last, also where it was made anew since; `''`: never. */
  readonly lastDrop: string;
  /** Jobs whose edges depend on which names mean the same, by key. */
  readonly jobs: readonly string[];
  readonly gap: Gap | null;
}

/**
 * Tells which names mean the same dataset: those that one calls itself by now (symlinks), whichever was heard of first. It is
 * told under the name that no other dataset has among its own; where there are several such, under the name that most of
 * them have in common. What another source knows (`known`) is told under no other name, as ingest has it.
 */
export function identify(told: DatasetPictures, known: KnownByKey = new Map()): ReadonlyMap<string, Identity> {
  const pictures = withDropsByOtherNames(told, known);
  const gone = new Map<string, string>();
  for (const [key, picture] of pictures) {
    const at = droppedAt(picture);
    if (at !== null) gone.set(key, at);
  }
  const names = new Map<string, readonly QualifiedName[]>();
  const calls = new Map<string, readonly string[]>();
  for (const [key, picture] of pictures) {
    if (gone.has(key)) continue;
    const now = callsNow(picture, pictures, gone);
    names.set(key, now);
    const joining = now.filter((name) => !isApart(picture, name, known));
    calls.set(
      key,
      joining.map((name) => datasetKey(name)).filter((each) => pictures.has(each)),
    );
  }
  // Of several that others know none is another one, though they give themselves the same name.
  const parted = new Set<string>();
  for (const group of groups(pictures, (key) => calls.get(key) ?? [])) {
    const elsewhere = group.filter((key) => known.get(key)?.elsewhere === true);
    if (new Set(elsewhere.map((key) => nameElsewhere(key, known))).size > 1)
      for (const key of elsewhere) parted.add(key);
  }
  for (const key of parted) {
    names.set(key, []);
    calls.set(key, []);
  }

  const identities = new Map<string, Identity>();
  const jobsAround = groups(pictures, (key) => namesAround(pictures.get(key) ?? none)).map(
    (group) => [group, jobsBetween(group.map((key) => pictures.get(key) ?? none))] as const,
  );
  const jobsOf = new Map(jobsAround.flatMap(([group, jobs]) => group.map((key) => [key, jobs] as const)));
  for (const group of groups(pictures, (key) => calls.get(key) ?? [])) {
    const key = nameOfOthers(group, known) ?? nameThatCounts(group, calls, pictures);
    const members = group.flatMap((each) => pictures.get(each) ?? []);
    const counts = pictures.get(key) ?? none;
    const name = { namespace: counts.namespace, name: counts.name };
    const dropped = gone.get(key) ?? null;
    const picture =
      dropped === null
        ? joined(
            counts,
            members,
            group.flatMap((each) => names.get(each) ?? []),
          )
        : null;
    const roots = group.length < 3 ? [] : rootsOf(group, calls);
    const several =
      roots.length < 2
        ? null
        : oneOfSeveral(
            name,
            roots.flatMap((each) => pictures.get(each) ?? []),
          );
    const gap = parted.has(key) ? sharesName(name) : several;
    const jobs = jobsOf.get(key) ?? [];
    for (const each of group)
      identities.set(each, { key, name, picture, dropped, lastDrop: counts.dropped?.at ?? '', jobs, gap });
  }
  return identities;
}

const none: DatasetPicture = {
  kind: 'dataset',
  namespace: '',
  name: '',
  said: {},
  dropped: null,
  facets: {},
  fields: [],
  jobs: {},
};

/** The names by which a dataset calls itself now. One that was dropped since is its own no longer. */
function callsNow(
  picture: DatasetPicture,
  pictures: DatasetPictures,
  gone: ReadonlyMap<string, string>,
): readonly QualifiedName[] {
  const at = picture.facets['symlinks']?.at ?? '';
  return otherNames(picture, datasetFacetOf(picture, 'symlinks')).filter((name) => {
    const key = datasetKey(name);
    return !gone.has(key) && at > (pictures.get(key)?.dropped?.at ?? '');
  });
}

/** Keys that are connected, each group and the groups themselves in the order of the keys. */
function groups(pictures: DatasetPictures, next: (key: string) => readonly string[]): readonly (readonly string[])[] {
  const first = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let above = first.get(root); above !== undefined && above !== root; above = first.get(root)) root = above;
    first.set(key, root);
    return root;
  };
  for (const key of pictures.keys())
    for (const other of next(key)) {
      const [a, b] = [rootOf(key), rootOf(other)].sort();
      if (a !== undefined && b !== undefined && a !== b) first.set(b, a);
    }
  const grouped = Map.groupBy([...pictures.keys()].sort(), (key) => rootOf(key));
  return [...grouped.values()];
}

/** Those of a group that no other one has among its names. */
function rootsOf(group: readonly string[], calls: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const called = new Set(group.flatMap((key) => calls.get(key) ?? []));
  return group.filter((key) => !called.has(key));
}

/** The key under which other sources know a dataset; null where it is known to this one only. */
function nameElsewhere(key: string, known: KnownByKey): string | null {
  const one = known.get(key);
  return one?.elsewhere === true ? datasetKey(one.name) : null;
}

/** Of a group the name that others know it by; null where they do not. */
function nameOfOthers(group: readonly string[], known: KnownByKey): string | null {
  const elsewhere = group.filter((key) => nameElsewhere(key, known) !== null);
  return elsewhere.find((key) => nameElsewhere(key, known) === key) ?? elsewhere[0] ?? null;
}

function nameThatCounts(
  group: readonly string[],
  calls: ReadonlyMap<string, readonly string[]>,
  pictures: DatasetPictures,
): string {
  const roots = rootsOf(group, calls);
  const [only = group[0] ?? ''] = roots;
  if (roots.length === 1) return only;
  const times = new Map<string, number>();
  for (const key of group.flatMap((each) => calls.get(each) ?? [])) times.set(key, (times.get(key) ?? 0) + 1);
  const printed = (key: string): string =>
    `${pictures.get(key)?.namespace ?? ''}\u0000${pictures.get(key)?.name ?? ''}`;
  const [best = only] = group.toSorted(
    (a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0) || (printed(a) < printed(b) ? -1 : 1),
  );
  return best;
}

/** What was said under all names of one dataset, under the one that counts. */
function joined(
  counts: DatasetPicture,
  members: readonly DatasetPicture[],
  otherwise: readonly QualifiedName[],
): DatasetPicture {
  if (members.length === 1 && counts.facets['symlinks'] === undefined) return counts;
  const facets: Record<string, Stamped<Json>> = {};
  const said: Record<string, string> = {};
  for (const member of members) {
    for (const [run, at] of Object.entries(member.said)) if ((said[run] ?? '') < at) said[run] = at;
    for (const [name, stamped] of Object.entries(member.facets))
      if (stamped.at > (member.dropped?.at ?? '')) facets[name] = later(facets[name], stamped);
  }
  const names = new Map(
    [...members, ...otherwise].map(({ namespace, name }) => [datasetKey({ namespace, name }), { namespace, name }]),
  );
  names.delete(datasetKey(counts));
  const identifiers = [...names.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
  if (facets['symlinks'] !== undefined) facets['symlinks'] = { at: facets['symlinks'].at, value: { identifiers } };
  const fields = [...new Set(members.flatMap((member) => member.fields))].sort().slice(0, keptFields);
  return { ...counts, said, dropped: null, facets, fields };
}

/**
 * The jobs of datasets that ever shared a name, whose edges may lead elsewhere now. As long as one dataset alone calls itself
 * by the others' names, its own jobs name it rightly.
 */
function jobsBetween(group: readonly DatasetPicture[]): readonly string[] {
  if (group.length < 2) return [];
  const roots = group.filter(({ calledBy }) => Object.keys(calledBy ?? {}).length === 0);
  const [only] = roots.length === 1 ? roots : [];
  return [...new Set(group.flatMap((one) => (one === only ? [] : Object.keys(one.jobs))))].sort();
}

/** Datasets of which the gap names the names; of others it tells the number. */
const maxNamed = 5;

function sharesName({ name }: QualifiedName): Gap {
  return {
    what: `dataset ${name}`,
    reason: 'unresolved-name',
    detail:
      'it and another dataset that other sources describe give themselves one and the same other name (symlinks); they are kept apart, and none has that name',
    remedy: 'let what sends the events give each its own other name',
  };
}

function oneOfSeveral({ name }: QualifiedName, roots: readonly DatasetPicture[]): Gap {
  const named = roots.map((root) => root.name).sort();
  const others = named.length > maxNamed ? ` and ${named.length - maxNamed} more` : '';
  return {
    what: `dataset ${name}`,
    reason: 'unresolved-name',
    detail: `${named.length} datasets give themselves one and the same other name (symlinks), so they are taken for one: ${named.slice(0, maxNamed).join(', ')}${others}`,
    remedy: 'if they are several, let what sends the events give each its own other name; drop what is there no longer',
  };
}
