import { canonicalJson, digestOf } from '../../server/model/json.ts';
import type { AtlasConfig } from './config.ts';
import type { TypeDefs } from './shapes.ts';

/** What a type of a catalog is to us, told from the type definitions alone, so that a company's own types are read too. */
export interface TypeRoles {
  /** Types whose entities are datasets, by name in order. */
  readonly datasets: readonly string[];
  /** Types of jobs: processes that are no column lineage, by name in order. */
  readonly processes: readonly string[];
  role(type: string): 'dataset' | 'column' | 'process' | 'column-process' | 'other';
  /** The relationship attributes of a dataset type under which its columns hang: `columns`, `partitionKeys`. */
  columnsOf(type: string): readonly string[];
  /** The relationship attributes of a column type that point at its dataset. */
  ownersOf(type: string): readonly string[];
  /** Attributes of a process type that hold its column lineage processes, and the way back from one. */
  lineagesOf(type: string): readonly string[];
  parentOf(type: string): readonly string[];
  /** `hive`, `rdbms`, `kafka`: what the type lives on. */
  platformOf(type: string): string;
  /** Changes when another reading of the same entities would follow. */
  readonly digest: string;
}

/** Container ends whose members are fields of a dataset, in Atlas's own models and in those made after them. */
const fieldEnds: ReadonlySet<string> = new Set(['columns', 'fields', 'column_families', 'partitionKeys']);
/** Container ends whose members are lineage between columns. */
const lineageEnds: ReadonlySet<string> = new Set(['columnLineages', 'column_lineages']);

/** Reads the roles of all types. Pure. */
export function typeRoles(defs: TypeDefs, wanted: AtlasConfig['types']): TypeRoles {
  const supers = new Map(defs.entityDefs.map((def) => [def.name, def.superTypes]));
  const services = new Map(defs.entityDefs.map((def) => [def.name, def.serviceType]));
  const ancestors = new Map<string, ReadonlySet<string>>();
  for (const name of supers.keys()) ancestors.set(name, ancestorsOf(name, supers));
  const isA = (type: string, root: string): boolean => type === root || ancestors.get(type)?.has(root) === true;

  const compositions = defs.relationshipDefs.flatMap((def) => {
    if (def.relationshipCategory !== 'COMPOSITION') return [];
    const [container, member] = def.endDef1.isContainer ? [def.endDef1, def.endDef2] : [def.endDef2, def.endDef1];
    return container.isContainer ? [{ container, member }] : [];
  });
  const columnEnds = compositions.filter(
    ({ container }) => fieldEnds.has(container.name) && !isA(container.type, 'Process'),
  );
  const lineageEnd = compositions.filter(({ container }) => lineageEnds.has(container.name));
  const isColumn = (type: string): boolean => columnEnds.some(({ member }) => isA(type, member.type));
  const isColumnProcess = (type: string): boolean => lineageEnd.some(({ member }) => isA(type, member.type));
  const containsDatasets = (type: string): boolean =>
    compositions.some(
      ({ container, member }) =>
        isA(type, container.type) &&
        columnEnds.some((end) => isA(member.type, end.container.type) && !isColumn(end.container.type)),
    );
  const holdsColumns = (type: string): boolean => columnEnds.some(({ container }) => isA(type, container.type));
  const isPart = (type: string): boolean =>
    compositions.some(({ container, member }) => isA(type, member.type) && holdsColumns(container.type));
  const isWanted = (type: string): boolean =>
    (wanted.include === undefined || wanted.include.includes(type)) && wanted.exclude?.includes(type) !== true;

  const roleOf = (type: string): ReturnType<TypeRoles['role']> => {
    if (isColumn(type)) return 'column';
    if (isColumnProcess(type)) return 'column-process';
    if (isA(type, 'Process')) return isWanted(type) ? 'process' : 'other';
    if (type === 'DataSet' || containsDatasets(type) || isPart(type)) return 'other';
    return (isA(type, 'DataSet') || holdsColumns(type)) && isWanted(type) ? 'dataset' : 'other';
  };
  const roles = new Map([...supers.keys()].sort().map((type) => [type, roleOf(type)]));
  roles.set('Process', 'other');
  const withRole = (role: string): readonly string[] =>
    [...roles].flatMap(([type, own]) => (own === role ? [type] : []));
  const ends = (pairs: typeof compositions, type: string, side: 'container' | 'member'): readonly string[] => [
    ...new Set(pairs.filter((pair) => isA(type, pair[side].type)).map((pair) => pair[side].name)),
  ];
  return {
    datasets: withRole('dataset'),
    processes: withRole('process'),
    role: (type) => roles.get(type) ?? 'other',
    columnsOf: (type) => ends(columnEnds, type, 'container'),
    ownersOf: (type) => ends(columnEnds, type, 'member'),
    lineagesOf: (type) => ends(lineageEnd, type, 'container'),
    parentOf: (type) => ends(lineageEnd, type, 'member'),
    platformOf: (type) => services.get(type) || (type.split('_')[0] ?? type).toLowerCase(),
    digest: digestOf([[...roles], inOrder(columnEnds), inOrder(lineageEnd), inOrder([...services])]),
  };
}

function ancestorsOf(name: string, supers: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...(supers.get(name) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(supers.get(next) ?? []));
  }
  return found;
}

/** Atlas sends its types in another order after each new one; that changes nothing. */
function inOrder(items: readonly unknown[]): readonly string[] {
  return items.map((item) => canonicalJson(item)).sort();
}
