import { effectiveField, type EffectiveField } from '../model/effective.ts';
import type { Uid } from '../model/ids.ts';
import type { FieldMark } from '../stores/graph/field-mark.ts';
import { readArrived } from './arrived.ts';
import type { QueryContext } from './context.ts';
import { inBatches } from '../stores/in-batches.ts';

/** A field's effective classification as far as badges and counts need it: without reasons, citations and ways. */
export interface MarkedField {
  readonly field: Uid;
  readonly profiled: boolean;
  readonly effective: EffectiveField;
}

/** What is judged of all fields of many datasets, one read for a thousand of them. */
export async function readMarkedFields(
  context: QueryContext,
  datasets: readonly Uid[],
  n: number,
): Promise<readonly (readonly MarkedField[])[]> {
  const marks = await inBatches(datasets, (batch) => context.graph.fieldMarks(batch, n));
  const reached = marks.flat().flatMap(({ field, derived }) => derived.map((mark) => ({ ...mark, field })));
  const classesOf = await readArrived(context, reached, n);
  return marks.map((fields) =>
    fields.map(({ field, profiled, verdicts, derived }: FieldMark) => ({
      field,
      profiled,
      effective: effectiveField(
        verdicts.map((mark) => ({ ...mark, field, by: '', fine: [], evidence: [], citations: [], key: '', at: '' })),
        derived.map((mark) => ({ ...mark, field, via: null, rules: '' })),
        classesOf,
      ),
    })),
  );
}
