import type { LineageAnswer } from './answers.ts';
import type { EdgeKind } from '../../server/model/edge.ts';
import type { Effect } from '../../server/model/treatment.ts';
import type { LineageGraph, LineageLink, LineageNode } from '../../server/model/lineage-graph.ts';

/** How a lineage is looked at; kept in the address. */
export interface LineageChoice {
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';
  readonly depth: number;
  readonly granularity: 'FIELD' | 'DATASET';
  readonly includeIndirect: boolean;
}

/** Reads the choices from the address; anything odd falls back. */
export function readChoice(options: Readonly<Record<string, string>>): LineageChoice {
  const direction = options['direction'];
  const depth = Number(options['depth']);
  return {
    direction: direction === 'UPSTREAM' || direction === 'DOWNSTREAM' ? direction : 'BOTH',
    depth: Number.isInteger(depth) && depth >= 1 && depth <= 20 ? depth : 3,
    granularity: options['by'] === 'dataset' ? 'DATASET' : 'FIELD',
    includeIndirect: options['indirect'] === 'yes',
  };
}

/** An answer of the API as the drawing room takes it. Nodes are named by their global ids, so that they can be linked to. */
export function toGraph(answer: LineageAnswer, origin: string, choice: LineageChoice): LineageGraph {
  const ids = new Map(answer.nodes.map((node) => [node.key, node.field?.id ?? node.dataset?.id ?? node.key]));
  const idOf = (key: string): string => ids.get(key) ?? key;
  return {
    origin,
    direction: choice.direction,
    granularity: choice.granularity,
    nodes: answer.nodes.map((node): LineageNode => ({
      key: idOf(node.key),
      depth: node.depth,
      hidden: node.hidden,
      dataset:
        node.dataset === null
          ? null
          : {
              uid: node.dataset.id,
              name: node.dataset.name,
              namespace: node.dataset.namespace,
              platform: node.dataset.platform,
            },
      path: node.field?.path ?? null,
      label: node.label,
      state: node.state,
    })),
    edges: answer.edges.map((edge): LineageLink => ({
      from: idOf(edge.from),
      to: idOf(edge.to),
      kind: edge.kind === 'INDIRECT' || edge.kind === 'DATASET' ? edge.kind : 'DIRECT',
      transformation: edge.transformation as EdgeKind,
      fn: edge.function,
      effect: edge.effect.toLowerCase().replaceAll('_', '-') as Effect,
      masking: edge.masking,
      confidence: edge.confidence,
      job: edge.job === null ? null : { uid: edge.job.id, name: edge.job.name },
      assertedBy: edge.assertedBy.name,
    })),
    truncated: answer.truncated,
    hiddenNodes: answer.hiddenNodes,
    unparsedStatements: answer.unparsedStatements,
    endCursor: answer.endCursor,
  };
}

/** Puts a further page of nodes to those that are shown. What is left over is what the newest page says. */
export function appendPage(shown: LineageAnswer, page: LineageAnswer): LineageAnswer {
  const known = new Set(shown.nodes.map((node) => node.key));
  const edges = new Map([...shown.edges, ...page.edges].map((edge) => [JSON.stringify(edge), edge]));
  return {
    ...page,
    nodes: [...shown.nodes, ...page.nodes.filter((node) => !known.has(node.key))],
    edges: [...edges.values()],
    hiddenNodes: shown.hiddenNodes + page.nodes.filter((node) => node.hidden && !known.has(node.key)).length,
    unparsedStatements: Math.max(shown.unparsedStatements, page.unparsedStatements),
  };
}
