import { canonicalJson } from '../../model/json.ts';
import type { LineageEdge } from '../../model/edge.ts';
import type { ApplyResult, Change, GraphDocument, OpenRevision, SourceRecord } from '../graph/graph-store.ts';
import { applyIntervalChange, type IntervalChange } from './interval-row.ts';
import { searchWords, type Identities } from './identities.ts';
import { transaction, type Connection } from './prepared.ts';
import { checkOpen } from './revisions.ts';
import { edgeKinds, effectNumber, entityKinds } from './rows.ts';
import { INF } from './schema.ts';

/** A write transaction is ended after this long, so that other processes get their turn. */
const transactionMs = 120;

interface Write {
  readonly connection: Connection;
  readonly ids: Identities;
  readonly n: number;
  opened: number;
  closed: number;
}

/** Applies changes to the open revision in short transactions. Applying a batch again changes nothing. */
export function applyChanges(
  connection: Connection,
  ids: Identities,
  open: OpenRevision,
  changes: readonly Change[],
): ApplyResult {
  const write: Write = { connection, ids, n: open.n, opened: 0, closed: 0 };
  let next = 0;
  while (next < changes.length) {
    const before = { opened: write.opened, closed: write.closed };
    try {
      transaction(connection, () => {
        checkOpen(connection, open);
        const until = performance.now() + transactionMs;
        do {
          const change = changes[next];
          if (change !== undefined) applyChange(write, change);
          next += 1;
        } while (next < changes.length && performance.now() < until);
      });
    } catch (error) {
      ids.forget();
      Object.assign(write, before);
      throw error;
    }
  }
  return { opened: write.opened, closed: write.closed };
}

function applyChange(write: Write, change: Change): void {
  switch (change.type) {
    case 'assert':
      assertDocument(write, change.source, change.scope, change.document);
      return;
    case 'retire':
      retireDocument(write, change.source, change.uid);
      return;
    case 'name':
      write.ids.ensure(change.entity);
      return;
    case 'evidence':
      interval(write, {
        table: 'evidence',
        key: { field: write.ids.known(change.field), source: write.ids.source(change.source) },
        body: { digest: change.digest, body: canonicalJson(change.body) },
      });
      return;
    case 'verdict': {
      const { verdict } = change;
      interval(write, {
        table: 'verdict',
        key: { field: write.ids.known(verdict.field), decider: verdict.decider, category: verdict.category },
        body: { body: canonicalJson(verdict) },
      });
      return;
    }
    case 'end-verdict': {
      const field = write.ids.find(change.field);
      if (field !== undefined)
        interval(write, {
          table: 'verdict',
          key: { field, decider: change.decider, category: change.category },
          body: null,
        });
      return;
    }
    case 'derived': {
      const { row } = change;
      interval(write, {
        table: 'derived',
        key: { field: write.ids.known(row.field), category: row.category, treatment: row.treatment },
        body: { body: canonicalJson({ rank: row.rank, via: row.via, rules: row.rules }) },
      });
      return;
    }
    case 'end-derived': {
      const field = write.ids.find(change.field);
      if (field !== undefined)
        interval(write, {
          table: 'derived',
          key: { field, category: change.category, treatment: change.treatment },
          body: null,
        });
      return;
    }
    case 'enter': {
      const { uid, kind, body, actor } = change.entered;
      interval(write, {
        table: 'entered',
        key: { entity: write.ids.known(uid), kind },
        body: { body: canonicalJson({ body, actor }) },
      });
      return;
    }
    case 'end-entered': {
      const entity = write.ids.find(change.uid);
      if (entity !== undefined) interval(write, { table: 'entered', key: { entity, kind: change.kind }, body: null });
    }
  }
}

function interval(write: Write, change: IntervalChange): void {
  const { opened, closed } = applyIntervalChange(write.connection, write.n, change);
  write.opened += opened;
  write.closed += closed;
}

