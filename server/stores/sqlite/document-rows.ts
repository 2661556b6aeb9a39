import { canonicalJson } from '../../model/json.ts';
import type { LineageEdge } from '../../model/edge.ts';
import type { AssertedEntity, GraphDocument } from '../graph/graph-store.ts';
import { applyIntervalChange, insertInterval, type IntervalChange } from './interval-row.ts';
import { edgeKinds, effectNumber, entityKinds } from './rows.ts';
import { INF } from './schema.ts';
import type { Write } from './write.ts';

/** One document of one source while it is written. */
interface Writing {
  readonly write: Write;
  readonly source: number;
  /** The dataset or job that the document is about. */
  readonly doc: number;
  /** This source never said anything about it: there is nothing to compare with. */
  readonly isNew: boolean;
}

/**
 * Brings the rows of a document to what it says now: what it no longer says is closed, what is new is opened, equal rows are
 * left alone. Where it says one thing twice, the first counts. The document's own row comes last, so that a document that was
 * cut short never looks whole.
 */
export function assertDocument(write: Write, sourceName: string, scope: string, document: GraphDocument): void {
  const { connection, ids, words } = write;
  const [own] = document.entities;
  if (own === undefined) return;
  const source = ids.source(sourceName);
  const doc = ids.ensure(own, words);
  const isNew =
    connection.sql('SELECT 1 FROM doc WHERE source = ? AND entity = ? LIMIT 1').get(source, doc) === undefined &&
    connection.sql('SELECT 1 FROM fact WHERE entity = ? AND source = ? LIMIT 1').get(doc, source) === undefined;
  const writing: Writing = { write, source, doc, isNew };
  writeFacts(writing, document.entities);
  writeEdges(writing, document.edges);
  writeAliases(writing, document.aliases);
  for (const statement of document.statements)
    connection
      .sql('INSERT INTO statement(id, dialect, normalised) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(statement.id, statement.dialect, statement.normalised);
  bring(writing, {
    table: 'doc',
    key: { source, entity: doc },
    body: { kind: entityKinds.indexOf(document.kind), scope, digest: document.digest },
  });
}

/** Brings one row to what it should be. Where there is nothing to compare with, what is said twice is refused by its key. */
function bring({ write, isNew }: Writing, change: IntervalChange): void {
  if (isNew) insertInterval(write, change);
  else applyIntervalChange(write, change);
}

/** Closes all rows of a source's document, and no other source's. */
export function retireDocument(write: Write, sourceName: string, uid: string): void {
  const doc = write.ids.find(uid);
  if (doc === undefined) return;
  const source = write.ids.source(sourceName);
  const writing: Writing = { write, source, doc, isNew: false };
  writeFacts(writing, []);
  writeEdges(writing, []);
  writeAliases(writing, []);
  applyIntervalChange(write, { table: 'doc', key: { source, entity: doc }, body: null });
}

function writeFacts(writing: Writing, entities: readonly AssertedEntity[]): void {
  const { write, source, doc, isNew } = writing;
  const standing = isNew ? new Map<string, { entity: number; facet: string }>() : standingFacts(writing);
  const said = new Set<string>();
  for (const asserted of entities) {
    const entity = write.ids.ensure(asserted, write.words);
    for (const [facet, value] of Object.entries(asserted.facets)) {
      if (!isNew && isSaidAgain(said, standing, `${entity} ${facet}`)) continue;
      const { opened } = write.counts;
      bring(writing, { table: 'fact', key: { entity, source, facet }, body: { doc, body: canonicalJson(value) } });
      if (typeof value === 'string' && facet === 'description' && write.counts.opened > opened)
        write.words.description({ entity, source, from: write.n }, asserted.name, asserted.path, value);
      write.breathe();
    }
  }
  for (const { entity, facet } of standing.values()) {
    applyIntervalChange(write, { table: 'fact', key: { entity, source, facet }, body: null });
    write.breathe();
  }
}

/** Notes what a document says of a key; true: it said so before, and the first counts. What it says does not end. */
function isSaidAgain(said: Set<string>, standing: Map<string, unknown>, name: string): boolean {
  if (said.has(name)) return true;
  said.add(name);
  standing.delete(name);
  return false;
}

/** The facts of the document's own thing and of its fields that this source says now. */
function standingFacts({ write, source, doc }: Writing): Map<string, { entity: number; facet: string }> {
  const rows = write.connection
    .sql(
      `SELECT f.entity, f.facet FROM fact f WHERE f.source = ? AND f.to_rev = ${INF} AND f.entity = ?
       UNION ALL SELECT f.entity, f.facet FROM entity e JOIN fact f ON f.entity = e.id WHERE e.parent = ? AND f.source = ? AND f.to_rev = ${INF}`,
    )
    .all(source, doc, doc, source);
  return new Map(
    rows.map((row) => {
      const entity = Number(row['entity']);
      const facet = String(row['facet']);
      return [`${entity} ${facet}`, { entity, facet }];
    }),
  );
}

function writeEdges(writing: Writing, edges: readonly LineageEdge[]): void {
  const { write, source, doc, isNew } = writing;
  const standing = isNew ? new Map<string, IntervalChange['key']>() : standingEdges(writing);
  const said = new Set<string>();
  for (const edge of edges) {
    const src = write.ids.known(edge.from);
    const dst = write.ids.known(edge.to);
    const kind = edgeKinds.indexOf(edge.kind);
    const job = edge.job === null ? 0 : write.ids.known(edge.job);
    if (!isNew && isSaidAgain(said, standing, edgeName(src, dst, kind, job, edge.fn))) continue;
    const key = { src, dst, kind, job, fn: edge.fn, source };
    const body = {
      doc,
      effect: effectNumber(edge.effect),
      masking: edge.masking ? 1 : 0,
      stmt: edge.statement,
      conf: edge.confidence,
    };
    bring(writing, { table: 'edge', key, body });
    write.breathe();
  }
  for (const key of standing.values()) {
    applyIntervalChange(write, { table: 'edge', key, body: null });
    write.breathe();
  }
}

function edgeName(src: number, dst: number, kind: number, job: number, fn: string): string {
  return `${src} ${dst} ${kind} ${job} ${fn}`;
}

function standingEdges({ write, source, doc }: Writing): Map<string, IntervalChange['key']> {
  const rows = write.connection
    .arrays(
      `SELECT src, dst, kind, job, fn FROM edge INDEXED BY edge_doc WHERE doc = ? AND source = ? AND to_rev = ${INF}`,
    )
    .all(doc, source) as unknown as readonly (readonly [number, number, number, number, string])[];
  return new Map(
    rows.map(([src, dst, kind, job, fn]) => [edgeName(src, dst, kind, job, fn), { src, dst, kind, job, fn, source }]),
  );
}

function writeAliases({ write, source, doc, isNew }: Writing, aliases: GraphDocument['aliases']): void {
  if (isNew && aliases.length === 0) return;
  const rows = write.connection
    .sql(
      `SELECT namespace, name FROM alias INDEXED BY alias_entity WHERE entity = ? AND source = ? AND to_rev = ${INF}`,
    )
    .all(doc, source);
  const standing = new Map(
    rows.map((row) => {
      const namespace = String(row['namespace']);
      const name = String(row['name']);
      return [`${namespace}\u0000${name}`, { namespace, name }];
    }),
  );
  for (const { namespace, name } of aliases) {
    standing.delete(`${namespace}\u0000${name}`);
    applyIntervalChange(write, { table: 'alias', key: { namespace, name, entity: doc, source }, body: {} });
  }
  for (const { namespace, name } of standing.values())
    applyIntervalChange(write, { table: 'alias', key: { namespace, name, entity: doc, source }, body: null });
}
