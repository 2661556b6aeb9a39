import { z } from 'zod';
import { joinName } from '../../server/model/dataset-name.ts';
import type { Json } from '../../server/model/json.ts';

const tableReference = z.object({ projectId: z.string(), datasetId: z.string(), tableId: z.string() });
export const accessEntry = z.object({
  role: z.string().optional(),
  userByEmail: z.string().optional(),
  groupByEmail: z.string().optional(),
  domain: z.string().optional(),
  specialGroup: z.string().optional(),
  iamMember: z.string().optional(),
  view: tableReference.optional(),
  routine: z.object({ projectId: z.string(), datasetId: z.string(), routineId: z.string() }).optional(),
  dataset: z.object({ dataset: z.object({ projectId: z.string(), datasetId: z.string() }) }).optional(),
});
export type AccessEntry = z.output<typeof accessEntry>;

/** Groups listed by name at one role; beyond it they are counted. */
const maxNamed = 100;

/**
 * Who may do what with a dataset, a line a role: groups, domains and everybody by name, users and service accounts counted.
 * Views and routines that may read it on behalf of others are named: whoever may use them reads what is behind. Pure.
 */
export function accessFacet(entries: readonly AccessEntry[]): Readonly<Record<string, Json>> {
  const byRole = Map.groupBy(
    entries.filter(({ role }) => role !== undefined),
    ({ role }) => role ?? '',
  );
  const access = [...byRole]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([role, own]): Json => {
      const named = [...new Set(own.flatMap((entry) => nameOf(entry) ?? []))].toSorted();
      const users = own.filter((entry) => emailOf(entry) !== null && !isService(emailOf(entry) ?? '')).length;
      const services = own.filter((entry) => isService(emailOf(entry) ?? '')).length;
      return {
        role,
        ...(named.length === 0 ? {} : { to: named.slice(0, maxNamed) }),
        ...(named.length > maxNamed ? { more: named.length - maxNamed } : {}),
        ...(users === 0 ? {} : { users }),
        ...(services === 0 ? {} : { serviceAccounts: services }),
      };
    });
  const authorized = entries.flatMap(({ view, routine, dataset }) => [
    ...(view === undefined ? [] : [joinName([view.projectId, view.datasetId, view.tableId])]),
    ...(routine === undefined ? [] : [joinName([routine.projectId, routine.datasetId, routine.routineId])]),
    ...(dataset === undefined ? [] : [joinName([dataset.dataset.projectId, dataset.dataset.datasetId])]),
  ]);
  return {
    ...(access.length === 0 ? {} : { access }),
    ...(authorized.length === 0 ? {} : { authorized: [...new Set(authorized)].toSorted() }),
  };
}

/** Those who are many: a group, a domain, everybody. */
function nameOf({ groupByEmail, domain, specialGroup, iamMember }: AccessEntry): string | null {
  if (groupByEmail !== undefined) return `group:${groupByEmail}`;
  if (domain !== undefined) return `domain:${domain}`;
  if (specialGroup !== undefined) return specialGroup;
  if (iamMember === undefined || /^(?:user|serviceAccount|deleted:)/u.test(iamMember)) return null;
  return iamMember;
}

function emailOf({ userByEmail, iamMember }: AccessEntry): string | null {
  if (userByEmail !== undefined) return userByEmail;
  const member = /^(?:deleted:)?(user|serviceAccount):(.*)$/su.exec(iamMember ?? '');
  return member === null ? null : (member[2] ?? '');
}

function isService(email: string): boolean {
  return /\.gserviceaccount\.com(?:\?.*)?$/u.test(email);
}
