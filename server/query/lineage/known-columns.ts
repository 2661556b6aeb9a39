import { directKinds } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import type { LineageLink } from '../../model/lineage-graph.ts';
import { inBatches } from '../../stores/in-batches.ts';
import type { QueryContext } from '../context.ts';
import { readEdges } from './read-edges.ts';

/** Fields whose edges are looked at to say how many columns flow; with more nothing is said of columns. */
const maxFields = 50_000;

/** Edges between datasets with the number of pairs of columns that are known to flow by the same job. */
export async function withColumns(
  context: QueryContext,
  links: readonly LineageLink[],
  n: number,
): Promise<readonly LineageLink[]> {
  const datasets = [...new Set(links.flatMap(({ from, to }) => [from, to]))].filter((key) =>
    /^[0-9a-f]{32}$/u.test(key),
  );
  const shown = new Set(datasets);
  const fields = await inBatches(datasets, (batch) => context.graph.fieldsOf(batch, n));
  const datasetOf = new Map(fields.flatMap((own, at) => own.map(({ uid }) => [uid, datasets[at] ?? ''] as const)));
  const unsaid = links.map((link): LineageLink => ({ ...link, columns: null }));
  if (datasetOf.size > maxFields) return unsaid;
  const targets = new Set(links.map(({ to }) => to));
  const { edges, whole } = await readEdges(context, {
    uids: [...datasetOf].flatMap(([uid, dataset]) => (targets.has(dataset) ? [uid] : [])),
    direction: 'upstream',
    kinds: directKinds,
    n,
    keep: ({ from }) => datasetOf.has(from),
  });
  if (!whole) return unsaid;
  const flows = new Map<string, Set<string>>();
  for (const { from, to, job } of edges) {
    const key = flowKey(datasetOf.get(from) ?? '', datasetOf.get(to) ?? '', job);
    const known = flows.get(key);
    if (known === undefined) flows.set(key, new Set([`${from} ${to}`]));
    else known.add(`${from} ${to}`);
  }
  return links.map((link) => {
    // Whose job may not be seen is counted with none.
    const isHidden = !shown.has(link.from) || !shown.has(link.to);
    const known = flows.get(flowKey(link.from, link.to, link.job?.uid ?? null));
    return { ...link, columns: known?.size ?? (isHidden || link.job === null ? null : 0) };
  });
}

function flowKey(from: Uid, to: Uid, job: Uid | null): string {
  return JSON.stringify([from, to, job]);
}
