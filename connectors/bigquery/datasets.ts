import { z } from 'zod';
import type { Json } from '../../server/model/json.ts';
import { matchesGlob, wantedSchemas } from '../kit/warehouse/schema-filter.ts';
import { accessEntry, accessFacet } from './access.ts';
import { hiddenProject, noDataset, unreachableLocations } from './gaps.ts';
import { getOne, listAll, pagesOf } from './list.ts';
import { isHidden } from './names.ts';
import type { Session } from './session.ts';

/** A dataset that is read. */
export interface ListedDataset {
  readonly name: string;
  readonly location: string;
}

const projectShape = z.object({ projectReference: z.object({ projectId: z.string() }) });
const datasetShape = z.object({
  datasetReference: z.object({ datasetId: z.string() }),
  location: z.string().default('US'),
});
const wholeDataset = z.object({
  description: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  access: z.array(accessEntry).default([]),
  defaultTableExpirationMs: z.string().optional(),
  defaultPartitionExpirationMs: z.string().optional(),
  maxTimeTravelHours: z.string().optional(),
  type: z.string().optional(),
  linkedDatasetSource: z
    .object({ sourceDataset: z.object({ projectId: z.string(), datasetId: z.string() }) })
    .optional(),
  defaultEncryptionConfiguration: z.object({ kmsKeyName: z.string().optional() }).optional(),
});

/**
 * The projects that the configuration asks for, in the order of their ids. Names are taken as they are; patterns are matched with
 * the projects that the credentials are shown. A pattern that matches none is a gap (`areAllShown` false).
 */
export async function projectsOf(
  session: Session,
  signal: AbortSignal,
): Promise<{ readonly names: readonly string[]; readonly areAllShown: boolean }> {
  const { project, projects } = session.config;
  const { include = [project], exclude } = projects;
  const isPattern = (name: string): boolean => /[*?]/u.test(name);
  const listed = include.some(isPattern)
    ? await listAll(
        session.port,
        {
          service: 'bigquery',
          path: '/bigquery/v2/projects',
          member: 'projects',
          item: projectShape,
          size: ['maxResults', 1000],
        },
        signal,
      )
    : [];
  const shown = listed.map(({ projectReference }) => projectReference.projectId);
  const hidden = include.filter((name) => isPattern(name) && !shown.some((one) => matchesGlob(one, [name])));
  for (const pattern of hidden) session.note(hiddenProject(pattern, session.port.who));
  const all = [...include.filter((name) => !isPattern(name)), ...shown.filter((one) => matchesGlob(one, include))];
  const names = wantedSchemas(
    [...new Set(all)].toSorted().map((schema) => ({ schema })),
    exclude === undefined ? {} : { exclude },
  );
  return { names: names.map(({ schema }) => schema), areAllShown: hidden.length === 0 };
}

/** The datasets of a project that the configuration asks for, by name and location. `areAllShown` false: a location did not answer. */
export async function datasetsOf(
  session: Session,
  project: string,
  signal: AbortSignal,
): Promise<{ readonly datasets: readonly ListedDataset[]; readonly areAllShown: boolean }> {
  const datasets: ListedDataset[] = [];
  const unreachable = new Set<string>();
  const listing = {
    service: 'bigquery',
    path: `/bigquery/v2/projects/${encodeURIComponent(project)}/datasets`,
    member: 'datasets',
    item: datasetShape,
    size: ['maxResults', 1000],
  } as const;
  for await (const { items, whole } of pagesOf(session.port, listing, signal)) {
    const missing = z.array(z.string()).safeParse(whole['unreachable'] ?? []);
    for (const location of missing.success ? missing.data : ['an unknown location']) unreachable.add(location);
    for (const { datasetReference, location } of items)
      if (!isHidden(datasetReference.datasetId)) datasets.push({ name: datasetReference.datasetId, location });
  }
  if (unreachable.size > 0) session.note(unreachableLocations(project, [...unreachable].toSorted()));
  const wanted = wantedSchemas(
    datasets.map((dataset) => ({ schema: dataset.location, dataset })),
    session.config.locations,
  );
  const named = wantedSchemas(
    wanted.map(({ dataset }) => ({ schema: dataset.name, dataset })),
    session.config.datasets,
  );
  return {
    datasets: named.map(({ dataset }) => dataset).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    areAllShown: unreachable.size === 0,
  };
}

/** What a dataset as a whole says: it holds for each table in it. Null: it may not be seen, and the gap is noted. */
export async function datasetFacet(
  session: Session,
  project: string,
  dataset: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, Json>> | null> {
  const path = `/bigquery/v2/projects/${encodeURIComponent(project)}/datasets/${encodeURIComponent(dataset)}`;
  const whole = await session.optional(
    () => getOne(session.port, 'bigquery', path, wholeDataset, signal),
    (refusal) => noDataset(project, dataset, refusal, session.port.who),
  );
  if (whole === null) return null;
  const source = whole.linkedDatasetSource?.sourceDataset;
  const key = whole.defaultEncryptionConfiguration?.kmsKeyName;
  const expirationDays = daysOf(whole.defaultTableExpirationMs);
  const partitionDays = daysOf(whole.defaultPartitionExpirationMs);
  const travel = Number(whole.maxTimeTravelHours ?? Number.NaN);
  const own: Record<string, Json> = {
    ...(whole.description === undefined || whole.description === '' ? {} : { description: whole.description }),
    ...(Object.keys(whole.labels).length === 0 ? {} : { labels: whole.labels }),
    ...(whole.type === 'PUBLIC' || whole.type === 'LINKED' || whole.type === 'EXTERNAL' ? { type: whole.type } : {}),
    ...(source === undefined ? {} : { linkedFrom: `${source.projectId}.${source.datasetId}` }),
    ...(expirationDays === null ? {} : { defaultExpirationDays: expirationDays }),
    ...(partitionDays === null ? {} : { defaultPartitionExpirationDays: partitionDays }),
    ...(Number.isFinite(travel) ? { timeTravelHours: travel } : {}),
    ...(key === undefined ? {} : { defaultKmsKey: key }),
    ...(session.config.access ? accessFacet(whole.access) : {}),
  };
  return Object.keys(own).length === 0 ? {} : { dataset: own };
}

function daysOf(ms: string | undefined): number | null {
  const days = Number(ms ?? Number.NaN) / 86_400_000;
  return Number.isFinite(days) && days > 0 ? Math.round(days * 100) / 100 : null;
}
