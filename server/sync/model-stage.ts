import type { Uid } from '../model/ids.ts';
import { everyPage } from '../stores/every-page.ts';
import type { ModelChanges } from './model-dataset.ts';
import type { Run } from './run.ts';

/** What an endpoint's model answered about one dataset, staged until it is written. */
export interface StagedModelChanges extends ModelChanges {
  /** All its open columns were answered: it need not be asked about again. */
  readonly whole: boolean;
}

/** The staged answers of a run have a stage of their own. */
export function modelStageOf(run: string): string {
  return `${run}:model`;
}

/** What was staged so far, in the order of datasets. */
export async function* stagedAnswers({
  context,
  record,
}: Run): AsyncIterable<{ readonly dataset: Uid; readonly body: StagedModelChanges }> {
  const { state } = context.stores;
  for await (const { key, body } of everyPage((page) => state.staged(modelStageOf(record.run), undefined, page), 200))
    if (typeof body === 'string') yield { dataset: key, body: JSON.parse(body) as StagedModelChanges };
}
