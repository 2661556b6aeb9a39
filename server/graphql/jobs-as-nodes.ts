import type { LineageGraph, LineageLink } from '../model/lineage-graph.ts';
import type { LineageParent, ShownNode } from './parents.ts';

/**
 * The same answer with jobs as nodes of their own: an edge through a job becomes one into it and one out of it. A job stands
 * at the depth of the nearest node that it writes (downstream) or reads (upstream).
 */
export function jobsAsNodes(graph: LineageGraph): LineageParent['graph'] {
  const depthOf = new Map(graph.nodes.map(({ key, depth }) => [key, depth]));
  const jobs = new Map<string, ShownNode>();
  const edges = new Map<string, LineageLink>();
  for (const link of graph.edges) {
    const { job } = link;
    if (job === null) {
      edges.set(JSON.stringify([link.from, link.to, link.transformation, link.assertedBy]), link);
      continue;
    }
    const ends = [depthOf.get(link.from), depthOf.get(link.to)].filter((depth) => depth !== undefined);
    const depth = ends.reduce((far, one) => (Math.abs(one) > Math.abs(far) ? one : far), 0);
    const known = jobs.get(job.uid);
    if (known === undefined || Math.abs(depth) < Math.abs(known.depth))
      jobs.set(job.uid, {
        key: job.uid,
        depth,
        hidden: false,
        dataset: null,
        path: null,
        label: job.name,
        state: null,
        job: { uid: job.uid },
      });
    edges.set(JSON.stringify([link.from, job.uid]), { ...link, to: job.uid, statement: null });
    edges.set(JSON.stringify([job.uid, link.to, link.transformation, link.fn]), {
      ...link,
      from: job.uid,
      statement: null,
    });
  }
  return { ...graph, nodes: [...graph.nodes, ...jobs.values()], edges: [...edges.values()] };
}
