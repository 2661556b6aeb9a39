import { createBatchWriter } from '../stores/graph/batch-writer.ts';
import type { GraphStore, OpenRevision } from '../stores/graph/graph-store.ts';
import type { Uid } from '../model/ids.ts';
import { createDocumentBuilder, type BuiltDocument, type NamedEntity } from './graph-document.ts';
import { namedOf, type Staged } from './stage.ts';

/** Things that edges name are looked up in the graph this many at a time. */
const lookUpSize = 1000;

/**
 * Writes the staged documents that differ and retires others, in the open revision. Applying it twice is applying it once,
 * so a killed write begins again here. Things that edges point at and nobody describes are named first.
 */
export async function writeDocuments(options: {
  readonly graph: Pick<GraphStore, 'apply' | 'get'>;
  readonly open: OpenRevision;
  readonly source: string;
  readonly staged: AsyncIterable<Staged>;
  readonly retire: readonly Uid[];
  /** Called between batches: renews leases, reports progress. */
  readonly between: (written: number) => Promise<void>;
}): Promise<void> {
  const { graph, open, source } = options;
  const builder = createDocumentBuilder();
  let documents = 0;
  const writer = createBatchWriter(graph, open, () => options.between(documents));
  const known = new Set<Uid>();
  let waiting: BuiltDocument[] = [];
  let refersTo = new Map<Uid, NamedEntity>();

  const release = async (scopes: readonly string[]): Promise<void> => {
    const strangers = await notInGraph(graph, [...refersTo.values()], open.n);
    for (const uid of refersTo.keys()) known.add(uid);
    refersTo = new Map();
    // A field's dataset before the field.
    for (const entity of strangers.sort((a, b) => (a.kind < b.kind ? -1 : 1)))
      await writer.add({ type: 'name', entity });
    for (const [i, { document }] of waiting.entries()) {
      documents += 1;
      const rows = document.entities.length + document.edges.length + 1;
      await writer.add({ type: 'assert', source, scope: scopes[i] ?? '', document }, rows);
    }
    waiting = [];
  };

  let scopes: string[] = [];
  for await (const staged of options.staged) {
    if (staged.state !== 'differs') continue;
    const built = builder.build(namedOf(staged), staged.digest);
    waiting.push(built);
    scopes.push(staged.scope);
    for (const { uid } of built.document.entities) known.add(uid);
    for (const entity of built.refersTo) if (!known.has(entity.uid)) refersTo.set(entity.uid, entity);
    if (waiting.length < 100 && refersTo.size < lookUpSize) continue;
    await release(scopes);
    scopes = [];
  }
  await release(scopes);
  for (const uid of options.retire) await writer.add({ type: 'retire', source, uid }, 20);
  await writer.end();
}

async function notInGraph(
  graph: Pick<GraphStore, 'get'>,
  entities: readonly NamedEntity[],
  n: number,
): Promise<NamedEntity[]> {
  const strangers: NamedEntity[] = [];
  for (const batch of chunks(entities, lookUpSize)) {
    const found = await graph.get(
      batch.map(({ uid }) => uid),
      n,
    );
    for (const [i, entity] of batch.entries()) if ((found[i] ?? null) === null) strangers.push(entity);
  }
  return strangers;
}

/** A list cut into pieces of at most `size`. */
export function* chunks<T>(list: readonly T[], size: number): Iterable<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
