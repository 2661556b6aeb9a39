import type { Change, GraphStore, OpenRevision } from '../stores/graph/graph-store.ts';
import type { Uid } from '../model/ids.ts';
import { createDocumentBuilder, type NamedEntity } from './graph-document.ts';
import { namedOf, type Staged } from './stage.ts';

/** Rows a batch of changes makes at most, roughly; one large document may go beyond. */
const batchRows = 5000;

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
  const known = new Set<Uid>();
  let changes: Change[] = [];
  let refersTo = new Map<Uid, NamedEntity>();
  let rows = 0;
  let written = 0;
  // The store writes one batch while the next is being built.
  let applying: Promise<void> = Promise.resolve();

  const flush = async (): Promise<void> => {
    if (changes.length === 0) return;
    const strangers = await notInGraph(graph, [...refersTo.values()], open.n);
    for (const uid of refersTo.keys()) known.add(uid);
    const names = strangers
      .sort((a, b) => (a.kind < b.kind ? -1 : 1))
      .map((entity): Change => ({ type: 'name', entity }));
    const batches = [...chunks([...names, ...changes], 10_000)];
    changes = [];
    refersTo = new Map();
    rows = 0;
    await applying;
    applying = applyAll(graph, open, batches);
    // A failure is met where the next batch waits for it.
    applying.catch(() => {});
    await options.between(written);
  };

  for await (const staged of options.staged) {
    if (staged.state !== 'differs') continue;
    const built = builder.build(namedOf(staged), staged.digest);
    changes.push({ type: 'assert', source, scope: staged.scope, document: built.document });
    for (const { uid } of built.document.entities) known.add(uid);
    for (const entity of built.refersTo) if (!known.has(entity.uid)) refersTo.set(entity.uid, entity);
    rows += built.document.entities.length + built.document.edges.length + 1;
    written += 1;
    if (rows >= batchRows) await flush();
  }
  for (const uid of options.retire) {
    changes.push({ type: 'retire', source, uid });
    if (changes.length >= 1000) await flush();
  }
  await flush();
  await applying;
}

async function applyAll(
  graph: Pick<GraphStore, 'apply'>,
  open: OpenRevision,
  batches: readonly (readonly Change[])[],
): Promise<void> {
  for (const batch of batches) await graph.apply(open, batch);
}

async function notInGraph(
  graph: Pick<GraphStore, 'get'>,
  entities: readonly NamedEntity[],
  n: number,
): Promise<NamedEntity[]> {
  const strangers: NamedEntity[] = [];
  for (const batch of chunks(entities, 1000)) {
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
