import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';
import { orderedByOrdinal } from './datasets.ts';
import { datasetView } from './entity-views.ts';
import { isVisible } from './entities.ts';
import { readFieldViews } from './field-views.ts';
import { eachPage } from './paging.ts';
import type { InventoryRow } from './query.ts';

/** Datasets whose fields are read together; a small number, for a dataset may have thousands of fields. */
const datasetsAtOnce = 25;
/** Fields made into rows together. */
const fieldsAtOnce = 2000;

/**
 * Every field alive at `n`, datasets by name, fields in their order. Holds some thousand rows at a time, whatever the size:
 * those that are handed out and those that are read meanwhile.
 */
export async function* readInventory(
  context: QueryContext,
  n: number,
  filter: { readonly source?: string },
): AsyncGenerator<InventoryRow> {
  let ahead: Promise<readonly InventoryRow[]> = Promise.resolve([]);
  for await (const records of eachBatch(context, n, filter)) {
    const rows = await ahead;
    ahead = readRows(context, records, n);
    // Awaited on the next turn, or never when the reader stops: then nobody asks how it ended.
    ahead.catch(() => {});
    yield* rows;
  }
  yield* await ahead;
}

interface DatasetFields {
  readonly dataset: EntityRecord;
  readonly fields: readonly EntityRecord[];
}

/** Datasets with their fields, in batches of about the same number of fields; a wide dataset in several. */
async function* eachBatch(
  context: QueryContext,
  n: number,
  filter: { readonly source?: string },
): AsyncGenerator<readonly DatasetFields[]> {
  const pages = eachPage((page) => context.graph.list({ kind: 'dataset', ...filter }, n, page), datasetsAtOnce);
  let batch: DatasetFields[] = [];
  let size = 0;
  for await (const records of pages) {
    const datasets = records.filter((record) => isVisible(context, record));
    const fieldsOf = await context.graph.fieldsOf(
      datasets.map(({ uid }) => uid),
      n,
    );
    for (const [index, dataset] of datasets.entries()) {
      const fields = orderedByOrdinal(fieldsOf[index] ?? []);
      for (let at = 0; at < fields.length; at += fieldsAtOnce) {
        const part = fields.slice(at, at + fieldsAtOnce);
        batch.push({ dataset, fields: part });
        size += part.length;
        if (size < fieldsAtOnce) continue;
        yield batch;
        batch = [];
        size = 0;
      }
    }
  }
  if (batch.length > 0) yield batch;
}

async function readRows(
  context: QueryContext,
  batch: readonly DatasetFields[],
  n: number,
): Promise<readonly InventoryRow[]> {
  const views = await readFieldViews(
    context,
    batch.flatMap(({ fields }) => fields),
    n,
  );
  const datasets = new Map(batch.map(({ dataset }) => [dataset.uid, datasetView(dataset)]));
  return views.flatMap((field) => {
    const dataset = datasets.get(field.dataset);
    return dataset === undefined ? [] : [{ dataset, field }];
  });
}
