import { joinName } from '../../server/model/dataset-name.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import { textOf, type AtlasEntity, type AtlasHeader } from './shapes.ts';

/** What a qualified name says: `clinic.patients@cl1` is table `patients` of database `clinic` on cluster `cl1`. */
export interface Place {
  readonly name: QualifiedName;
  /** The part before the last segment; empty when there is none. */
  readonly database: string;
  readonly cluster: string;
}

/** How names are made in one catalog. */
export interface Naming {
  /** `host:port` of the catalog: the namespace of things that say nothing of where they live. */
  readonly catalog: string;
  platformOf(type: string): string;
}

/**
 * Name and place of an entity. A URI (`hdfs://nn:8020/data/x`) is its own namespace, anything else lives on
 * `<platform>://<cluster>`; `namespaces:` of the configuration says which of these mean a system under another name.
 */
export function placeOf(
  { typeName, attributes, guid }: Pick<AtlasHeader, 'typeName' | 'attributes' | 'guid'>,
  naming: Naming,
): Place {
  const qualified = textOf(attributes, 'qualifiedName') || textOf(attributes, 'name') || guid;
  const at = qualified.lastIndexOf('@');
  const hasCluster = at > 0 && !qualified.slice(at).includes('/');
  const own = hasCluster ? qualified.slice(0, at) : qualified;
  const cluster = hasCluster ? qualified.slice(at + 1) : '';
  const uri = /^([a-z][a-z0-9+.-]*:\/\/[^/]+)\/(.+)$/i.exec(own);
  if (uri !== null) {
    const [, namespace = '', path = ''] = uri;
    const end = path.lastIndexOf('/');
    return {
      name: { namespace, name: path },
      database: end < 0 ? namespace : `${namespace}/${path.slice(0, end)}`,
      cluster,
    };
  }
  const namespace = `${naming.platformOf(typeName)}://${cluster || naming.catalog}`;
  const last = textOf(attributes, 'name');
  // A table's own name may hold dots, which its qualified name does not mark.
  const database =
    last !== '' && own.endsWith(`.${last}`) ? own.slice(0, -last.length - 1) : own.split('.').slice(0, -1).join('.');
  const table = database === '' ? own : own.slice(database.length + 1);
  return { name: { namespace, name: joinName([...database.split('.'), table]) }, database, cluster };
}

/** The scope a dataset is read and retired in: its type and database. */
export function datasetScope(type: string, { database, cluster }: Place): string {
  return `${type}:${database}${cluster === '' ? '' : `@${cluster}`}`;
}

/** A statement's text in place of a name is told by its words; it may hold values. */
const looksLikeSql = /\s(from|into|table|view|select|values|set)\s/i;

/** The name of a job. Older hooks put the query's text into the qualified name: then the catalog's own id stands for it. */
export function jobName(
  { typeName, attributes, guid }: Pick<AtlasEntity, 'typeName' | 'attributes' | 'guid'>,
  naming: Naming,
): QualifiedName {
  const qualified = textOf(attributes, 'qualifiedName');
  const usable = qualified !== '' && qualified.length <= 500 && !looksLikeSql.test(` ${qualified} `);
  return { namespace: `atlas://${naming.catalog}`, name: `${typeName}:${usable ? qualified : guid}` };
}
