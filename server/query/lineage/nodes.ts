import { createHash, randomBytes } from 'node:crypto';
import { printPath, type Uid } from '../../model/ids.ts';
import type { LineageNode } from '../../model/lineage-graph.ts';
import type { QueryContext } from '../context.ts';
import { datasetView } from '../entity-views.ts';
import { isVisible, readRecords } from '../entities.ts';
import { readJudged } from '../judged.ts';
import { fieldLabel } from '../labels.ts';
import { readSummaries } from '../summaries.ts';

/** A thing at a distance from the origin; upstream is negative. */
export interface Place {
  readonly uid: Uid;
  readonly depth: number;
}

const salt = randomBytes(16);

/** A key for what the viewer may not see: the same on every page of this process, and no way back to the thing. */
function hiddenKey(uid: Uid): string {
  return `hidden-${createHash('sha256').update(salt).update(uid).digest('hex').slice(0, 16)}`;
}

/** Nodes with the names, labels and states that people read, and the key by which edges name each thing. */
export async function readNodes(
  context: QueryContext,
  places: readonly Place[],
  n: number,
): Promise<{ readonly nodes: readonly LineageNode[]; readonly keyOf: ReadonlyMap<Uid, string> }> {
  const records = await readRecords(
    context,
    places.map(({ uid }) => uid),
    n,
  );
  const fields = [...records.values()].filter(({ kind }) => kind === 'field');
  const parents = await readRecords(
    context,
    fields.flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  const datasets = [...records.values()].filter(({ kind }) => kind === 'dataset').map(({ uid }) => uid);
  const [judged, summaries] = await Promise.all([
    readJudged(
      context,
      fields.map(({ uid }) => uid),
      n,
    ),
    readSummaries(context, datasets, n),
  ]);
  const summaryOf = new Map(datasets.map((uid, index) => [uid, summaries[index]]));
  const keyOf = new Map<Uid, string>();
  const nodes = places.map(({ uid, depth }): LineageNode => {
    const record = records.get(uid);
    const dataset = record?.kind === 'field' ? parents.get(record.parent ?? '') : record;
    if (record === undefined || dataset === undefined || !isVisible(context, dataset)) {
      keyOf.set(uid, hiddenKey(uid));
      return { key: hiddenKey(uid), depth, hidden: true, dataset: null, path: null, label: null, state: null };
    }
    keyOf.set(uid, uid);
    const { namespace, name, platform } = datasetView(dataset);
    const shown = { key: uid, depth, hidden: false, dataset: { uid: dataset.uid, name, namespace, platform } };
    if (record.kind === 'field') {
      const effective = judged.get(uid)?.effective ?? { state: 'GAP' as const, classifications: [] };
      return {
        ...shown,
        path: printPath(record.path ?? []),
        label: fieldLabel(effective, context.taxonomy),
        state: effective.state,
      };
    }
    const summary = summaryOf.get(uid);
    return { ...shown, path: null, label: summary?.label ?? null, state: summary?.state ?? 'GAP' };
  });
  return { nodes, keyOf };
}
