import type { EffectiveClassification } from '../../model/effective.ts';
import { fieldUid, type Uid } from '../../model/ids.ts';
import type { QuasiIdentifiers } from '../../rulebook/quasi-identifiers.ts';
import type { EntityRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';
import { isVisible } from '../entities.ts';
import { datasetView } from '../entity-views.ts';
import { readMarkedFields, type MarkedField } from '../marks.ts';
import { eachPage } from '../paging.ts';
import type { Candidate, CandidateKey } from './joint.ts';

/** Datasets whose fields are looked at together. */
const datasetsAtOnce = 200;
/** Datasets looked at for joins, at most. */
const maxCandidates = 5000;

/** Datasets that hold a part of some combination and nothing that identifies by itself. Reads the marks of every field. */
export async function readCandidates(
  context: QueryContext,
  quasi: QuasiIdentifiers,
  n: number,
): Promise<{ readonly candidates: readonly Candidate[]; readonly whole: boolean }> {
  const candidates: Candidate[] = [];
  const pages = eachPage((page) => context.graph.list({ kind: 'dataset' }, n, page), datasetsAtOnce);
  for await (const records of pages) {
    const visible = records.filter((record) => isVisible(context, record));
    const marked = await readMarkedFields(
      context,
      visible.map(({ uid }) => uid),
      n,
    );
    for (const [i, record] of visible.entries()) {
      const candidate = candidateOf(record, marked[i] ?? [], quasi);
      if (candidate === null) continue;
      if (candidates.length >= maxCandidates) return { candidates, whole: false };
      candidates.push(candidate);
    }
  }
  return { candidates, whole: true };
}

/** Null: it holds no part, or identifies people by itself. */
export function candidateOf(
  record: EntityRecord,
  fields: readonly MarkedField[],
  quasi: QuasiIdentifiers,
): Candidate | null {
  const parts = new Map<string, Uid[]>();
  const numbers = new Set<Uid>();
  for (const { field, effective } of fields)
    for (const one of effective.classifications) {
      if (quasi.personNumbers.has(one.category)) numbers.add(field);
      if (!isReadable(one)) continue;
      if (quasi.identifying.has(one.category)) return null;
      const part = partOf(one.category, quasi);
      if (part === null) continue;
      const known = parts.get(part);
      if (known === undefined) parts.set(part, [field]);
      else if (!known.includes(field)) known.push(field);
    }
  return parts.size === 0 ? null : { dataset: record.uid, parts, keys: keysOf(record, numbers) };
}

/** Can its values be read, or looked up from a list of all there are? */
function isReadable({ treatment, derived, decidedBy }: EffectiveClassification): boolean {
  if (decidedBy !== 'propagation') return derived === null || derived === 'hash';
  return treatment === 'clear' || treatment === 'encrypted' || treatment === 'hashed';
}

function partOf(category: string, { parts }: QuasiIdentifiers): string | null {
  for (const [part, categories] of parts)
    if (categories.some((one) => category === one || category.startsWith(`${one}.`))) return part;
  return null;
}

/** Keys of one column that its source declares, and columns with numbers of persons. Keys of several columns are passed over. */
function keysOf(record: EntityRecord, numbers: ReadonlySet<Uid>): readonly CandidateKey[] {
  const { namespace, name } = record;
  const keys = new Map<Uid, CandidateKey>(
    [...numbers].map((field) => [field, { field, isUnique: false, isPersonNumber: true, references: null }]),
  );
  for (const { kind, fields, references } of datasetView(record).keys) {
    const [path] = fields;
    if (path === undefined || fields.length !== 1) continue;
    const field = fieldUid({ namespace, name }, path);
    const [target] = references?.fields ?? [];
    const known = keys.get(field);
    keys.set(field, {
      field,
      isUnique: known?.isUnique === true || kind !== 'foreign',
      isPersonNumber: numbers.has(field),
      references:
        references !== undefined && target !== undefined
          ? fieldUid(references.dataset, target)
          : (known?.references ?? null),
    });
  }
  return [...keys.values()];
}
