import { directKinds, indirectKinds } from '../model/edge.ts';
import type { Uid } from '../model/ids.ts';
import { seesEverything } from '../access/viewer.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { QueryContext } from './context.ts';
import { isVisible } from './entities.ts';
import { datasetView } from './entity-views.ts';
import { readFieldViews } from './field-views.ts';
import { eachPage } from './paging.ts';
import type { UndescribedDataset } from './query.ts';

/** Datasets looked at together. */
const datasetsAtOnce = 500;

/**
 * Datasets that statements write into and no source describes, by name, with the columns that are known to be written. Only
 * who sees everything may know them: nobody can tell whose they are.
 */
export async function* readUndescribed(context: QueryContext, n: number): AsyncGenerator<UndescribedDataset> {
  if (!seesEverything(context.scope)) return;
  const pages = eachPage((page) => context.graph.list({ kind: 'dataset', alive: false }, n, page), datasetsAtOnce);
  for await (const records of pages) {
    const unknown = records.filter((record) => record.assertions.length === 0 && isVisible(context, record));
    const written = await writtenOf(context, unknown, n);
    for (const record of unknown) {
      if (!written.has(record.uid)) continue;
      const fields = await writtenFields(context, record, n);
      yield { dataset: datasetView(record), fields: await readFieldViews(context, fields, n) };
    }
  }
}

/** Its columns that something flows into; others are remembered by name and may be gone. */
async function writtenFields(
  context: QueryContext,
  { uid }: EntityRecord,
  n: number,
): Promise<readonly EntityRecord[]> {
  const fields: EntityRecord[] = [];
  for await (const records of eachPage(
    (page) => context.graph.list({ kind: 'field', parent: uid, alive: false }, n, page),
    datasetsAtOnce,
  ))
    fields.push(...records);
  const written = await writtenOf(context, fields, n);
  return fields.filter((field) => written.has(field.uid));
}

/** Of the given records those that an edge leads into. */
async function writtenOf(
  context: QueryContext,
  records: readonly EntityRecord[],
  n: number,
): Promise<ReadonlySet<Uid>> {
  const written = new Set<Uid>();
  const kinds = [...directKinds, ...indirectKinds, 'DATASET' as const];
  await inBatches(
    records.map(({ uid }) => uid),
    async (batch) => {
      const edges = eachPage((page) => context.graph.edges(batch, 'upstream', kinds, n, page));
      for await (const found of edges) for (const { to } of found) written.add(to);
      return [];
    },
  );
  return written;
}
