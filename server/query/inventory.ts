import type { QueryContext } from './context.ts';
import { datasetView } from './entity-views.ts';
import { isVisible } from './entities.ts';
import { readFieldViews } from './field-views.ts';
import { eachPage } from './paging.ts';
import type { FieldView, InventoryRow } from './query.ts';
import { orderedFields } from './datasets.ts';

/** Fields made into rows together: bounds what is held in memory. */
const fieldsAtOnce = 2000;
const datasetsAtOnce = 200;

/** Every field alive at `n`, datasets by name, fields in their order. Holds a few thousand rows at a time, whatever the size. */
export async function* readInventory(
  context: QueryContext,
  n: number,
  filter: { readonly source?: string },
): AsyncGenerator<InventoryRow> {
  const pages = eachPage((page) => context.graph.list({ kind: 'dataset', ...filter }, n, page), datasetsAtOnce);
  for await (const records of pages) {
    const datasets = records.filter((record) => isVisible(context, record)).map((record) => datasetView(record));
    const byUid = new Map(datasets.map((dataset) => [dataset.uid, dataset]));
    let waiting: Awaited<ReturnType<typeof orderedFields>>[number][] = [];
    const flush = async (): Promise<readonly FieldView[]> => {
      const views = await readFieldViews(context, waiting, n);
      waiting = [];
      return views;
    };
    for (const { uid } of datasets) {
      for (const field of await orderedFields(context, uid, n)) {
        waiting.push(field);
        if (waiting.length >= fieldsAtOnce) yield* rowsOf(await flush(), byUid);
      }
    }
    yield* rowsOf(await flush(), byUid);
  }
}

function* rowsOf(
  fields: readonly FieldView[],
  datasets: ReadonlyMap<string, InventoryRow['dataset']>,
): Generator<InventoryRow> {
  for (const field of fields) {
    const dataset = datasets.get(field.dataset);
    if (dataset !== undefined) yield { dataset, field };
  }
}