function assertDocument(write: Write, sourceName: string, scope: string, document: GraphDocument): void {
  const { connection, ids } = write;
  const source = ids.source(sourceName);
  const [own] = document.entities;
  if (own === undefined) return;
  const doc = ids.ensure(own);
  const isNew =
    connection.sql('SELECT 1 FROM doc WHERE source = ? AND entity = ? LIMIT 1').get(source, doc) === undefined;
  interval(write, {
    table: 'doc',
    key: { source, entity: doc },
    body: { kind: entityKinds.indexOf(document.kind), scope, digest: document.digest },
  });
  writeFacts(write, source, doc, document, isNew);
  writeEdges(write, source, doc, document.edges, isNew);
  writeAliases(write, source, doc, document);
  for (const statement of document.statements)
    connection
      .sql('INSERT INTO statement(id, dialect, normalised) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(statement.id, statement.dialect, statement.normalised);
}

function writeFacts(write: Write, source: number, doc: number, document: GraphDocument, isNew: boolean): void {
  const { connection, ids } = write;
  const standing = new Map<string, { entity: number; facet: string }>();
  if (!isNew) {
    const members = connection.sql(
      `SELECT f.entity, f.facet FROM fact f WHERE f.source = ? AND f.to_rev = ${INF} AND f.entity = ?
       UNION ALL SELECT f.entity, f.facet FROM entity e JOIN fact f ON f.entity = e.id WHERE e.parent = ? AND f.source = ? AND f.to_rev = ${INF}`,
    );
    for (const row of members.all(source, doc, doc, source)) {
      const entity = Number(row['entity']);
      const facet = String(row['facet']);
      standing.set(`${entity}\u0000${facet}`, { entity, facet });
    }
  }
  for (const asserted of document.entities) {
    const entity = ids.ensure(asserted);
    for (const [facet, body] of Object.entries(asserted.facets)) {
      standing.delete(`${entity}\u0000${facet}`);
      if (isNew) insertFact(write, entity, source, facet, doc, canonicalJson(body));
      else interval(write, { table: 'fact', key: { entity, source, facet }, body: { doc, body: canonicalJson(body) } });
      if (facet === 'description' && typeof body === 'string')
        indexWords(connection, entity, asserted.name, asserted.path, body);
    }
  }
  for (const { entity, facet } of standing.values())
    interval(write, { table: 'fact', key: { entity, source, facet }, body: null });
}

/** A row of a document that this source never asserted before: there is nothing to compare it with. */
function insertFact(write: Write, entity: number, source: number, facet: string, doc: number, body: string): void {
  const { changes } = write.connection
    .sql(
      `INSERT INTO fact(entity, source, facet, doc, body, from_rev, to_rev) VALUES (?, ?, ?, ?, ?, ?, ${INF}) ON CONFLICT DO NOTHING`,
    )
    .run(entity, source, facet, doc, body, write.n);
  write.opened += Number(changes);
}

function insertEdge(write: Write, key: readonly (string | number)[], body: readonly (string | number | null)[]): void {
  const { changes } = write.connection
    .sql(
      `INSERT INTO edge(src, dst, kind, job, fn, source, doc, effect, masking, stmt, conf, from_rev, to_rev)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${INF}) ON CONFLICT DO NOTHING`,
    )
    .run(...key, ...body, write.n);
  write.opened += Number(changes);
}

function indexWords(
  connection: Connection,
  entity: number,
  name: string,
  path: readonly string[] | null,
  description: string,
): void {
  const words = path === null ? searchWords(name, description) : searchWords(path.join(' '), description);
  connection.sql('DELETE FROM entity_text WHERE rowid = ?').run(entity);
  connection.sql('INSERT INTO entity_text(rowid, text) VALUES (?, ?)').run(entity, words);
}

function edgeKey(src: number, dst: number, kind: number, job: number, fn: string): string {
  return `${src} ${dst} ${kind} ${job} ${fn}`;
}

function writeEdges(write: Write, source: number, doc: number, edges: readonly LineageEdge[], isNew: boolean): void {
  const { connection, ids } = write;
  const standing = new Map<string, IntervalChange['key']>();
  if (!isNew) {
    const rows = connection
      .sql(
        `SELECT src, dst, kind, job, fn FROM edge INDEXED BY edge_doc WHERE doc = ? AND source = ? AND to_rev = ${INF}`,
      )
      .all(doc, source);
    for (const row of rows) {
      const [src, dst, kind, job, fn] = [
        Number(row['src']),
        Number(row['dst']),
        Number(row['kind']),
        Number(row['job']),
        String(row['fn']),
      ];
      standing.set(edgeKey(src, dst, kind, job, fn), { src, dst, kind, job, fn, source });
    }
  }
  for (const edge of edges) {
    const src = ids.known(edge.from);
    const dst = ids.known(edge.to);
    const kind = edgeKinds.indexOf(edge.kind);
    const job = edge.job === null ? 0 : ids.known(edge.job);
    standing.delete(edgeKey(src, dst, kind, job, edge.fn));
    const body = {
      doc,
      effect: effectNumber(edge.effect),
      masking: edge.masking ? 1 : 0,
      stmt: edge.statement,
      conf: edge.confidence,
    };
    if (isNew) insertEdge(write, [src, dst, kind, job, edge.fn, source], Object.values(body));
    else interval(write, { table: 'edge', key: { src, dst, kind, job, fn: edge.fn, source }, body });
  }
  for (const key of standing.values()) interval(write, { table: 'edge', key, body: null });
}

function writeAliases(write: Write, source: number, doc: number, document: GraphDocument): void {
  const { connection } = write;
  const standing = new Map(
    connection
      .sql(`SELECT namespace, name FROM alias WHERE entity = ? AND source = ? AND to_rev = ${INF}`)
      .all(doc, source)
      .map((row) => [
        `${String(row['namespace'])}\u0000${String(row['name'])}`,
        { namespace: String(row['namespace']), name: String(row['name']) },
      ]),
  );
  for (const { namespace, name } of document.aliases) {
    standing.delete(`${namespace}\u0000${name}`);
    interval(write, { table: 'alias', key: { namespace, name, entity: doc, source }, body: {} });
  }
  for (const { namespace, name } of standing.values())
    interval(write, { table: 'alias', key: { namespace, name, entity: doc, source }, body: null });
}

function retireDocument(write: Write, sourceName: string, uid: string): void {
  const doc = write.ids.find(uid);
  if (doc === undefined) return;
  const source = write.ids.source(sourceName);
  interval(write, { table: 'doc', key: { source, entity: doc }, body: null });
  const empty: GraphDocument = {
    uid,
    kind: 'dataset',
    digest: '',
    entities: [],
    edges: [],
    aliases: [],
    statements: [],
  };
  writeFacts(write, source, doc, empty, false);
  writeEdges(write, source, doc, [], false);
  writeAliases(write, source, doc, empty);
}

export function putSource(connection: Connection, source: SourceRecord): void {
  transaction(connection, () =>
    connection
      .sql(
        `INSERT INTO source(name, connector, mode, precedence, managed) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT(name) DO UPDATE SET connector = excluded.connector, mode = excluded.mode, precedence = excluded.precedence, managed = excluded.managed`,
      )
      .run(source.name, source.connector, source.mode, source.precedence, source.managed ? 1 : 0),
  );
}
