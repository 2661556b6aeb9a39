import { isDirect, isIndirect } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import type { LineageLink } from '../../model/lineage-graph.ts';
import { maySee } from '../../access/viewer.ts';
import type { EdgeRecord, EntityRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';
import type { VouchedFunctions } from '../../model/vouched-functions.ts';
import { isVisible } from '../entities.ts';

/**
 * Edges as an answer shows them: between the keys of its nodes, with the job's name where the viewer may see it, and with what
 * functions do by the rules of the revision.
 */
export function linksOf(
  context: QueryContext,
  edges: readonly EdgeRecord[],
  jobs: ReadonlyMap<Uid, EntityRecord>,
  keyOf: ReadonlyMap<Uid, string>,
  vouched: VouchedFunctions,
  mayRead: boolean,
): readonly LineageLink[] {
  const links = new Map<string, LineageLink>();
  for (const edge of edges) {
    const from = keyOf.get(edge.from);
    const to = keyOf.get(edge.to);
    if (from === undefined || to === undefined) continue;
    const job = edge.job === null ? undefined : jobs.get(edge.job);
    const seesSource = maySee(context.scope, [edge.source]);
    links.set(JSON.stringify([from, to, edge.kind, edge.job, edge.fn, edge.source]), {
      from,
      to,
      kind: isDirect(edge.kind) ? 'DIRECT' : isIndirect(edge.kind) ? 'INDIRECT' : 'DATASET',
      transformation: edge.kind,
      fn: edge.fn,
      effect: vouched.effectOf(edge),
      vouched: vouched.on(edge),
      masking: edge.masking,
      confidence: edge.confidence,
      job: job === undefined || !isVisible(context, job) ? null : { uid: job.uid, name: job.name },
      assertedBy: seesSource ? edge.source : '(hidden)',
      fromSql: edge.statement !== null,
      statement: mayRead ? edge.statement : null,
    });
  }
  return [...links.values()];
}

/** Edges of fields as edges of their datasets: one per pair and job, masked only where every column is. */
export function projectLinks(
  links: readonly LineageLink[],
  datasetOf: ReadonlyMap<string, string>,
): readonly LineageLink[] {
  const projected = new Map<string, LineageLink>();
  for (const link of links) {
    const from = datasetOf.get(link.from);
    const to = datasetOf.get(link.to);
    if (from === undefined || to === undefined || from === to) continue;
    const key = JSON.stringify([from, to, link.job?.uid, link.assertedBy]);
    const before = projected.get(key);
    const counted = link.kind === 'DIRECT' ? (before?.columns ?? 0) + 1 : before?.columns;
    const columns = counted ?? (link.kind === 'DATASET' ? 0 : null);
    projected.set(key, {
      ...link,
      from,
      to,
      kind: 'DATASET',
      transformation: 'DATASET',
      fn: '',
      effect: 'unknown',
      vouched: [],
      columns,
      statement: null,
      masking: (before?.masking ?? true) && link.masking,
      confidence: Math.max(before?.confidence ?? 0, link.confidence),
    });
  }
  return [...projected.values()];
}
