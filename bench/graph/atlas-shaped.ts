import { datasetUid, fieldUid, jobUid, type QualifiedName } from '../../server/model/ids.ts';
import { digestOf } from '../../server/model/json.ts';
import type { LineageEdge } from '../../server/model/edge.ts';
import type { AssertedEntity, GraphDocument } from '../../server/stores/graph/graph-store.ts';

/**
 * A load of the size that the Atlas project published a time for (its pull request 671): 6,500 tables, 130,000 columns and
 * 1,700 processes, here with column lineage.
 */
const tables = 6500;
const columns = 20;
const jobs = 1700;
const namespace = 'hive://atlas.example.com:10000';

const named = (i: number): QualifiedName => ({ namespace, name: `default.table_${i}` });

export function* atlasShaped(): Iterable<GraphDocument> {
  for (let i = 0; i < tables; i++) yield table(i);
  for (let j = 0; j < jobs; j++) yield job(j);
}

function table(i: number): GraphDocument {
  const qualified = named(i);
  const uid = datasetUid(qualified);
  const own: AssertedEntity = {
    uid,
    kind: 'dataset',
    parent: null,
    ...qualified,
    path: null,
    facets: { core: { kind: 'table', platform: 'hive' }, native: { id: `guid-${i}` } },
  };
  const fields = Array.from({ length: columns }, (_, ordinal): AssertedEntity => ({
    uid: fieldUid(qualified, [`column_${ordinal}`]),
    kind: 'field',
    parent: uid,
    ...qualified,
    path: [`column_${ordinal}`],
    facets: { core: { type: 'string', ordinal } },
  }));
  return withDigest({ uid, kind: 'dataset', entities: [own, ...fields], edges: [], aliases: [], statements: [] });
}

function job(j: number): GraphDocument {
  const name = `process_${j}`;
  const uid = jobUid({ namespace, name });
  const [from, to] = [named((j * 7) % tables), named((j * 11 + 1) % tables)];
  const edges = Array.from({ length: columns }, (_, ordinal): LineageEdge => ({
    from: fieldUid(from, [`column_${ordinal}`]),
    to: fieldUid(to, [`column_${ordinal}`]),
    kind: 'IDENTITY',
    job: uid,
    fn: '',
    effect: 'keep',
    masking: false,
    statement: null,
    confidence: 1,
  }));
  const own: AssertedEntity = {
    uid,
    kind: 'job',
    parent: null,
    namespace,
    name,
    path: null,
    facets: { core: { kind: 'process', platform: 'hive' } },
  };
  return withDigest({ uid, kind: 'job', entities: [own], edges, aliases: [], statements: [] });
}

function withDigest(document: Omit<GraphDocument, 'digest'>): GraphDocument {
  return { ...document, digest: digestOf(document) };
}
