import { digestOf } from '../../model/json.ts';
import type { Uid } from '../../model/ids.ts';
import { loadQuasiIdentifiers, type Combination } from '../../rulebook/quasi-identifiers.ts';
import type { QueryContext } from '../context.ts';
import { readRecords } from '../entities.ts';
import { persons, readSubjects } from '../subjects.ts';
import { readCandidates } from './candidates.ts';
import { readJoinWays, type KeyWay } from './join-ways.ts';
import type { Candidate, JointIdentification, JointIdentifications } from './joint.ts';

/** Findings of one answer, at most. */
const maxFindings = 2000;

/**
 * Where columns that are harmless each identify a person together: in one dataset, or in several whose rows can be joined by a
 * key, a person's number, or copies of one. Datasets with names, addresses or numbers of persons in clear identify by themselves
 * and are left out. Looks at every field: ask through a memory by revision.
 */
export async function readJoint(context: QueryContext, n: number): Promise<JointIdentifications> {
  if (n === 0) return { items: [], whole: true };
  const quasi = loadQuasiIdentifiers();
  const { candidates, whole } = await readCandidates(context, quasi, n);
  const items = new Map<string, JointIdentification>();
  const add = (item: JointIdentification): void => {
    const known = items.get(item.id);
    if (known === undefined || lengthOf(item) < lengthOf(known)) items.set(item.id, item);
  };
  const joins = await readJoinWays(context, candidates, n);
  const isPersons = await personPlaces(context, joins.byPlace, n);
  for (const combination of quasi.combinations) {
    const alone = candidates.filter(({ parts }) => combination.parts.every((part) => parts.has(part)));
    for (const candidate of alone) add(finding(combination, [candidate], []));
    for (const [place, ways] of joins.byPlace) {
      const some = ways.filter(
        ({ candidate }) => !alone.includes(candidate) && combination.parts.some((part) => candidate.parts.has(part)),
      );
      const used = [...new Map(some.map((way) => [way.candidate.dataset, way])).values()];
      const isComplete = combination.parts.every((part) => used.some(({ candidate }) => candidate.parts.has(part)));
      // Rows about one person each: by a number of persons, by a table of persons, or by one row a value.
      const isPerson = isPersons(place) || used.some(({ key }) => key.isPersonNumber || key.isUnique);
      if (!isComplete || !isPerson) continue;
      const candidatesUsed = used.map(({ candidate }) => candidate);
      add(finding(combination, candidatesUsed, used));
    }
  }
  const found = withoutParts([...items.values()]).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    items: found.slice(0, maxFindings),
    whole: whole && joins.whole && found.length <= maxFindings,
  };
}

/** A join of some datasets says nothing beside one of these and more. */
function withoutParts(items: readonly JointIdentification[]): readonly JointIdentification[] {
  const joined = items.filter(({ joins }) => joins.length > 0);
  return items.filter(
    (item) =>
      item.joins.length === 0 ||
      !joined.some(
        (other) =>
          other.combination === item.combination &&
          other.datasets.length > item.datasets.length &&
          item.datasets.every((dataset) => other.datasets.includes(dataset)),
      ),
  );
}

function lengthOf({ joins }: JointIdentification): number {
  return joins.reduce((sum, { way }) => sum + way.length, 0);
}

/** Places whose column belongs to a table of persons: what points there points at a person. */
async function personPlaces(
  context: QueryContext,
  byPlace: ReadonlyMap<string, readonly KeyWay[]>,
  n: number,
): Promise<(place: string) => boolean> {
  const shared = [...byPlace].filter(([, ways]) => ways.length > 1).map(([place]) => place);
  const columnOf = (place: string): Uid => place.split(' ')[0] ?? '';
  const records = await readRecords(context, shared.map(columnOf), n);
  const parents = [...new Set([...records.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])))];
  const subjects = await readSubjects(context, parents, n);
  return (place) => persons.has(subjects.get(records.get(columnOf(place))?.parent ?? '')?.kind ?? '');
}

function finding(
  { id, parts, says, source }: Combination,
  candidates: readonly Candidate[],
  ways: readonly KeyWay[],
): JointIdentification {
  const own = parts.map((part) => ({
    part,
    fields: candidates.flatMap((candidate) => candidate.parts.get(part) ?? []).toSorted(),
  }));
  const datasets = candidates.map(({ dataset }) => dataset).toSorted();
  return {
    id: digestOf([id, datasets, own.map(({ fields }) => fields)]).slice(0, 16),
    combination: id,
    says,
    source,
    parts: own,
    datasets,
    joins: ways
      .map(({ candidate, key, steps }) => ({ dataset: candidate.dataset, field: key.field, way: steps }))
      .toSorted((a, b) => (a.dataset < b.dataset ? -1 : 1)),
  };
}
