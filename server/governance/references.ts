import type { ConfigPath } from '../base/config-file.ts';
import type { Governance, GovernanceKind } from './objects.ts';

/** One place where an object names another by id. */
export interface Reference {
  readonly path: ConfigPath;
  readonly to: GovernanceKind;
  readonly id: string;
}

/** Every reference in a body of objects, with its place. */
export function referencesOf(content: Governance): readonly Reference[] {
  return [
    ...content.activities.flatMap((activity, index) => [
      { path: ['activities', index, 'entity'], to: 'entities' as const, id: activity.entity },
      ...listed('activities', index, 'jointControllers', 'parties', activity.jointControllers),
      ...listed('activities', index, 'controllers', 'parties', activity.controllers),
      ...listed('activities', index, 'recipients', 'parties', activity.recipients),
      ...listed('activities', index, 'retention', 'retention', activity.retention),
    ]),
    ...content.systems.flatMap(({ provider, hipaa }, index) => [
      ...listed('systems', index, 'provider', 'parties', provider === null ? [] : [provider]),
      ...nested(['systems', index, 'hipaa', 'businessAssociate'], hipaa?.businessAssociate ?? null),
    ]),
  ];
}

function listed(
  kind: GovernanceKind,
  index: number,
  member: string,
  to: GovernanceKind,
  ids: readonly string[],
): readonly Reference[] {
  return ids.map((id, place) => ({ path: [kind, index, member, ...(ids.length > 1 ? [place] : [])], to, id }));
}

function nested(path: ConfigPath, id: string | null): readonly Reference[] {
  return id === null ? [] : [{ path, to: 'parties', id }];
}
