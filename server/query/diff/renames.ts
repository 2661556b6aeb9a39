import type { FieldFacets } from '../../model/facets.ts';
import { printPath, type Uid } from '../../model/ids.ts';
import { canonicalJson } from '../../model/json.ts';
import type { EntityRecord } from '../../stores/graph/graph-store.ts';

/** One thing that bears another name than before. */
export interface Rename {
  readonly from: EntityRecord;
  readonly to: EntityRecord;
  /** The source itself says that it is the same thing; otherwise it looks like it. */
  readonly sure: boolean;
}

/**
 * Fields of one dataset of which one went and one came in its stead: the source gives both the same id of its own, or they
 * stand at the same place with the same type. Two that could be meant are none. Pure.
 */
export function renamedFields(gone: readonly EntityRecord[], come: readonly EntityRecord[]): readonly Rename[] {
  const sure = pairs(gone, come, idOf, true);
  const rest = (all: readonly EntityRecord[]): readonly EntityRecord[] =>
    all.filter((one) => idOf(one) === null && !sure.some(({ from, to }) => from.uid === one.uid || to.uid === one.uid));
  return [...sure, ...pairs(rest(gone), rest(come), placeOf, false)];
}

/**
 * Datasets of which one went and one came with the very same fields, two or more, in names and types. Two that could be meant
 * are none. Pure.
 */
export function renamedDatasets(
  gone: readonly EntityRecord[],
  come: readonly EntityRecord[],
  fieldsOf: (dataset: Uid) => readonly EntityRecord[],
): readonly Rename[] {
  const shapeOf = ({ uid }: EntityRecord): string | null => {
    const fields = fieldsOf(uid);
    if (fields.length < 2) return null;
    return canonicalJson(fields.map((one) => `${printPath(one.path ?? [])} ${coreOf(one)?.type ?? ''}`).toSorted());
  };
  return pairs(gone, come, shapeOf, false);
}

/** Those of both sides that alone share a key. */
function pairs(
  gone: readonly EntityRecord[],
  come: readonly EntityRecord[],
  keyOf: (record: EntityRecord) => string | null,
  sure: boolean,
): readonly Rename[] {
  const [older, newer] = [gone, come].map((all) => Map.groupBy(all, keyOf));
  return [...(older ?? [])].flatMap(([key, before]): readonly Rename[] => {
    const after = newer?.get(key) ?? [];
    const [[from], [to]] = [before, after];
    if (key === null || before.length !== 1 || after.length !== 1 || from === undefined || to === undefined) return [];
    return [{ from, to, sure }];
  });
}

/** The id by which a source itself knows a field (`atlas.column`, …). */
function idOf({ parent, assertions }: EntityRecord): string | null {
  for (const { source, facets } of assertions)
    for (const [name, facet] of Object.entries(facets))
      if (name.includes('.') && typeof facet === 'object' && facet !== null) {
        const id: unknown = Reflect.get(facet, 'guid') ?? Reflect.get(facet, 'nativeId');
        if (typeof id === 'string') return canonicalJson([parent, source, name, id]);
      }
  return null;
}

function placeOf(record: EntityRecord): string | null {
  const core = coreOf(record);
  if (core === undefined || core.type === null || typeof core.ordinal !== 'number') return null;
  return canonicalJson([record.parent, (record.path ?? []).slice(0, -1), core.ordinal, core.type]);
}

function coreOf({ assertions }: EntityRecord): FieldFacets['core'] | undefined {
  return assertions[0]?.facets['core'] as FieldFacets['core'] | undefined;
}
