import type { Actor } from '../model/provenance.ts';
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
  /** Namespaces that events of this caller may speak of; one that ends with `*` by its beginning. */
  readonly namespaces: 'all' | readonly string[];
}

/** What a viewer may see: everything, or the datasets that at least one of these sources asserts. */
export interface Scope {
  readonly sources: 'all' | readonly string[];
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

/** Whether an event about this namespace may come from the viewer. */
export function maySpeakOf({ namespaces, rights }: Viewer, namespace: string): boolean {
  if (!rights.has('ingest')) return false;
  return namespaces === 'all' || namespaces.some((one) => fits(namespace, one));
}

/** Exactly, or by its beginning where a star ends it: `s3://lake/*`. */
function fits(namespace: string, allowed: string): boolean {
  return allowed.endsWith('*') ? namespace.startsWith(allowed.slice(0, -1)) : namespace === allowed;
}
