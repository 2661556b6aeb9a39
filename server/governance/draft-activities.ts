import { stringify } from 'yaml';

/** A dataset with personal data, as far as a draft needs it. */
export interface DraftDataset {
  readonly name: string;
  readonly owners: readonly string[];
  readonly subject: string | null;
}

/** Kinds of rows that are of persons: a table of payments or events says nothing of whose they are. */
export const kindsOfPersons: ReadonlySet<string> = new Set(['customer', 'employee', 'patient', 'person']);

/**
 * Drafts processing activities: one for each schema that holds personal data, parted by owner where a schema has several.
 * Purposes and legal bases stay open, for data does not show them.
 */
export function draftActivities(datasets: readonly DraftDataset[]): {
  readonly yaml: string;
  readonly activities: number;
} {
  const groups = Map.groupBy(datasets, ({ name, owners }) => JSON.stringify([schemaOf(name), owners[0] ?? null]));
  const used = new Set<string>();
  const activities = [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own]) => {
      const [schema, owner] = JSON.parse(key) as [string, string | null];
      const alone = [...groups.keys()].filter((other) => (JSON.parse(other) as [string])[0] === schema).length === 1;
      const kinds = own.flatMap(({ subject }) => (subject !== null && kindsOfPersons.has(subject) ? [subject] : []));
      const subjects = [...new Set(kinds)].toSorted();
      return {
        id: idOf(alone ? schema : `${schema} ${owner ?? 'nobody'}`, used),
        name: `What ${schema} is used for`,
        entity: 'us',
        ...(owner === null ? {} : { owner }),
        purposes: [],
        dataSubjects: subjects,
        datasets: alone ? [{ name: `${schema}.*` }] : own.map(({ name }) => ({ name })),
        draft: true,
      };
    });
  const entities = [{ id: 'us', name: 'Name of the company', role: 'controller' }];
  const yaml = `# Drafted from schemas and owners. Name purposes and legal bases, join what belongs together, then take "draft" out.\n${stringify({ entities, activities }, { lineWidth: 120 })}`;
  return { yaml, activities: activities.length };
}

/** Everything before the last part of a name. */
function schemaOf(name: string): string {
  const parts = name.split(name.includes('/') ? '/' : '.');
  return parts.length < 2 ? name : parts.slice(0, -1).join(name.includes('/') ? '/' : '.');
}

function idOf(name: string, used: Set<string>): string {
  const base =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, '-')
      .replaceAll(/^-+|-+$/gu, '')
      .slice(0, 48) || 'activity';
  let id = base;
  for (let i = 2; used.has(id); i++) id = `${base}-${String(i)}`;
  used.add(id);
  return id;
}
