/** What can be done here. Every question and every change asks for one of them. */
export const rights = [
  /** Datasets, fields, lineage, judgements with their evidence, coverage. */
  'read',
  /** Reports and what was decided by whom: the ledger, comments of decisions. */
  'audit',
  /** Propose and decide about judgements. */
  'review',
  /** Second words, stops, waivers, removals, facts of governance, reports made and confirmed. */
  'steward',
  /** Start syncs and write-back, replay dead letters. */
  'operate',
  /** Send events. */
  'ingest',
  /** Exchange somebody's token for one of ours. */
  'exchange',
] as const;
export type Right = (typeof rights)[number];

/** What somebody is. */
export type Role = 'viewer' | 'reviewer' | 'steward' | 'auditor' | 'admin' | 'ingest';

const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  ingest: ['ingest'],
  viewer: ['read'],
  auditor: ['read', 'audit'],
  reviewer: ['read', 'review'],
  steward: ['read', 'audit', 'review', 'steward', 'operate'],
  admin: ['read', 'audit', 'review', 'steward', 'operate', 'ingest'],
};

/** The rights that a role brings. */
export function rightsOfRole(role: Role): ReadonlySet<Right> {
  return new Set(rightsOf[role]);
}

/** Of several roles the one that may do most; null of none. */
export function widestRole(roles: readonly Role[]): Role | null {
  return roles.toSorted((a, b) => rightsOf[b].length - rightsOf[a].length)[0] ?? null;
}
