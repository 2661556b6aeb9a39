import { effectiveField, type EffectiveField } from '../model/effective.ts';
import type { Uid } from '../model/ids.ts';
import type { FieldMark } from '../stores/graph/field-mark.ts';
import { readArrivedClasses, type ArrivedClasses } from '../stores/graph/origin-classes.ts';
import { inBatches, type QueryContext } from './context.ts';

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
  const classesOf = await arrivedAt(context, marks.flat(), n);
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

/** Marks do not say from where a category came: the rows of fields that one reached are read with that. */
async function arrivedAt(
  { graph, taxonomy, words }: QueryContext,
  marks: readonly FieldMark[],
  n: number,
): Promise<ArrivedClasses> {
  const reached = marks.filter(({ derived }) => derived.some(({ rank }) => rank > 0)).map(({ field }) => field);
  const rows = await inBatches(reached, (batch) => graph.derived(batch, n));
  return readArrivedClasses(graph, n, rows, {
    classesOf: (category) => taxonomy.classesOf(category),
    isOutside: (sources) => words.isOutside('hipaa', sources),
  });
}
