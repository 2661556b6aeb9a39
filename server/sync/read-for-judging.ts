import { appliesTogether } from '../model/applies.ts';
import type { Verdict } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import type { EvidenceRecord, GraphStore } from '../stores/graph/graph-store.ts';
import type { TagMaps } from './imported-verdicts.ts';
import type { ConfiguredSource } from './source.ts';
import { inOrder, type DescribedDataset } from './table-input.ts';
import { inBatches } from '../stores/in-batches.ts';

/** What judging some datasets needs of the graph. */
export interface ReadForJudging {
  /** The revision it was read at. */
  readonly n: number;
  readonly datasets: readonly {
    readonly described: DescribedDataset;
    readonly applies: Readonly<Record<string, string>>;
  }[];
  readonly evidence: Map<Uid, EvidenceRecord>;
  /** All verdicts on the datasets and their fields. */
  readonly verdicts: ReadonlyMap<Uid, readonly Verdict[]>;
  readonly tagMaps: TagMaps;
}

/** Reads datasets with their fields, evidence and standing verdicts as of a revision. */
export async function readForJudging(
  graph: GraphStore,
  n: number,
  sources: ReadonlyMap<string, ConfiguredSource>,
  uids: readonly Uid[],
): Promise<ReadForJudging> {
  const [datasets, fields] = await Promise.all([graph.get(uids, n), graph.fieldsOf(uids, n)]);
  const described: DescribedDataset[] = datasets.flatMap((dataset, i) =>
    dataset === null || dataset.assertions.length === 0 ? [] : [{ dataset, fields: inOrder(fields[i] ?? []) }],
  );
  const fieldUids = described.flatMap((each) => each.fields.map(({ uid }) => uid));
  const everything = [...fieldUids, ...described.map(({ dataset }) => dataset.uid)];
  return {
    n,
    datasets: described.map((each) => ({
      described: each,
      applies: appliesTogether(
        each.dataset.assertions.map(({ source }) => source),
        (source) => sources.get(source)?.applies,
      ),
    })),
    evidence: newestEvidence(await inBatches(fieldUids, (part) => graph.evidence(part, n))),
    verdicts: Map.groupBy(
      await inBatches(everything, (part) => graph.verdicts(part, n)),
      (verdict: Verdict) => verdict.field,
    ),
    tagMaps: tagMapsOf(sources),
  };
}

/** One record a field: where several sources looked at it, the one that looked at more rows. */
function newestEvidence(records: readonly EvidenceRecord[]): Map<Uid, EvidenceRecord> {
  const rows = ({ body }: EvidenceRecord): number => (body as { rowsSeen?: number }).rowsSeen ?? 0;
  const best = new Map<Uid, EvidenceRecord>();
  for (const record of [...records].sort((a, b) => (a.source < b.source ? -1 : 1))) {
    const before = best.get(record.field);
    if (before === undefined || rows(record) > rows(before)) best.set(record.field, record);
  }
  return best;
}

function tagMapsOf(sources: ReadonlyMap<string, ConfiguredSource>): TagMaps {
  return new Map([...sources.values()].map(({ name, tagMap }) => [name, tagMap ?? {}]));
}
