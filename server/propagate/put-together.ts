import type { CutEnd } from '../model/parts.ts';
import { applyEffect, type Effect, type Treatment } from '../model/treatment.ts';

/** An edge that brings a part of a value into a field. */
export interface PartEdge<Id> {
  readonly from: Id;
  /** The edge itself cuts the value; null: it brings on what was cut before. */
  readonly cut: { readonly end: CutEnd | null } | null;
  /** A plain copy: the value that arrives is the part alone, with nothing put to it. */
  readonly plain: boolean;
}

/** What a part is known by: the field where it stood first, which end it is, and the field that it was cut from. */
interface Part<Id> {
  readonly at: Id;
  readonly end: CutEnd | null;
  readonly of: Id;
}

/** How an edge brings a part of a value; null: it brings none, because nothing readable arrives, or the whole. */
export function bringsPart(treatment: Treatment, effect: Effect): 'cut' | 'on' | null {
  if (applyEffect(treatment, effect) !== 'partial') return null;
  if (effect === 'partial') return 'cut';
  return treatment === 'partial' && applyEffect('clear', effect) === 'clear' ? 'on' : null;
}

/** Parts of one field that are looked at, the first by where they stood: nobody puts more together. */
const mostParts = 100;

/**
 * Fields where different parts of one value come together again: as far as anybody knows it is the whole there. How much each
 * part keeps is not known (numbers of statements are not kept): only copies of one part, two beginnings and two ends lie within
 * each other. Values of two columns of one table are two values. Plain copies alone stand in different rows.
 * `into`: the edges that bring parts of one category, by the field they reach; every field that one brings a part on from is in
 * it. Whoever holds the clear value besides has its part as well, so the answer rests on nothing that it adds.
 */
export function putTogether<Id extends string | number>(
  into: ReadonlyMap<Id, readonly PartEdge<Id>[]>,
  tableOf: (field: Id) => string | null,
): readonly Id[] {
  const parts = partsByField(into);
  const found: Id[] = [];
  for (const [field, edges] of into) {
    const others = edges.filter(({ from }) => from !== field);
    if ((parts.get(field)?.size ?? 0) < 2 || others.every(({ plain }) => plain)) continue;
    if (comeTogether(field, others, parts, tableOf)) found.push(field);
  }
  return found;
}

function partsByField<Id extends string | number>(
  into: ReadonlyMap<Id, readonly PartEdge<Id>[]>,
): ReadonlyMap<Id, ReadonlyMap<string, Part<Id>>> {
  const parts = new Map<Id, Map<string, Part<Id>>>();
  const outOf = new Map<Id, Set<Id>>();
  for (const [field, edges] of into) {
    parts.set(field, new Map());
    for (const { from, cut } of edges)
      if (cut === null && from !== field) outOf.set(from, (outOf.get(from) ?? new Set()).add(field));
  }
  for (const [field, edges] of into)
    for (const { from, cut } of edges) if (cut !== null) add(parts.get(field), partOf(field, from, cut.end));
  let waiting = new Set(into.keys());
  while (waiting.size > 0) {
    const next = new Set<Id>();
    for (const field of waiting)
      for (const to of outOf.get(field) ?? [])
        for (const part of parts.get(field)?.values() ?? []) if (add(parts.get(to), part)) next.add(to);
    waiting = next;
  }
  return parts;
}

/** True when it was not among them. Of too many the first stay, whatever order they come in. */
function add<Id extends string | number>(parts: Map<string, Part<Id>> | undefined, part: Part<Id>): boolean {
  const key = keyOf(part);
  if (parts === undefined || parts.has(key)) return false;
  if (parts.size < mostParts) {
    parts.set(key, part);
    return true;
  }
  let [lastKey = '', last] = [...parts][0] ?? [];
  for (const [each, one] of parts) if (last === undefined || comesBefore(last, one)) [lastKey, last] = [each, one];
  if (last === undefined || !comesBefore(part, last)) return false;
  parts.delete(lastKey);
  parts.set(key, part);
  return true;
}

function partOf<Id>(at: Id, of: Id, end: CutEnd | null): Part<Id> {
  return { at, of, end };
}

function keyOf<Id extends string | number>({ at, of, end }: Part<Id>): string {
  return `${at}\u0000${end ?? ''}\u0000${of}`;
}

function comesBefore<Id extends string | number>(a: Part<Id>, b: Part<Id>): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.of !== b.of) return a.of < b.of;
  return (a.end ?? '') < (b.end ?? '');
}

function comeTogether<Id extends string | number>(
  field: Id,
  edges: readonly PartEdge<Id>[],
  parts: ReadonlyMap<Id, ReadonlyMap<string, Part<Id>>>,
  tableOf: (field: Id) => string | null,
): boolean {
  // What comes from one field comes together once: by several edges, a plain copy only where all of them are.
  const ways = new Map<string, { readonly parts: readonly Part<Id>[]; readonly plain: boolean }>();
  for (const { from, cut, plain } of edges) {
    const key = cut === null ? `on ${from}` : keyOf(partOf(field, from, cut.end));
    const brought = cut === null ? [...(parts.get(from)?.values() ?? [])] : [partOf(field, from, cut.end)];
    ways.set(key, { parts: brought, plain: plain && (ways.get(key)?.plain ?? true) });
  }
  const byPart = new Map<string, { readonly part: Part<Id>; readonly ways: { id: string; plain: boolean }[] }>();
  for (const [id, { parts: brought, plain }] of ways)
    for (const part of brought) {
      const key = keyOf(part);
      const known = byPart.get(key) ?? { part, ways: [] };
      byPart.set(key, known);
      // Two of each kind tell as much as all of them.
      if (known.ways.filter((way) => way.plain === plain).length < 2) known.ways.push({ id, plain });
    }
  const all = [...byPart.values()];
  return all.some((one, i) =>
    all
      .slice(i + 1)
      .some(
        (other) =>
          areTogetherWhole(one.part, other.part, tableOf) &&
          one.ways.some((a) => other.ways.some((b) => a.id !== b.id && !(a.plain && b.plain))),
      ),
  );
}

function areTogetherWhole<Id extends string | number>(
  a: Part<Id>,
  b: Part<Id>,
  tableOf: (field: Id) => string | null,
): boolean {
  if (a.end === b.end && (a.end !== null || a.at === b.at)) return false;
  if (a.of === b.of) return true;
  const table = tableOf(a.of);
  return table === null || table !== tableOf(b.of);
}
