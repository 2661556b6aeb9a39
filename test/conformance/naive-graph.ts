import type { Uid } from '../../server/model/ids.ts';
import type { LineageEdge } from '../../server/model/edge.ts';
import type { Direction, GraphDocument } from '../../server/stores/graph/graph-store.ts';

/** What a source does to the graph. */
export type Action =
  | { readonly type: 'assert'; readonly source: string; readonly scope: string; readonly document: GraphDocument }
  | { readonly type: 'retire'; readonly source: string; readonly uid: Uid };

/** The plainest thing that could be right: per source, the documents that stand. */
export class NaiveGraph {
  readonly documents: Map<string, Extract<Action, { type: 'assert' }>>;

  constructor(documents: Iterable<readonly [string, Extract<Action, { type: 'assert' }>]> = []) {
    this.documents = new Map(documents);
  }

  copy(): NaiveGraph {
    return new NaiveGraph(this.documents);
  }

  apply(action: Action): void {
    const key = `${action.source} ${action.type === 'assert' ? action.document.uid : action.uid}`;
    if (action.type === 'assert') this.documents.set(key, action);
    else this.documents.delete(key);
  }

  /** Things that at least one source asserts, with those sources. */
  alive(): Map<Uid, readonly string[]> {
    const found = new Map<Uid, readonly string[]>();
    for (const { source, document } of this.documents.values())
      for (const { uid } of document.entities) found.set(uid, [...new Set([...(found.get(uid) ?? []), source])].sort());
    return found;
  }

  /** Edges with their source; two sources that say the same are two. */
  edges(): (LineageEdge & { readonly source: string })[] {
    return [...this.documents.values()].flatMap(({ source, document }) =>
      document.edges.map((edge) => ({ ...edge, source })),
    );
  }

  /** Everything that values reach from a field, with the number of hops. */
  walk(from: Uid, direction: Direction, depth: number): Map<Uid, number> {
    const edges = this.edges().map(({ from: a, to: b }) => (direction === 'downstream' ? [a, b] : [b, a]));
    const reached = new Map<Uid, number>([[from, 0]]);
    for (let degree = 1; degree <= depth; degree++)
      for (const [a = '', b = ''] of edges)
        if (reached.get(a) === degree - 1 && !reached.has(b)) reached.set(b, degree);
    reached.delete(from);
    return reached;
  }

  /** The same nearest first: in the order of what they were reached from, then by uid, each with that neighbour. */
  orderedWalk(from: readonly Uid[], direction: Direction, depth: number): (readonly [Uid, number, Uid])[] {
    const edges = this.edges().map(({ from: a, to: b }) => (direction === 'downstream' ? [a, b] : [b, a]));
    const hits: (readonly [Uid, number, Uid])[] = [];
    const seen = new Set(from);
    let layer = [...seen];
    for (let degree = 1; degree <= depth; degree++) {
      const next: Uid[] = [];
      for (const via of layer)
        for (const uid of edges.flatMap(([a, b = '']) => (a === via ? [b] : [])).sort()) {
          if (seen.has(uid)) continue;
          seen.add(uid);
          next.push(uid);
          hits.push([uid, degree, via]);
        }
      layer = next;
    }
    return hits;
  }

  /** Of all shortest ways the first in the order of texts, each way its uids joined. */
  firstShortest(from: Uid, to: Uid): string | null {
    const edges = this.edges();
    let ways = [from];
    for (let length = 1; length <= edges.length; length++) {
      const at = (way: string) => way.slice(-from.length);
      ways = ways.flatMap((way) => edges.flatMap((edge) => (edge.from === at(way) ? [`${way} ${edge.to}`] : [])));
      // Of many ways to one thing only the first can go on as the first.
      ways = [
        ...new Map(
          ways
            .sort()
            .reverse()
            .map((way) => [at(way), way]),
        ).values(),
      ];
      const found = ways.filter((way) => at(way) === to).sort()[0];
      if (found !== undefined) return found;
    }
    return null;
  }

  facts(): string[] {
    const found = new Set<string>();
    for (const [uid, sources] of this.alive()) for (const source of sources) found.add(`${uid} ${source}`);
    for (const { from, to, source } of this.edges()) found.add(`${from} ${to} ${source}`);
    return [...found].sort();
  }
}
