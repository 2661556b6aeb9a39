import type { Gap } from '../model/provenance.ts';
import { printPath, type Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { sortedJson } from './canonical.ts';
import { isRecord } from './guards.ts';
import type { NamedDataset, NamedField } from './named-document.ts';

/** A dataset that loses more than this share of its fields asks first; a single one may always go, with its members. */
const shrinkShare = 1 / 5;
/** Fields that a gap names; of the others it tells the number. */
const named = 5;
/** Datasets whose fields are asked for at once: the store's limit. */
export const fieldsAtOnce = 1000;

/** What this source has of each dataset, in the order asked: what it listed, and what its SQL named. */
export async function fieldsListedBefore(
  graph: Pick<GraphStore, 'fieldsOf'>,
  source: string,
  datasets: readonly Uid[],
  n: number,
): Promise<readonly (readonly NamedField[])[]> {
  const found = await graph.fieldsOf(datasets, n);
  return found.map((fields) =>
    fields.flatMap(({ path, assertions }) => {
      const own = assertions.find((assertion) => assertion.source === source);
      if (path === null || own === undefined) return [];
      return [{ path, facets: sortedJson(own.facets) as NamedField['facets'] }];
    }),
  );
}

/**
 * The fields that a dataset would lose beyond what may go unasked: all that it had, or more than a fifth. A source that lost a
 * right, or failed in part, can answer with few columns or with none, and says nothing of it. What came new is set against what
 * is gone, because renames lose nothing. Empty: nothing is kept. Pure.
 */
export function fieldsToKeep(before: readonly NamedField[], now: readonly NamedField[]): readonly NamedField[] {
  const there = new Set(now.map(({ path }) => printPath(path)));
  const lost = before.filter(({ path }) => !there.has(printPath(path)));
  if (lost.length === 0) return [];
  if (now.length === 0) return lost;
  const lostPaths = new Set(lost.map(({ path }) => printPath(path)));
  const tops = lost.filter(({ path }) => !path.some((_, i) => i > 0 && lostPaths.has(printPath(path.slice(0, i)))));
  const fewer = before.length - now.length;
  return tops.length > 1 && fewer > 1 && fewer > before.length * shrinkShare ? lost : [];
}

/** The fields that a dataset would lose while it wins fewer: single ones go unasked, unless many datasets lose some at once. Pure. */
export function fieldsLost(before: readonly NamedField[], now: readonly NamedField[]): readonly NamedField[] {
  const there = new Set(now.map(({ path }) => printPath(path)));
  return now.length < before.length ? before.filter(({ path }) => !there.has(printPath(path))) : [];
}

/** True for a field that no list of the source has: SQL named it. Such fields come and go with the SQL. */
export function isFromSql({ facets }: NamedField): boolean {
  return facets['sql.column'] !== undefined;
}

/** Fields that SQL named before and that are not there now: for a dataset whose SQL was not looked at. Pure. */
export function sqlFieldsToKeep(before: readonly NamedField[], now: readonly NamedField[]): readonly NamedField[] {
  const there = new Set(now.map(({ path }) => printPath(path).toLowerCase()));
  return before.filter((field) => isFromSql(field) && !there.has(printPath(field.path).toLowerCase()));
}

/** A dataset with the fields that are kept, at their places. Pure. */
export function withKept(dataset: NamedDataset, kept: readonly NamedField[]): NamedDataset {
  const fields = [...dataset.fields, ...kept]
    .map((field) => ({ field, ordinal: ordinalOf(field), printed: printPath(field.path) }))
    .sort((a, b) => a.ordinal - b.ordinal || (a.printed < b.printed ? -1 : 1));
  return { ...dataset, fields: fields.map(({ field }) => field) };
}

/** What was kept and how to let it go. */
export function keptGap(dataset: string, before: number, kept: readonly NamedField[]): Gap {
  const names = kept.slice(0, named).map(({ path }) => printPath(path));
  const others = kept.length > named ? ` and ${kept.length - named} more` : '';
  return {
    what: dataset,
    reason: 'not-read',
    detail: `${kept.length} of ${before} fields were not met again (${names.join(', ')}${others}); that may be lost rights, so they were kept`,
    remedy: 'if they were really dropped, run the sync once more with --allow-shrink',
  };
}

/** What many datasets of a scope lost at once, kept. */
export function keptTogetherGap(
  scope: string,
  of: number,
  lost: readonly { readonly dataset: string; readonly fields: readonly NamedField[] }[],
): Gap {
  const names = lost.flatMap(({ dataset, fields }) => fields.map(({ path }) => `${dataset}.${printPath(path)}`));
  const others = names.length > named ? ` and ${names.length - named} more` : '';
  return {
    what: `scope ${scope}`,
    reason: 'not-read',
    detail: `${lost.length} of ${of} documents list fewer fields than before, all at once (${names.slice(0, named).join(', ')}${others}); that may be lost rights, so the fields were kept`,
    remedy: 'if they were really dropped, run the sync once more with --allow-shrink',
  };
}

function ordinalOf({ facets }: NamedField): number {
  const core = facets['core'];
  const ordinal = isRecord(core) ? core['ordinal'] : null;
  return typeof ordinal === 'number' ? ordinal : Number.MAX_SAFE_INTEGER;
}
