import type { FieldFacets } from '../model/facets.ts';
import { fieldUid, printPath, type FieldPath, type QualifiedName, type Uid } from '../model/ids.ts';
import { canonicalJson, type Json } from '../model/json.ts';

/** A field as one source describes it. */
export interface DescribedField {
  readonly path: FieldPath;
  readonly facets: Readonly<Record<string, unknown>>;
}

/** How the fields of one dataset differ between two readings of one source. */
export type FieldDrift =
  | { readonly type: 'added'; readonly uid: Uid; readonly field: string }
  | { readonly type: 'no-longer-seen'; readonly uid: Uid; readonly field: string }
  /** `sure`: the source itself says that it is the same thing. Otherwise it looks like it: same place, same type. */
  | {
      readonly type: 'renamed';
      readonly uid: Uid;
      readonly field: string;
      readonly now: string;
      readonly sure: boolean;
    }
  | {
      readonly type: 'retyped';
      readonly uid: Uid;
      readonly field: string;
      readonly from: string | null;
      readonly to: string | null;
    };

/** Compares two readings. `uid` is the field's as it was, an added one's as it is. Pure. */
export function fieldDrift(
  dataset: QualifiedName,
  before: readonly DescribedField[],
  after: readonly DescribedField[],
): readonly FieldDrift[] {
  const old = new Map(before.map((field) => [printPath(field.path), field]));
  const now = new Map(after.map((field) => [printPath(field.path), field]));
  const gone = new Map([...old].filter(([name]) => !now.has(name)));
  const fresh = new Map([...now].filter(([name]) => !old.has(name)));
  const found: FieldDrift[] = [];
  for (const [name, field] of gone) {
    const same = [...fresh].find(([, other]) => nativeOf(other) !== null && nativeOf(other) === nativeOf(field));
    const alike = same ?? [...fresh].find(([, other]) => looksAlike(field, other));
    if (alike === undefined) continue;
    fresh.delete(alike[0]);
    gone.delete(name);
    found.push({
      type: 'renamed',
      uid: fieldUid(dataset, field.path),
      field: name,
      now: alike[0],
      sure: same !== undefined,
    });
  }
  for (const [name, field] of gone)
    found.push({ type: 'no-longer-seen', uid: fieldUid(dataset, field.path), field: name });
  for (const [name, field] of fresh) found.push({ type: 'added', uid: fieldUid(dataset, field.path), field: name });
  for (const [name, field] of now) {
    const was = old.get(name);
    if (was === undefined) continue;
    const [from, to] = [coreOf(was)?.type ?? null, coreOf(field)?.type ?? null];
    if (from !== to) found.push({ type: 'retyped', uid: fieldUid(dataset, field.path), field: name, from, to });
  }
  return found;
}

function looksAlike(a: DescribedField, b: DescribedField): boolean {
  const [one, other] = [coreOf(a), coreOf(b)];
  // Where both carry an id of the source and the ids differ, they are different things.
  if (nativeOf(a) !== null && nativeOf(b) !== null) return false;
  return (
    one !== undefined &&
    other !== undefined &&
    one.type !== null &&
    one.type === other.type &&
    one.ordinal === other.ordinal
  );
}

function coreOf({ facets }: DescribedField): FieldFacets['core'] | undefined {
  return facets['core'] as FieldFacets['core'] | undefined;
}

/** The id by which the source itself knows a field, from its own facets (`atlas.column`, …): null when it gives none. */
function nativeOf({ facets }: DescribedField): string | null {
  for (const [name, facet] of Object.entries(facets))
    if (name.includes('.') && typeof facet === 'object' && facet !== null) {
      const id: unknown = Reflect.get(facet, 'guid') ?? Reflect.get(facet, 'nativeId');
      if (typeof id === 'string') return canonicalJson([name, id] satisfies Json);
    }
  return null;
}
