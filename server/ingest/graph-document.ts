import { datasetUid, fieldUid, jobUid, printPath, type FieldPath, type QualifiedName, type Uid } from '../model/ids.ts';
import type { LineageEdge } from '../model/edge.ts';
import type { AssertedEntity, GraphDocument } from '../stores/graph/graph-store.ts';
import type { NamedDocument, NamedEdge } from './named-document.ts';

/** A thing that an edge points at, by name, so that it can be named in the graph when no source describes it. */
export type NamedEntity = Omit<AssertedEntity, 'facets'>;

/** A graph document and the things it refers to without describing them. */
export interface BuiltDocument {
  readonly document: GraphDocument;
  readonly refersTo: readonly NamedEntity[];
}

/** Makes graph documents of named ones and remembers the identities of fields that edges name again and again. */
export interface DocumentBuilder {
  build(named: NamedDocument, digest: string): BuiltDocument;
}

/** Datasets whose field identities are remembered at a time. */
const remembered = 50_000;

export function createDocumentBuilder(): DocumentBuilder {
  const datasets = new Map<string, DatasetIds>();

  const idsOf = (name: QualifiedName): DatasetIds => {
    const key = `${name.namespace}\u0000${name.name}`;
    let ids = datasets.get(key);
    if (ids === undefined) {
      ids = createDatasetIds(name);
      if (datasets.size >= remembered) datasets.clear();
      datasets.set(key, ids);
    }
    return ids;
  };

  return {
    build(named, digest) {
      if (named.kind === 'dataset') {
        const ids = idsOf(named);
        const own: AssertedEntity = { ...entity(named, ids.uid, null, null), kind: 'dataset', facets: named.facets };
        const fields = named.fields.map(({ path, facets }): AssertedEntity => ({
          ...entity(named, ids.field(path), ids.uid, path),
          kind: 'field',
          facets,
        }));
        const aliases = named.aliases.map(([namespace, name]) => ({ namespace, name }));
        return {
          document: {
            uid: ids.uid,
            kind: 'dataset',
            digest,
            entities: [own, ...fields],
            edges: [],
            aliases,
            statements: [],
          },
          refersTo: [],
        };
      }
      const uid = jobUid(named);
      const far = named.datasets.map(([namespace, name]) => ({
        name: { namespace, name },
        ids: idsOf({ namespace, name }),
      }));
      const refersTo = new Map<Uid, NamedEntity>();
      const end = (at: number, path: FieldPath | null): Uid => {
        const dataset = far[at];
        if (dataset === undefined) return uid;
        const { name, ids } = dataset;
        if (!refersTo.has(ids.uid)) refersTo.set(ids.uid, { ...entity(name, ids.uid, null, null), kind: 'dataset' });
        if (path === null) return ids.uid;
        const field = ids.field(path);
        if (!refersTo.has(field)) refersTo.set(field, { ...entity(name, field, ids.uid, path), kind: 'field' });
        return field;
      };
      return {
        document: {
          uid,
          kind: 'job',
          digest,
          entities: [{ ...entity(named, uid, null, null), kind: 'job', facets: named.facets }],
          edges: named.edges.map((edge) => lineageEdge(edge, uid, end)),
          aliases: [],
          statements: named.statements,
        },
        refersTo: [...refersTo.values()],
      };
    },
  };
}

interface DatasetIds {
  readonly uid: Uid;
  field(path: FieldPath): Uid;
}

function createDatasetIds(name: QualifiedName): DatasetIds {
  const fields = new Map<string, Uid>();
  return {
    uid: datasetUid(name),
    field(path) {
      const key = path.length === 1 ? (path[0] ?? '') : `\u0000${printPath(path)}`;
      let uid = fields.get(key);
      if (uid === undefined) {
        uid = fieldUid(name, path);
        fields.set(key, uid);
      }
      return uid;
    },
  };
}

function entity(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  uid: Uid,
  parent: Uid | null,
  path: FieldPath | null,
): Omit<NamedEntity, 'kind'> {
  return { uid, parent, namespace, name, path };
}

function lineageEdge(
  [from, fromField, to, toField, kind, fn, effect, masking, statement, confidence]: NamedEdge,
  job: Uid,
  end: (at: number, path: FieldPath | null) => Uid,
): LineageEdge {
  return {
    from: end(from, fromField),
    to: end(to, toField),
    kind,
    job,
    fn,
    effect,
    masking: masking === 1,
    statement,
    confidence,
  };
}
