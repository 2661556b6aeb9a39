import type { Uid } from '../../model/ids.ts';
import { printPath } from '../../model/ids.ts';
import type { FieldFlow } from '../../query/flows.ts';
import type { Query } from '../../query/query.ts';
import type { Survey } from '../survey/survey.ts';

/** One flow of a report, with the number by which its other sections speak of it. */
export interface NumberedFlow {
  /** `F1`, `F2` … in the order of the names of its ends. */
  readonly id: string;
  readonly flow: FieldFlow;
  /** `shop.orders.email`; words where the viewer may not see it. */
  readonly from: string;
  readonly to: string;
}

export interface NumberedFlows {
  readonly flows: readonly NumberedFlow[];
  /** Numbers of the flows that enter a field. */
  into(field: Uid): readonly string[];
  outOf(field: Uid): readonly string[];
}

const hidden = '(a field that you may not see)';

/** Every direct flow that leaves or enters the given fields, each once. */
export async function readNumberedFlows(
  query: Query,
  n: number,
  survey: Survey,
  fields: readonly Uid[],
): Promise<NumberedFlows> {
  const both = [
    ...(await query.fieldFlows(fields, 'downstream', n)),
    ...(await query.fieldFlows(fields, 'upstream', n)),
  ];
  const unique = new Map(
    both.map((flow) => [JSON.stringify([flow.from, flow.to, flow.fn, flow.kind, flow.job, flow.source]), flow]),
  );
  const names = await namesOfEnds(query, n, survey, [...unique.values()]);
  const nameOf = (uid: Uid | null): string => (uid === null ? hidden : (names.get(uid) ?? hidden));
  const flows = [...unique]
    .map(([key, flow]) => ({ key, flow, from: nameOf(flow.from), to: nameOf(flow.to) }))
    .toSorted((a, b) => order(a.from, b.from) || order(a.to, b.to) || order(a.key, b.key))
    .map(({ flow, from, to }, index): NumberedFlow => ({ id: `F${String(index + 1)}`, flow, from, to }));
  const into = Map.groupBy(flows, ({ flow }) => flow.to);
  const outOf = Map.groupBy(flows, ({ flow }) => flow.from);
  return {
    flows,
    into: (field) => (into.get(field) ?? []).map(({ id }) => id),
    outOf: (field) => (outOf.get(field) ?? []).map(({ id }) => id),
  };
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

async function namesOfEnds(
  query: Query,
  n: number,
  survey: Survey,
  flows: readonly FieldFlow[],
): Promise<ReadonlyMap<Uid, string>> {
  const ends = [...new Set(flows.flatMap(({ from, to }) => [from, to].filter((uid) => uid !== null)))];
  const datasets = [
    ...new Set(flows.flatMap(({ fromDataset, toDataset }) => [fromDataset, toDataset].filter((uid) => uid !== null))),
  ];
  const [fields, views] = await Promise.all([query.fieldsByUid(ends, n), query.datasetsByUid(datasets, n)]);
  const datasetNames = new Map(
    datasets.map((uid, index) => [uid, survey.datasets.get(uid)?.view.name ?? views[index]?.name ?? null]),
  );
  return new Map(
    fields.flatMap((field, index) => {
      const name = field === null ? undefined : datasetNames.get(field.dataset);
      return field === null || name === undefined || name === null
        ? []
        : [[ends[index] ?? '', `${name}.${printPath(field.path)}`] as const];
    }),
  );
}

/** What a flow does to the value, in the words of reports. */
export function flowWords({ effect, fn, masking }: FieldFlow): string {
  const words: Record<FieldFlow['effect'], string> = {
    keep: 'unchanged',
    partial: 'a part remains',
    hash: 'hashed',
    'keyed-hash': 'hashed under a key',
    encrypt: 'encrypted',
    tokenise: 'replaced by a token',
    mask: 'masked',
    aggregate: 'aggregated',
    count: 'counted',
    drop: 'nothing remains',
    unknown: 'unknown function, counts as unchanged',
    decrypt: 'decrypted: in clear where it was encrypted',
    detokenise: 'the value behind a token: in clear where it was one',
  };
  return `${words[effect]}${fn === '' ? '' : ` (${fn})`}${masking && effect === 'keep' ? ', the source says masked' : ''}`;
}
