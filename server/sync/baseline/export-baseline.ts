import { canonicalJson } from '../../model/json.ts';
import type { LineageEdge } from '../../model/edge.ts';
import type { QualifiedName, Uid } from '../../model/ids.ts';
import type { Gap } from '../../model/provenance.ts';
import { everyPage } from '../../stores/every-page.ts';
import type { AssertedEntity, EntityRecord, GraphStore, GraphDocument } from '../../stores/graph/graph-store.ts';
import { inBatches } from '../../stores/in-batches.ts';
import { gapsOfTexts, type BaselineHead, type BaselineLine } from './baseline.ts';

/**
 * A revision as lines of JSON: what every source asserted, what was judged, entered and not understood. `lexline check` lays a change over
 * it without reaching any source. The same revision gives the same lines.
 */
export async function* exportBaseline(
  graph: GraphStore,
  head: BaselineHead,
  gaps: readonly Gap[],
): AsyncGenerator<string> {
  const n = head.revision;
  yield `${canonicalJson(head)}\n`;
  let lines = 0;
  const line = (one: BaselineLine): string => {
    lines += 1;
    return `${canonicalJson(one)}\n`;
  };
  const ground = await readGround(graph, n);
  for await (const entity of names(graph, ground.named, n)) yield line({ type: 'name', entity });
  for await (const record of eachRecord(graph, 'dataset', n)) {
    const [fields = []] = await graph.fieldsOf([record.uid], n);
    for (const one of documentsOf(record, fields, ground)) yield line(one);
  }
  for await (const record of eachRecord(graph, 'job', n))
    for (const one of documentsOf(record, [], ground)) yield line(one);
  for await (const verdict of everyPage((page) => graph.scan('verdicts', n, page)))
    yield line({ type: 'verdict', verdict });
  for await (const { source, field, digest, body } of everyPage((page) => graph.scan('evidence', n, page)))
    yield line({ type: 'evidence', source, field, digest, body });
  for await (const { uid, kind, body, actor } of everyPage((page) => graph.scan('entered', n, page)))
    yield line({ type: 'entered', entered: { uid, kind, body, actor } });
  for (const gap of gaps) if (gapsOfTexts.has(gap.reason)) yield line({ type: 'gap', gap });
  yield `${canonicalJson({ type: 'end', lines })}\n`;
}

/** What documents are put together from: digests and scopes by source, edges by source and document, aliases. */
interface Ground {
  readonly docs: ReadonlyMap<string, { readonly scope: string; readonly digest: string }>;
  readonly edges: ReadonlyMap<string, readonly LineageEdge[]>;
  readonly aliases: ReadonlyMap<string, readonly QualifiedName[]>;
  /** Everything that an edge or an entry speaks of. */
  readonly named: ReadonlySet<Uid>;
}

const keyOf = (source: string, uid: Uid): string => `${source} ${uid}`;

async function readGround(graph: GraphStore, n: number): Promise<Ground> {
  const docs = new Map<string, { scope: string; digest: string }>();
  for await (const { source, uid, scope, digest } of everyPage((page) => graph.scan('docs', n, page)))
    docs.set(keyOf(source, uid), { scope, digest });
  const edges = new Map<string, LineageEdge[]>();
  const named = new Set<Uid>();
  for await (const { source, since, ...edge } of everyPage((page) => graph.scan('edges', n, page), 5000)) {
    if (since > n) continue;
    named.add(edge.from).add(edge.to);
    if (edge.job !== null) named.add(edge.job);
    // A job's document carries its edges; one that names no job stands with the place it writes to.
    const key = keyOf(source, edge.job ?? (await datasetOf(graph, edge.to, n)));
    const known = edges.get(key);
    if (known === undefined) edges.set(key, [edge]);
    else known.push(edge);
  }
  const aliases = new Map<string, QualifiedName[]>();
  for await (const { table, change, uid, body } of everyPage((page) => graph.changes(0, n, page), 5000)) {
    if (table !== 'alias' || change !== 'opened' || body === null || typeof body !== 'object') continue;
    const { namespace, name, source } = body as Readonly<Record<string, unknown>>;
    if (typeof namespace !== 'string' || typeof name !== 'string' || typeof source !== 'string') continue;
    const key = keyOf(source, uid);
    aliases.set(key, [...(aliases.get(key) ?? []), { namespace, name }]);
  }
  for await (const { uid } of everyPage((page) => graph.scan('entered', n, page))) named.add(uid);
  for await (const { field } of everyPage((page) => graph.scan('verdicts', n, page))) named.add(field);
  return { docs, edges, aliases, named };
}

/** What is spoken of, datasets and jobs before the fields in them. */
async function* names(
  graph: GraphStore,
  named: ReadonlySet<Uid>,
  n: number,
): AsyncGenerator<Omit<AssertedEntity, 'facets'>> {
  const records = new Map<Uid, EntityRecord>();
  const read = async (uids: readonly Uid[]): Promise<void> => {
    for (const record of await inBatches(uids, (batch) => graph.get(batch, n)))
      if (record !== null) records.set(record.uid, record);
  };
  await read([...named]);
  await read([...records.values()].flatMap(({ parent }) => (parent === null || records.has(parent) ? [] : [parent])));
  const sorted = [...records.values()].toSorted(
    (a, b) => Number(a.kind === 'field') - Number(b.kind === 'field') || (a.uid < b.uid ? -1 : 1),
  );
  for (const { uid, kind, parent, namespace, name, path } of sorted) yield { uid, kind, parent, namespace, name, path };
}

async function datasetOf(graph: GraphStore, uid: Uid, n: number): Promise<Uid> {
  const [record] = await graph.get([uid], n);
  return record?.parent ?? uid;
}

function eachRecord(graph: GraphStore, kind: 'dataset' | 'job', n: number): AsyncIterable<EntityRecord> {
  return everyPage((page) => graph.list({ kind }, n, page));
}

function* documentsOf(
  record: EntityRecord,
  fields: readonly EntityRecord[],
  { docs, edges, aliases }: Ground,
): Generator<BaselineLine> {
  for (const { source } of record.assertions) {
    const key = keyOf(source, record.uid);
    const doc = docs.get(key);
    if (doc === undefined || record.kind === 'field') continue;
    const document: GraphDocument = {
      uid: record.uid,
      kind: record.kind,
      digest: doc.digest,
      entities: [record, ...fields].flatMap((one) => assertedBy(one, source)),
      edges: edges.get(key) ?? [],
      aliases: aliases.get(key) ?? [],
      statements: [],
    };
    yield { type: 'document', source, scope: doc.scope, document };
  }
}

function assertedBy(record: EntityRecord, source: string): readonly AssertedEntity[] {
  const assertion = record.assertions.find((one) => one.source === source);
  if (assertion === undefined) return [];
  const { uid, kind, parent, namespace, name, path } = record;
  return [{ uid, kind, parent, namespace, name, path, facets: assertion.facets }];
}
