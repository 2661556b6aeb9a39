import { LexlineError } from '../../base/errors.ts';
import type { Uid } from '../../model/ids.ts';
import type { EntityRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';
import { orderedFields, visibleFields } from '../datasets.ts';
import { isVisible, readRecords, readStanding } from '../entities.ts';

/** Where a walk begins: the thing asked about, and the field or fields that stand for it. */
export interface Starts {
  readonly record: EntityRecord;
  readonly dataset: EntityRecord | null;
  /** The field itself, or all fields of the dataset. */
  readonly fields: readonly Uid[];
}

/** Finds the origin of a walk. Fails with NOT_FOUND where there is none at `n` or the viewer may not see it. */
export async function readStarts(context: QueryContext, origin: Uid, n: number): Promise<Starts> {
  const record = (await readRecords(context, [origin], n)).get(origin);
  if (record === undefined || record.kind === 'job') throw notFound();
  if (!(await readStanding(context, [record], n)).has(origin)) throw notFound();
  if (record.kind === 'field') {
    if ((await visibleFields(context, [record], n)).length === 0) throw notFound();
    const dataset =
      record.parent === null ? undefined : (await readRecords(context, [record.parent], n)).get(record.parent);
    return { record, dataset: dataset ?? null, fields: [origin] };
  }
  if (!isVisible(context, record)) throw notFound();
  const fields = await orderedFields(context, origin, n);
  return { record, dataset: record, fields: fields.map(({ uid }) => uid) };
}

function notFound(): LexlineError {
  return new LexlineError('NOT_FOUND', '[query] there is no such dataset or field at this revision', {
    remedy: 'Search for its name, or ask as of a time when it was there.',
  });
}
