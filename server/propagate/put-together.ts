import type { CutEnd, Joining } from '../model/parts.ts';
import { applyEffect, givesBack, type Effect, type Treatment } from '../model/treatment.ts';

/** An edge that brings a part of a value into a field. */
export interface PartEdge<Id> {
  readonly from: Id;
  readonly brings: Bringing;
  /** The end that an edge keeps which cuts the value. */
  readonly end: CutEnd | null;
  readonly joins: Joining | null;
  /** The job that writes the field. */
  readonly job: Id | null;
}

/** `cut`: the edge itself cuts; else it brings on what was cut before, as it is, encrypted or decrypted. */
export type Bringing = 'cut' | 'on' | 'encrypted' | 'decrypted';

/** How an edge brings a part of a value; null: it brings none, because nothing readable arrives, or the whole. */
export function bringsPart(treatment: Treatment, effect: Effect): Bringing | null {
  if (applyEffect(treatment, effect) !== 'partial') return null;
  if (effect === 'partial') return 'cut';
  if (treatment !== 'partial') return null;
  if (effect === 'encrypt') return 'encrypted';
  return givesBack(effect) ? 'decrypted' : 'on';
}

/** What a part is known by: the field where it stood first, which end it is, and the field that it was cut from. */
interface Part<Id> {
  readonly at: Id;
  readonly end: CutEnd | null;
  readonly of: Id;
  /** It was cut from what was a part already: which end of the value it is, and of which, is not told. */
  readonly again: boolean;
  /** The forms in which it stands there. */
  readonly forms: Forms;
}

type Forms = 'readable' | 'encrypted' | 'both';

/** By field: the edges that bring parts of one category into it. */
export type PartsInto<Id> = ReadonlyMap<Id, readonly PartEdge<Id>[]>;

/** A field where parts come together, and the whole that stands there then: encrypted where the parts are. */
export interface Whole<Id> {
  readonly field: Id;
  readonly treatment: 'clear' | 'encrypted';
}

/** Parts of one field that are looked at, the first by where they stood: nobody puts more together. */
const mostParts = 16;

/** Something is put to what a field holds: only there can parts come together. */
export function mayJoin(edges: readonly { readonly joins: Joining | null }[]): boolean {
  return edges.some(({ joins }) => joins !== null);
}

/**
 * Fields where different parts of one value come together again: as far as anybody knows it is the whole there. They do where
 * one job puts them beside each other, or one is put behind what is there already; rows under each other and values that stand for
 * each other hold a part each. How much each part keeps is not known (numbers of statements are not kept): only copies of one
 * part, two beginnings and two ends lie within each other. Values of two columns of one table are two values.
 * `into`: of each of `fields`, and of every field with parts that one of these edges comes from. Whoever holds the clear value besides
 * has its part as well, so the answer rests on nothing that it adds.
 */
export function putTogether<Id extends string | number>(
  into: PartsInto<Id>,
  fields: Iterable<Id>,
  tableOf: (field: Id) => string | null,
): readonly Whole<Id>[] {
  const asked = [...fields].filter((field) => mayJoin(into.get(field) ?? []));
  if (asked.length === 0) return [];
  const around = behind(into, asked);
  const parts = partsByField(around);
  return asked.flatMap((field) => {
    const treatment = wholeAt(field, around, parts, tableOf);
    return treatment === null ? [] : [{ field, treatment }];
  });
}

/** The fields and those that parts reach them from. */
function behind<Id>(into: PartsInto<Id>, fields: readonly Id[]): PartsInto<Id> {
  const found = new Map<Id, readonly PartEdge<Id>[]>();
  for (let level = [...fields]; level.length > 0;) {
    const before = new Set<Id>();
    for (const field of level) {
      const edges = (into.get(field) ?? []).filter(({ from }) => from !== field);
      found.set(field, edges);
      for (const { from } of edges) if (into.has(from)) before.add(from);
    }
    level = [...before].filter((field) => !found.has(field));
  }
  return found;
}

type PartsAt<Id> = ReadonlyMap<string, Part<Id>>;
type PartsBy<Id> = ReadonlyMap<Id, PartsAt<Id>>;

