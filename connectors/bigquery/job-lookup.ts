import { z } from 'zod';
import type { QualifiedName } from '../../server/model/ids.ts';
import { isRefused } from './failure.ts';
import type { Move } from './history.ts';
import { getOne } from './list.ts';
import { locationOf } from './locations.ts';
import { datasetOf } from './names.ts';
import type { Session } from './session.ts';

const table = z.object({ projectId: z.string(), datasetId: z.string(), tableId: z.string() });
const uris = z.array(z.string()).default([]);
const jobShape = z.object({
  configuration: z.object({
    query: z
      .object({ defaultDataset: z.object({ projectId: z.string().optional(), datasetId: z.string() }).optional() })
      .optional(),
    load: z.object({ sourceUris: uris, destinationTable: table.optional() }).optional(),
    extract: z.object({ sourceTable: table.optional(), destinationUris: uris }).optional(),
    copy: z
      .object({
        sourceTable: table.optional(),
        sourceTables: z.array(table).default([]),
        destinationTable: table.optional(),
      })
      .optional(),
  }),
});

/** What a job was asked to do, as far as the view of jobs does not tell it. */
export interface LookedUp {
  readonly configuration: z.output<typeof jobShape>['configuration'];
  readonly defaultDataset: { readonly project: string; readonly dataset: string } | null;
}

/** Asks for one job. Null: it may not be seen, or is not kept any more. */
export async function lookUpJob(
  { port }: Session,
  { project, location, jobId }: { readonly project: string; readonly location: string; readonly jobId: string },
  signal: AbortSignal,
): Promise<LookedUp | null> {
  const path = `/bigquery/v2/projects/${encodeURIComponent(project)}/jobs/${encodeURIComponent(jobId)}?location=${encodeURIComponent(location)}`;
  try {
    const { configuration } = await getOne(port, 'bigquery', path, jobShape, signal);
    const own = configuration.query?.defaultDataset;
    return {
      configuration,
      defaultDataset: own === undefined ? null : { project: own.projectId ?? project, dataset: own.datasetId },
    };
  } catch (error) {
    if (isRefused(error)) return null;
    throw error;
  }
}

/** What loads, exports and copies moved. Files are known by their folder: there are thousands of them, named after values. */
export function movesByConfiguration(namespace: string, { configuration }: LookedUp): readonly Move[] {
  const { load, extract, copy } = configuration;
  const places = (addresses: readonly string[]): readonly QualifiedName[] =>
    [...new Set(addresses.map(locationOf))].flatMap((address) => placeName(address) ?? []);
  if (load?.destinationTable !== undefined) return move(namespace, load.destinationTable, places(load.sourceUris));
  if (copy?.destinationTable !== undefined) {
    const from = [...copy.sourceTables, ...(copy.sourceTable === undefined ? [] : [copy.sourceTable])];
    return move(
      namespace,
      copy.destinationTable,
      from.flatMap((one) => datasetOf(namespace, one) ?? []),
    );
  }
  const source = extract?.sourceTable === undefined ? null : datasetOf(namespace, extract.sourceTable);
  if (source === null) return [];
  return places(extract?.destinationUris ?? []).map((target) => ({ target, inputs: [source] }));
}

function move(namespace: string, to: z.output<typeof table>, inputs: readonly QualifiedName[]): readonly Move[] {
  const target = datasetOf(namespace, to);
  return target === null || inputs.length === 0 ? [] : [{ target, inputs }];
}

/** `gs://bucket` and the folders in it, as the OpenLineage naming specification writes them. */
function placeName(address: string): QualifiedName | null {
  const [, bucket, folder = ''] = /^([a-z][\w+.-]*:\/\/[^/]+)\/?(.*)$/isu.exec(address) ?? [];
  return bucket === undefined ? null : { namespace: bucket, name: folder === '' ? '/' : folder };
}
