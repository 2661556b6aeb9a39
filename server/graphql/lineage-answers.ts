import { drawMermaid } from '../draw/mermaid.ts';
import { drawSvg } from '../draw/svg.ts';
import type { Uid } from '../model/ids.ts';
import { decodeLineageCursor } from '../query/lineage/lineage-cursor.ts';
import { checkFirst } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { DiagramFormat, LineageDirection, LineageGranularity, ResolversTypes } from './generated.ts';
import { jobsAsNodes } from './jobs-as-nodes.ts';
import type { LineageParent } from './parents.ts';

/** Most nodes of one answer. */
const maxNodes = 1000;

interface WalkArguments {
  readonly direction: LineageDirection;
  readonly depth: number;
  readonly first: number;
  readonly granularity: LineageGranularity;
  readonly includeIndirect: boolean;
}

/** A page of a lineage; a cursor decides the revision, so that later pages show the world of the first. */
export async function readLineagePage(
  context: GraphqlContext,
  n: number,
  origin: Uid,
  args: WalkArguments & { readonly after?: string | null; readonly throughJobs: boolean },
): Promise<LineageParent> {
  checkFirst(args.first, maxNodes);
  const { after, throughJobs, ...walk } = args;
  const request = { origin, ...walk };
  const at = typeof after === 'string' ? { n: decodeLineageCursor(request, after).n, after } : { n };
  const graph = await context.query.lineage({ ...request, ...at });
  return { n: at.n, graph: throughJobs ? jobsAsNodes(graph) : graph };
}

/** The same as a picture. Its links lead to our pages. */
export async function readDiagram(
  context: GraphqlContext,
  n: number,
  origin: Uid,
  args: WalkArguments & { readonly format: DiagramFormat },
): Promise<Awaited<ResolversTypes['LineageDiagram']>> {
  checkFirst(args.first, maxNodes);
  const { format, ...walk } = args;
  const graph = await context.query.lineage({ origin, n, ...walk });
  return {
    format,
    content: format === 'SVG' ? drawSvg(graph, { as: 'file' }) : drawMermaid(graph),
    truncated: graph.truncated,
    hiddenNodes: graph.hiddenNodes,
    unparsedStatements: graph.unparsedStatements,
  };
}