function partsByField<Id extends string | number>(into: PartsInto<Id>): PartsBy<Id> {
  const parts = new Map<Id, Map<string, Part<Id>>>([...into.keys()].map((field) => [field, new Map()]));
  const outOf = new Map<Id, Set<Id>>();
  for (const [field, edges] of into)
    for (const { from, brings } of edges)
      if (brings !== 'cut') outOf.set(from, (outOf.get(from) ?? new Set()).add(field));
  for (let waiting = new Set(into.keys()); waiting.size > 0;) {
    const next = new Set<Id>();
    for (const field of waiting)
      for (const edge of into.get(field) ?? [])
        for (const part of broughtBy(edge, field, into, parts)) if (add(parts.get(field), part)) next.add(field);
    waiting = new Set([...next].flatMap((field) => [...(outOf.get(field) ?? [])]));
  }
  return parts;
}

function broughtBy<Id extends string | number>(
  { from, brings, end }: PartEdge<Id>,
  field: Id,
  into: PartsInto<Id>,
  parts: PartsBy<Id>,
): readonly Part<Id>[] {
  if (brings === 'cut') {
    const again = (into.get(from) ?? []).length > 0;
    return [{ at: field, of: from, end: again ? null : end, again, forms: 'readable' }];
  }
  const before = [...(parts.get(from)?.values() ?? [])];
  if (brings === 'on') return before;
  return before.map((part) => ({ ...part, forms: brings === 'encrypted' ? 'encrypted' : 'readable' }));
}

/** True when something of it was not known. Of too many the first stay, whatever order they come in. */
function add<Id extends string | number>(parts: Map<string, Part<Id>> | undefined, part: Part<Id>): boolean {
  const key = keyOf(part);
  const known = parts?.get(key);
  if (parts === undefined || known?.forms === 'both' || known?.forms === part.forms) return false;
  if (known !== undefined || parts.size < mostParts) {
    parts.set(key, known === undefined ? part : { ...part, forms: 'both' });
    return true;
  }
  let [lastKey = '', last] = [...parts][0] ?? [];
  for (const [each, one] of parts) if (last === undefined || comesBefore(last, one)) [lastKey, last] = [each, one];
  if (last === undefined || !comesBefore(part, last)) return false;
  parts.delete(lastKey);
  parts.set(key, part);
  return true;
}

function keyOf<Id extends string | number>({ at, of, end }: Part<Id>): string {
  return `${at}\u0000${end ?? ''}\u0000${of}`;
}

function comesBefore<Id extends string | number>(a: Part<Id>, b: Part<Id>): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.of !== b.of) return a.of < b.of;
  return (a.end ?? '') < (b.end ?? '');
}

function wholeAt<Id extends string | number>(
  field: Id,
  into: PartsInto<Id>,
  parts: PartsBy<Id>,
  tableOf: (field: Id) => string | null,
): Whole<Id>['treatment'] | null {
  const ways = (into.get(field) ?? []).map((edge) => ({ edge, brought: broughtBy(edge, field, into, parts) }));
  let found: Whole<Id>['treatment'] | null = null;
  for (const [at, one] of ways.entries())
    for (const other of ways.slice(at)) {
      if (one === other ? one.edge.joins === null : !meet(one.edge, other.edge)) continue;
      const bothCut = one.edge.brings === 'cut' && other.edge.brings === 'cut';
      const isWhole = one.edge.from === other.edge.from && !bothCut ? areBothEnds : areTogetherWhole;
      for (const a of one.brought)
        for (const b of other.brought) {
          if (!isWhole(a, b, tableOf)) continue;
          if (a.forms !== 'encrypted' && b.forms !== 'encrypted') return 'clear';
          found = 'encrypted';
        }
    }
  return found;
}

/** One is put behind what is there already, or one job puts them beside each other. */
function meet<Id>(a: PartEdge<Id>, b: PartEdge<Id>): boolean {
  if (a.joins === 'behind' || b.joins === 'behind') return true;
  return a.joins !== null && b.joins !== null && a.job === b.job;
}

/** Of what stands in one column: its beginning and its end in different rows, gathered or put together from two of them. */
function areBothEnds<Id>(a: Part<Id>, b: Part<Id>): boolean {
  return a.of === b.of && a.end !== null && b.end !== null && a.end !== b.end;
}

function areTogetherWhole<Id extends string | number>(
  a: Part<Id>,
  b: Part<Id>,
  tableOf: (field: Id) => string | null,
): boolean {
  if (a.end === b.end && (a.end !== null || a.at === b.at)) return false;
  if (a.of === b.of || a.again || b.again) return true;
  const table = tableOf(a.of);
  return table === null || table !== tableOf(b.of);
}
