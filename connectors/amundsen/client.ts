import type { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { GraphPort, GraphRow } from './graph-port.ts';
import * as shapes from './shapes.ts';

/**
 * The stamp of a schema: counts and sums over everything that is read of it. A publisher sets its own time stamp on what it
 * writes; the metadata service does not, but what it writes changes a count or a length.
 */
const schemas = `
MATCH (d:Database)-[:CLUSTER]->(c:Cluster)-[:SCHEMA]->(s:Schema)
OPTIONAL MATCH (s)-[:TABLE]->(t:Table)
OPTIONAL MATCH (t)-[:COLUMN]->(col:Column)
WITH d, c, s, t,
  count(col) AS columns,
  sum(coalesce(col.publisher_last_updated_epoch_ms, 0) % 1000000007) AS stamps,
  sum(size(coalesce(col.col_type, '')) + size(coalesce(col.name, ''))) AS sizes,
  sum(size([(col)-[:HAS_BADGE]->(b:Badge) | b.key])) AS badges,
  sum(reduce(n = 0, x IN [(col)-[:DESCRIPTION]->(x) | size(coalesce(x.description, ''))] | n + x)) AS prose,
  sum(size([(col)-[:HAS_UPSTREAM]->(o:Column) | 1])) AS upstream
WITH d, c, s,
  count(t) AS tables, sum(columns) AS columns,
  sum(stamps) + sum(coalesce(t.publisher_last_updated_epoch_ms, 0) % 1000000007) AS stamps,
  sum(sizes) AS sizes, sum(badges) + sum(size([(t)-[:HAS_BADGE]->(b:Badge) | b.key])) AS badges,
  sum(size([(t)-[:TAGGED_BY]->(g:Tag) | g.key])) AS tags,
  sum(size([(t)-[:OWNER]->(u:User) | u.key])) AS owners,
  sum(prose) + sum(reduce(n = 0, x IN [(t)-[:DESCRIPTION]->(x) | size(coalesce(x.description, ''))] | n + x)) AS prose,
  sum(upstream) + sum(size([(t)-[:HAS_UPSTREAM]->(o:Table) | 1])) AS upstream
RETURN s.key AS key, s.name AS name, c.name AS cluster, d.name AS database,
  toString(tables) + '/' + toString(columns) + '/' + toString(stamps) + '/' + toString(sizes) + '/' + toString(badges) + '/' +
  toString(tags) + '/' + toString(owners) + '/' + toString(prose) + '/' + toString(upstream) AS stamp
ORDER BY key`;

const tables = `
MATCH (s:Schema {key: $schema})-[:TABLE]->(t:Table)
WHERE t.key > $after
WITH t ORDER BY t.key LIMIT toInteger($limit)
RETURN t.key AS key, t.name AS name, t.is_view AS isView,
  [(t)-[:DESCRIPTION]->(d) | d.description] AS descriptions,
  [(t)-[:OWNER]->(u:User) | coalesce(u.email, u.key)] AS owners,
  [(t)-[:TAGGED_BY]->(g:Tag) | {key: g.key, type: g.tag_type}] AS tags,
  [(t)-[:HAS_BADGE]->(b:Badge) | {key: b.key, category: b.category}] AS badges,
  reduce(n = 0, r IN [(t)-[r:READ_BY]->(:User) | coalesce(r.read_count, 0)] | n + r) AS reads,
  size([(t)-[:READ_BY]->(u:User) | 1]) AS readers,
  [(t)-[:COLUMN]->(c:Column) | {key: c.key, name: c.name, type: c.col_type, position: c.sort_order,
    descriptions: [(c)-[:DESCRIPTION]->(d) | d.description],
    badges: [(c)-[:HAS_BADGE]->(b:Badge) | {key: b.key, category: b.category}]}] AS columns
ORDER BY key`;

const tableEdges = `
MATCH (t:Table)-[:HAS_UPSTREAM]->(o:Table) WHERE t.key IN $tables
RETURN DISTINCT o.key AS from, t.key AS to ORDER BY to, from`;

const columnEdges = `
MATCH (t:Table)-[:COLUMN]->(c:Column)-[:HAS_UPSTREAM]->(o:Column) WHERE t.key IN $tables
RETURN DISTINCT o.key AS from, c.key AS to ORDER BY to, from`;

/** Amundsen's graph as far as it is read. Every row is checked where it comes in. */
export interface AmundsenClient {
  /** What answers: product and version. */
  system(signal: AbortSignal): Promise<string>;
  schemas(signal: AbortSignal): Promise<readonly shapes.SchemaRow[]>;
  /** Tables of a schema after a key, in the order of keys. */
  tables(schema: string, after: string, limit: number, signal: AbortSignal): Promise<readonly shapes.TableRow[]>;
  /** What flows into these tables, and into their columns. */
  lineage(
    tables: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly tables: readonly shapes.EdgeRow[]; readonly columns: readonly shapes.EdgeRow[] }>;
  close(): Promise<void>;
}

export function createAmundsenClient(source: string, port: GraphPort): AmundsenClient {
  async function rows<S extends z.ZodType>(
    name: string,
    cypher: string,
    parameters: GraphRow,
    shape: S,
    signal: AbortSignal,
  ): Promise<readonly z.output<S>[]> {
    signal.throwIfAborted();
    const found = await port.ask(name, cypher, parameters, signal);
    return found.map((row) => {
      const parsed = shape.safeParse(row);
      if (parsed.success) return parsed.data;
      const where = parsed.error.issues[0]?.path.join('.') ?? '';
      throw new LexlineError(
        'CONNECTOR_UNEXPECTED',
        `[connectors/amundsen] source "${source}": the graph is not as Amundsen builds it: ${name} at "${where}"`,
      );
    });
  }
  return {
    async system(signal) {
      const [row] = await port.ask(
        'version',
        'CALL dbms.components() YIELD name, versions RETURN name AS name, versions[0] AS version',
        {},
        signal,
      );
      const { name, version } = shapes.component.parse(row ?? {});
      return `Amundsen on ${name} ${version}`.trim();
    },
    schemas: (signal) => rows('schemas', schemas, {}, shapes.schemaRow, signal),
    tables: (schema, after, limit, signal) => rows('tables', tables, { schema, after, limit }, shapes.tableRow, signal),
    async lineage(keys, signal) {
      const ask = async (name: string, cypher: string) =>
        rows(name, cypher, { tables: [...keys] }, shapes.edgeRow, signal);
      return { tables: await ask('table lineage', tableEdges), columns: await ask('column lineage', columnEdges) };
    },
    close: () => port.close(),
  };
}
