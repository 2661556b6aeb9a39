import type { CoarseClass } from '../model/classification.ts';
import type { QualifiedName } from '../model/ids.ts';
import type { Actor } from '../model/provenance.ts';
import type { SpokenOf } from '../model/storage-place.ts';
import { rightsOfRole, type Right, type Role } from './rights.ts';

/**
 * Who asks. Built by a door from what the request proves, handed to the query room, which shows only what the scope allows.
 * Without sign-in there is one viewer, on loopback only.
 */
export interface Viewer {
  /** What is written down when this viewer changes something. */
  readonly actor: Actor;
  /** False: nobody proved who they are; decisions are marked so. */
  readonly signedIn: boolean;
  readonly scope: Scope;
  readonly role: Role;
  readonly rights: ReadonlySet<Right>;
  readonly namespaces: SpokenOf;
}

/** What a viewer may see. What is absent narrows nothing; what is there narrows together. */
export interface Scope {
  /** Everything, or the datasets that at least one of these sources asserts. */
  readonly sources: 'all' | readonly string[];
  /**
   * Domains: names of datasets, `*` for any characters, of each list one must fit. `warehouse.hr.*`, or with the namespace
   * before it: `postgres://db:5432/warehouse.hr.*`.
   */
  readonly datasets?: readonly (readonly string[])[];
  /** Coarse classes that may be seen: a dataset that holds a field of another is not. */
  readonly sees?: readonly CoarseClass[];
}

/** The viewer on loopback without sign-in: the person at this machine, who could read the store's file as well. */
export const loopbackViewer: Viewer = {
  actor: { kind: 'process', id: 'loopback-without-sign-in' },
  signedIn: false,
  scope: { sources: 'all' },
  role: 'admin',
  rights: rightsOfRole('admin'),
  namespaces: 'all',
};

/** Whether a dataset that these sources assert may be seen. One that no source asserts is seen only with the whole scope. */
export function maySee(scope: Scope, sources: readonly string[]): boolean {
  const { sources: allowed } = scope;
  return allowed === 'all' || sources.some((source) => allowed.includes(source));
}

/** Whether nothing is hidden from the viewer. */
export function seesEverything(scope: Scope): boolean {
  return scope.sources === 'all' && seesWholeSources(scope);
}

/** Whether of the sources that the viewer sees nothing is hidden. */
export function seesWholeSources({ datasets, sees }: Scope): boolean {
  return datasets === undefined && sees === undefined;
}

/** Whether a name lies in the viewer's domains. */
export function maySeeName({ datasets = [] }: Scope, { namespace, name }: QualifiedName): boolean {
  const whole = `${namespace}/${name}`;
  return datasets.every((patterns) => patterns.some((pattern) => fitsName(pattern, name) || fitsName(pattern, whole)));
}

/** Whether a viewer sees all that another one sees. */
export function seesAtLeast(scope: Scope, other: Scope): boolean {
  const { sources, datasets = [], sees } = scope;
  if (sources !== 'all' && (other.sources === 'all' || other.sources.some((one) => !sources.includes(one))))
    return false;
  const lists = new Set((other.datasets ?? []).map((list) => JSON.stringify(list)));
  if (!datasets.every((list) => lists.has(JSON.stringify(list)))) return false;
  return sees === undefined || (other.sees !== undefined && other.sees.every((one) => sees.includes(one)));
}

/** What both of two scopes let see. */
export function narrowed(a: Scope, b: Scope): Scope {
  const datasets = [...(a.datasets ?? []), ...(b.datasets ?? [])];
  const sees = a.sees === undefined ? b.sees : b.sees === undefined ? a.sees : both(a.sees, b.sees);
  return {
    sources: a.sources === 'all' ? b.sources : b.sources === 'all' ? a.sources : both(a.sources, b.sources),
    ...(datasets.length === 0 ? {} : { datasets }),
    ...(sees === undefined ? {} : { sees }),
  };
}

function both<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return a.filter((one) => b.includes(one));
}

/** The whole name; `*` stands for any characters, all others for themselves. */
function fitsName(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > name.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** The namespaces of which events may come from the viewer. */
export function spokenOfBy({ namespaces, rights }: Viewer): SpokenOf {
  return rights.has('ingest') ? namespaces : [];
}
