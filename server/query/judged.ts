import type { DerivedClassification, Verdict } from '../model/classification.ts';
import { effectiveField, type EffectiveField } from '../model/effective.ts';
import type { Uid } from '../model/ids.ts';
import { readArrived } from './arrived.ts';
import type { QueryContext } from './context.ts';
import { inBatches } from '../stores/in-batches.ts';

/** What was judged of a field and what reached it. */
export interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly derived: readonly DerivedClassification[];
  readonly effective: EffectiveField;
}

/** The judgements of many fields in two reads of the store; every field asked for has an entry. */
export async function readJudged(
  context: QueryContext,
  fields: readonly Uid[],
  n: number,
): Promise<ReadonlyMap<Uid, Judged>> {
  const { graph } = context;
  const [verdicts, derived] = await Promise.all([
    inBatches(fields, (batch) => graph.verdicts(batch, n)),
    inBatches(fields, (batch) => graph.derived(batch, n)),
  ]);
  const verdictsOf = Map.groupBy(verdicts, (verdict) => verdict.field);
  const derivedOf = Map.groupBy(derived, (row) => row.field);
  const classesOf = await readArrived(context, derived, n);
  return new Map(
    fields.map((field) => {
      const own = verdictsOf.get(field) ?? [];
      const arriving = derivedOf.get(field) ?? [];
      return [field, { verdicts: own, derived: arriving, effective: effectiveField(own, arriving, classesOf) }];
    }),
  );
}
