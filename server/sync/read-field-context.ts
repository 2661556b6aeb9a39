import { saysRecordOfCare, type FieldContext } from '../classify/review-decision.ts';
import type { Uid } from '../model/ids.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { ReviewDeskOptions } from './review-desk.ts';

/** What was said of fields, what lineage brings to them, and what their holders and tables make of it. */
export async function readFields(
  fields: readonly Uid[],
  n: number,
  { graph, isOutside = () => false }: Pick<ReviewDeskOptions, 'graph' | 'isOutside'>,
): Promise<(field: Uid) => Pick<FieldContext, 'verdicts' | 'rows' | 'holder'>> {
  const records = new Map(
    (await inBatches(fields, (part) => graph.get(part, n))).flatMap((one) => (one === null ? [] : [[one.uid, one]])),
  );
  const tables = [...new Set([...records.values()].flatMap(({ parent }) => parent ?? []))];
  const verdicts = Map.groupBy(
    await inBatches([...fields, ...tables], (part) => graph.verdicts(part, n)),
    ({ field }) => field,
  );
  const rows = Map.groupBy(await inBatches(fields, (part) => graph.derived(part, n)), ({ field }) => field);
  return (field) => {
    const record = records.get(field);
    return {
      verdicts: verdicts.get(field) ?? [],
      rows: rows.get(field) ?? [],
      holder: {
        isOutsideHipaa: record !== undefined && isOutside(record.assertions.map(({ source }) => source)),
        isRecordOfCare: saysRecordOfCare(verdicts.get(record?.parent ?? '') ?? []),
      },
    };
  };
}
