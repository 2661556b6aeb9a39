import { edgeWords, stateWords } from '../draw/words.ts';
import type { LineageGraph, LineageLink, LineageNode } from '../model/lineage-graph.ts';
import { countOf } from '../query/labels.ts';
import { distinctNames } from './distinct-names.ts';
import { vouchedWords } from './vouched-words.ts';

/** Steps of a lineage, at most. */
export const maxLineageDepth = 100;

type NameOf = (node: LineageNode) => string;

/** A lineage answer as lines: the origin, then each side by distance, every node with the edges by which it is reached. */
export function lineageLines(graph: LineageGraph, name: string): string[] {
  const nodes = new Map(graph.nodes.map((node) => [node.key, node]));
  const origin = nodes.get(graph.origin);
  const datasetName = distinctNames(graph.nodes.flatMap(({ dataset }) => dataset ?? []));
  const nameOf: NameOf = ({ dataset, path }) => {
    if (dataset === null) return '(hidden from you)';
    return path === null ? datasetName(dataset) : `${datasetName(dataset)}.${path}`;
  };
  const lines = [origin === undefined ? name : titleOf(origin, nameOf)];
  if (graph.direction !== 'DOWNSTREAM') lines.push(...sideLines(graph, nodes, 'upstream', nameOf));
  if (graph.direction !== 'UPSTREAM') lines.push(...sideLines(graph, nodes, 'downstream', nameOf));
  return [...lines, ...limitsOf(graph)];
}

function sideLines(
  graph: LineageGraph,
  nodes: ReadonlyMap<string, LineageNode>,
  side: 'upstream' | 'downstream',
  nameOf: NameOf,
): string[] {
  const sign = side === 'upstream' ? -1 : 1;
  const here = graph.nodes.filter((node) => node.depth * sign > 0).toSorted((a, b) => (a.depth - b.depth) * sign);
  const lines = [`${side}: ${here.length === 0 ? 'nothing known' : here.length}`];
  for (const node of here) {
    lines.push(`  ${Math.abs(node.depth)}  ${titleOf(node, nameOf)}`);
    const links = graph.edges.filter((edge) => (side === 'upstream' ? edge.from : edge.to) === node.key);
    for (const link of links) {
      const other = nodes.get(side === 'upstream' ? link.to : link.from);
      if (other === undefined || Math.abs(other.depth) > Math.abs(node.depth)) continue;
      lines.push(`       ${side === 'upstream' ? 'to' : 'from'} ${nameOf(other)}${wayOf(link)}`);
    }
  }
  return lines;
}

function titleOf(node: LineageNode, nameOf: NameOf): string {
  if (node.hidden) return '(hidden from you)';
  const state = node.state === null ? '' : stateWords[node.state];
  const words = node.label === null || node.label.toLowerCase() === state ? state : `${node.label}, ${state}`;
  return words === '' ? nameOf(node) : `${nameOf(node)}: ${words}`;
}

function wayOf(link: LineageLink): string {
  const parts = [
    ...(link.fn === '' ? [] : [`by ${link.fn}`]),
    ...(edgeWords(link) === null ? [] : [String(edgeWords(link))]),
    ...(link.vouched ?? []).map((one) => vouchedWords(one)),
    ...(link.job === null ? [] : [`in ${link.job.name}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** What shows more of a lineage that was cut short. */
function remedies({ nodes }: LineageGraph): Readonly<Record<'FIRST' | 'DEPTH' | 'BUDGET', string>> {
  const steps = Math.max(0, ...nodes.map(({ depth }) => Math.abs(depth)));
  const further = `beyond ${maxLineageDepth} steps, the most that are shown at once: ask again from the last thing above, or explain a field`;
  return {
    FIRST: '--first',
    DEPTH: steps < maxLineageDepth ? `beyond ${steps} steps: --depth` : further,
    BUDGET: '--depth (a smaller one)',
  };
}

function limitsOf(graph: LineageGraph): string[] {
  const lines: string[] = [];
  if (graph.truncated !== null) {
    const { reason, remaining } = graph.truncated;
    const more = remaining === null ? 'there is more' : `${remaining} more`;
    lines.push(`cut short: ${more} (${remedies(graph)[reason]})`);
  }
  if (graph.hiddenNodes > 0) lines.push(`hidden from you: ${graph.hiddenNodes}`);
  if (graph.unparsedStatements > 0)
    lines.push(
      `gap: ${countOf(graph.unparsedStatements, 'statement')} on the way ${graph.unparsedStatements === 1 ? 'was' : 'were'} not fully understood`,
    );
  return lines;
}
