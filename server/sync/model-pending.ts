import type { Uid } from '../model/ids.ts';
import { everyBatch } from '../stores/every-batch.ts';
import { everyPage } from '../stores/every-page.ts';
import type { Run } from './run.ts';

const kind = 'llm-pending';
const batchSize = 1000;

/** Remembers that datasets are to be put to a model: over a kill, an endpoint that is down, a budget that is spent. */
export async function markPending({ context, source }: Run, datasets: AsyncIterable<Uid>): Promise<void> {
  const { state } = context.stores;
  for await (const batch of everyBatch(datasets, batchSize))
    await state.putAll(
      kind,
      batch.map((uid) => ({ key: `${source.name}/${uid}`, body: null })),
    );
}

/** The datasets of the source that wait, in the order of their identity. */
export async function* pendingDatasets({ context, source }: Run): AsyncIterable<Uid> {
  const prefix = `${source.name}/`;
  for await (const { key } of everyPage((page) => context.stores.state.list(kind, { ...page, prefix }), batchSize))
    yield key.slice(prefix.length);
}

/** These were answered whole. */
export async function forgetPending({ context, source }: Run, datasets: readonly Uid[]): Promise<void> {
  const keys = datasets.map((uid) => `${source.name}/${uid}`);
  for (let at = 0; at < keys.length; at += batchSize)
    await context.stores.state.removeAll(kind, keys.slice(at, at + batchSize));
}
