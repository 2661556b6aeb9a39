import { LexlineError } from '../../base/errors.ts';
import type { EdgeKind } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import type { LineageGraph, LineageNode } from '../../model/lineage-graph.ts';
import type { Direction, EdgeRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';
import { mayReadStatements } from '../edge-statements.ts';
import { readRecords } from '../entities.ts';
import type { LineageRequest } from '../query.ts';
import { collectWalk, fieldKinds, type CollectedWalk } from './collect-walk.ts';
import { readJobsOnTheWay } from './jobs-on-the-way.ts';
import { decodeLineageCursor, encodeLineageCursor } from './lineage-cursor.ts';
import { linksOf, projectLinks } from './links.ts';
import { readNodes, type Place } from './nodes.ts';
import { readEdges } from './read-edges.ts';
import { readStarts, type Starts } from './starts.ts';
import { withColumns } from './known-columns.ts';

/**
 * What lies up and down the stream of a field or dataset, with names, labels and states. The first page also holds the
 * origin at depth 0; a later page holds the next nodes and their edges to everything seen so far. Fails with NOT_FOUND, and
 * with INPUT_INVALID for a cursor of another request or a depth out of range.
 */
export async function readLineage(context: QueryContext, request: LineageRequest): Promise<LineageGraph> {
  checkRequest(request);
  const { origin, n, granularity } = request;
  const offset = offsetOf(request);
  const starts = await readStarts(context, origin, n);
  const byDataset = granularity === 'DATASET' && starts.record.kind === 'dataset';
  const kinds: readonly EdgeKind[] = byDataset ? ['DATASET'] : fieldKinds(request.includeIndirect);
  const from = startsOf(request, starts, byDataset);

  const directions = directionsOf(request);
  const until = offset + request.first;
  const walks = await Promise.all(
    directions.map(async (direction) => ({
      direction,
      ...(await collectWalk(context, { from, direction, depth: request.depth, kinds, n }, until)),
    })),
  );
  const ordered = mergeWalks(from, walks);
  const page = ordered.slice(offset, until);
  const shown: readonly Place[] = offset === 0 ? [...from.map((uid) => ({ uid, depth: 0 })), ...page] : page;
  const visited = new Set<Uid>([...from, ...ordered.slice(0, until).map(({ uid }) => uid)]);
  const { edges, whole } = await edgesAmong(context, shown, visited, offset > 0, kinds, n);

  const { nodes, keyOf } = await readNodes(context, shown, n);
  const earlier = ordered.slice(0, offset).map(({ uid }) => uid);
  const keys = offset === 0 ? keyOf : new Map([...(await keysOf(context, [...from, ...earlier], n)), ...keyOf]);
  const datasets = await datasetsOf(context, shown, n);
  const { jobs, unparsedStatements } = await readJobsOnTheWay(
    context,
    edges.flatMap(({ job }) => (job === null ? [] : [job])),
    [...new Set(datasets.values())],
    directions,
    n,
  );
  const vouched = await context.vouched(n);
  const mayRead = mayReadStatements(context);
  const plain = linksOf(context, edges, jobs, keys, vouched, mayRead);
  const links = byDataset ? await withColumns(context, plain, n) : plain;
  const truncated = truncation(walks, ordered.length, until, whole);
  const more = ordered.length > until || walks.some((walk) => walk.truncated?.reason === 'first');
  const graph: LineageGraph = {
    origin,
    direction: request.direction,
    granularity,
    nodes,
    edges: links,
    truncated,
    hiddenNodes: nodes.filter(({ hidden }) => hidden).length,
    unparsedStatements,
    endCursor: more ? encodeLineageCursor(request, n, until) : null,
  };
  if (granularity === 'FIELD' || byDataset) return graph;
  return projectToDatasets(context, graph, [...from, ...earlier], n);
}

function checkRequest({ depth, first }: LineageRequest): void {
  if (!Number.isInteger(depth) || depth < 1 || depth > 100)
    throw new LexlineError('INPUT_INVALID', `[query] depth ${depth}: must be a whole number from 1 to 100`);
  if (!Number.isInteger(first) || first < 1 || first > 10_000)
    throw new LexlineError('INPUT_INVALID', `[query] first ${first}: must be a whole number from 1 to 10000`);
}

function offsetOf(request: LineageRequest): number {
  if (request.after === undefined) return 0;
  const cursor = decodeLineageCursor(request, request.after);
  if (cursor.n === request.n) return cursor.offset;
  throw new LexlineError('INPUT_INVALID', `[query] the cursor belongs to revision ${cursor.n}, not to ${request.n}`);
}

function directionsOf({ direction }: LineageRequest): readonly Direction[] {
  if (direction === 'BOTH') return ['downstream', 'upstream'];
  return direction === 'UPSTREAM' ? ['upstream'] : ['downstream'];
}

/** A dataset without known columns, or asked for as a whole, stands for itself. Indirect edges end at datasets, so what steers a field's rows ends at its own. */
function startsOf(request: LineageRequest, { dataset, fields }: Starts, byDataset: boolean): readonly Uid[] {
  if (byDataset || fields.length === 0) return [request.origin];
  const steered = request.includeIndirect && request.direction !== 'DOWNSTREAM' && dataset !== null;
  return steered ? [...fields, dataset.uid] : fields;
}

/** The nearest first; at the same distance downstream before upstream; what is reached both ways once. */
function mergeWalks(
  from: readonly Uid[],
  walks: readonly (CollectedWalk & { readonly direction: Direction })[],
): readonly Place[] {
  const places = walks.flatMap(({ direction, hits }) =>
    hits.map(({ uid, degree }) => ({ uid, depth: direction === 'upstream' ? -degree : degree })),
  );
  if (walks.length > 1) places.sort((a, b) => Math.abs(a.depth) - Math.abs(b.depth) || b.depth - a.depth);
  const seen = new Set(from);
  return places.filter(({ uid }) => {
    if (seen.has(uid)) return false;
    seen.add(uid);
    return true;
  });
}

/** Edges between what is shown and what was visited. Each side is asked where fan-out is small: at the far end of the walk. */
async function edgesAmong(
  context: QueryContext,
  shown: readonly Place[],
  visited: ReadonlySet<Uid>,
  later: boolean,
  kinds: readonly EdgeKind[],
  n: number,
): Promise<{ readonly edges: readonly EdgeRecord[]; readonly whole: boolean }> {
  const keep = (edge: EdgeRecord) => visited.has(edge.from) && visited.has(edge.to);
  const far = (direction: Direction) =>
    shown.filter(({ depth }) => (direction === 'upstream' ? depth > 0 : depth < 0)).map(({ uid }) => uid);
  const all = shown.map(({ uid }) => uid);
  const [into, out] = await Promise.all([
    readEdges(context, { uids: later ? all : far('upstream'), direction: 'upstream', kinds, n, keep }),
    readEdges(context, { uids: later ? all : far('downstream'), direction: 'downstream', kinds, n, keep }),
  ]);
  return { edges: [...into.edges, ...out.edges], whole: into.whole && out.whole };
}

async function keysOf(context: QueryContext, uids: readonly Uid[], n: number): Promise<ReadonlyMap<Uid, string>> {
  const places = uids.map((uid) => ({ uid, depth: 0 }));
  return (await readNodes(context, places, n)).keyOf;
}

async function datasetsOf(context: QueryContext, places: readonly Place[], n: number): Promise<ReadonlyMap<Uid, Uid>> {
  const records = await readRecords(
    context,
    places.map(({ uid }) => uid),
    n,
  );
  return new Map([...records.values()].map(({ uid, kind, parent }) => [uid, kind === 'field' ? (parent ?? uid) : uid]));
}

function truncation(
  walks: readonly CollectedWalk[],
  found: number,
  until: number,
  whole: boolean,
): LineageGraph['truncated'] {
  const reasons = walks.flatMap(({ truncated }) => (truncated === null ? [] : [truncated]));
  const cut = reasons.filter(({ reason }) => reason === 'first');
  if (found > until || cut.length > 0) {
    const beyond = Math.max(0, found - until);
    const unknown = cut.some(({ remaining }) => remaining === null);
    return {
      reason: 'FIRST',
      remaining: unknown ? null : beyond + cut.reduce((sum, { remaining }) => sum + (remaining ?? 0), 0),
    };
  }
  const budget = reasons.find(({ reason }) => reason === 'budget');
  if (budget !== undefined || !whole) return { reason: 'BUDGET', remaining: budget?.remaining ?? null };
  const depth = reasons.find(({ reason }) => reason === 'depth');
  return depth === undefined ? null : { reason: 'DEPTH', remaining: depth.remaining };
}

/** A field's lineage seen as datasets: each dataset once, where it is first met. */
async function projectToDatasets(
  context: QueryContext,
  graph: LineageGraph,
  earlier: readonly Uid[],
  n: number,
): Promise<LineageGraph> {
  const datasetOf = new Map<string, string>();
  const depthOf = new Map<Uid, number>();
  const before = await readNodes(
    context,
    earlier.map((uid) => ({ uid, depth: 0 })),
    n,
  );
  const seen = new Set<string>();
  const place = (node: LineageNode) => node.dataset?.uid ?? node.key;
  for (const node of before.nodes) datasetOf.set(node.key, place(node));
  const hidden: LineageNode[] = [];
  for (const node of graph.nodes) {
    datasetOf.set(node.key, place(node));
    if (node.dataset === null) hidden.push(node);
    else if (!depthOf.has(node.dataset.uid)) depthOf.set(node.dataset.uid, node.depth);
  }
  if (graph.nodes.every(({ depth }) => depth !== 0)) for (const node of before.nodes) seen.add(place(node));
  const { nodes } = await readNodes(
    context,
    [...depthOf].filter(([uid]) => !seen.has(uid)).map(([uid, depth]) => ({ uid, depth })),
    n,
  );
  return { ...graph, nodes: [...nodes, ...hidden], edges: projectLinks(graph.edges, datasetOf) };
}
