import type { DatasetFindings, Findings, FoundField } from './findings.ts';
import type { LineageGraph, LineageNode } from '../../model/lineage-graph.ts';
import type { Query } from '../../query/query.ts';

/** One picture of the scan page: the gravest fields of one dataset, and everywhere they go. */
export interface Flow {
  readonly dataset: string;
  readonly graph: LineageGraph;
  readonly gravity: number;
  /** Other datasets that hold the gravest of it in clear, and those where nothing of it is in clear; the nearest first. */
  readonly reachesInClear: readonly string[];
  readonly reachesTreated: readonly string[];
  /** Sensitive fields of the dataset that were not followed, because the picture was full. */
  readonly leftOut: number;
}

/** Bounds of one picture: beyond them it is no longer read, only scrolled. */
const most = { flows: 12, candidates: 40, fields: 8, nodes: 70, depth: 20, looked: 24 } as const;

/** The most important flows: datasets whose sensitive fields go elsewhere, the gravest and the furthest first. `leftOut` were found and are not drawn. */
export async function readFlows(
  query: Query,
  n: number,
  findings: Findings,
): Promise<{ readonly flows: readonly Flow[]; readonly leftOut: number }> {
  const flows: Flow[] = [];
  const isClear = clearness(findings);
  for (const candidate of candidates(findings)) {
    const flow = await readFlow(query, n, candidate, isClear);
    if (flow !== null) flows.push(flow);
  }
  flows.sort((a, b) => importance(b) - importance(a) || (a.dataset < b.dataset ? -1 : 1));
  const all = withoutRepeats(flows);
  return { flows: all.slice(0, most.flows), leftOut: Math.max(0, all.length - most.flows) };
}

/** Leaves out a flow of which every place was drawn before: the middle of a chain is not news. */
function withoutRepeats(flows: readonly Flow[]): Flow[] {
  const kept: Flow[] = [];
  for (const flow of [...flows].sort((a, b) => b.graph.nodes.length - a.graph.nodes.length)) {
    const isPart = kept.some((other) => {
      const drawn = new Set(other.graph.nodes.map((node) => node.key));
      return flow.graph.nodes.every((node) => drawn.has(node.key));
    });
    if (!isPart) kept.push(flow);
  }
  return flows.filter((flow) => kept.includes(flow));
}

/** Datasets with fields that were judged sensitive themselves; the gravest first, those with many copies before others. */
function candidates(findings: Findings): readonly DatasetFindings[] {
  const copies = new Map<string, number>();
  for (const { view } of findings.datasets.flatMap((one) => one.fields))
    for (const { origin } of view.classifications)
      if (origin?.dataset !== null && origin?.dataset !== undefined)
        copies.set(origin.dataset, (copies.get(origin.dataset) ?? 0) + 1);
  const weight = ({ dataset, fields }: DatasetFindings): number =>
    Math.max(...fields.filter((field) => field.isOrigin).map((field) => field.gravity)) * 1000 +
    Math.min(copies.get(dataset.uid) ?? 0, 999);
  return findings.datasets
    .filter((one) => one.fields.some((field) => field.isOrigin))
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, most.candidates);
}

/** Whether a field holds one of the categories in clear. One that is not listed is taken to: the cautious answer. */
function clearness(findings: Findings): (uid: string, categories: readonly string[]) => boolean {
  const known = new Map(
    findings.datasets.flatMap((one) => one.fields.map(({ view }) => [view.uid, view.classifications] as const)),
  );
  return (uid, categories) =>
    known
      .get(uid)
      ?.some((one) => one.treatment === 'clear' && one.derived === null && categories.includes(one.category)) ?? true;
}

async function readFlow(
  query: Query,
  n: number,
  { dataset, fields }: DatasetFindings,
  isClear: (uid: string, categories: readonly string[]) => boolean,
): Promise<Flow | null> {
  const origins = fields.filter((field) => field.isOrigin).sort((a, b) => b.gravity - a.gravity);
  let merged: LineageGraph | null = null;
  const drawn: FoundField[] = [];
  let leftOut = 0;
  for (const [looked, field] of origins.entries()) {
    if (looked >= most.looked || drawn.length >= most.fields || (merged?.nodes.length ?? 0) >= most.nodes) {
      leftOut += 1;
      continue;
    }
    const graph = await query.lineage({
      origin: field.view.uid,
      direction: 'DOWNSTREAM',
      depth: most.depth,
      first: most.nodes,
      granularity: 'FIELD',
      includeIndirect: false,
      n,
    });
    if (graph.nodes.length < 2) continue;
    const joined: LineageGraph = merged === null ? graph : mergeFlows(merged, graph);
    if (merged !== null && joined.nodes.length > most.nodes * 1.5) {
      leftOut += 1;
      continue;
    }
    merged = joined;
    drawn.push(field);
  }
  if (merged === null) return null;
  const elsewhere = merged.nodes.filter((node) => node.dataset !== null && node.dataset.uid !== dataset.uid);
  const sensitive = elsewhere.filter((node) => node.state === 'SENSITIVE');
  const gravity = Math.max(...drawn.map((field) => field.gravity));
  // The headline names the gravest thing: in clear means that this very thing arrives in clear, not a lesser one beside it.
  const clear = datasetsOf(sensitive.filter((node) => isClear(node.key, categoriesOf(drawn, gravity))));
  const inClear = new Set(datasetsOf(sensitive.filter((node) => isClear(node.key, categoriesOf(drawn)))));
  const treated = datasetsOf(sensitive).filter((name) => !clear.includes(name) && !inClear.has(name));
  return {
    dataset: dataset.name,
    graph: merged,
    gravity,
    reachesInClear: clear,
    reachesTreated: treated,
    leftOut,
  };
}

/** What the fields hold; with `gravity` only what is that grave. */
function categoriesOf(fields: readonly FoundField[], gravity?: number): readonly string[] {
  const some = gravity === undefined ? fields : fields.filter((field) => field.gravity === gravity);
  return some.flatMap((field) => field.view.classifications.map((one) => one.category));
}

function datasetsOf(nodes: readonly LineageNode[]): readonly string[] {
  const near = [...nodes].sort(
    (a, b) => a.depth - b.depth || ((a.dataset?.name ?? '') < (b.dataset?.name ?? '') ? -1 : 1),
  );
  return [...new Set(near.flatMap((node) => node.dataset?.name ?? []))];
}

function importance({ gravity, reachesInClear, reachesTreated }: Flow): number {
  return gravity * 100 + Math.min(reachesInClear.length * 3 + reachesTreated.length, 99);
}

/** Two answers over one revision as one: what is in both is there once, at its nearest. */
export function mergeFlows(a: LineageGraph, b: LineageGraph): LineageGraph {
  const nodes = new Map(a.nodes.map((node) => [node.key, node]));
  for (const node of b.nodes) {
    const known = nodes.get(node.key);
    if (known === undefined || Math.abs(node.depth) < Math.abs(known.depth)) nodes.set(node.key, node);
  }
  const edges = new Map([...a.edges, ...b.edges].map((edge) => [JSON.stringify(edge), edge]));
  const remaining = [a.truncated, b.truncated].flatMap((one) => one ?? []);
  return {
    ...a,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    truncated: remaining[0] === undefined ? null : { ...remaining[0], remaining: null },
    hiddenNodes: [...nodes.values()].filter((node) => node.hidden).length,
    unparsedStatements: Math.max(a.unparsedStatements, b.unparsedStatements),
    endCursor: null,
  };
}
