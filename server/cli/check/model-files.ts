import { z } from 'zod';
import { parseJson } from '../../base/parse-json.ts';
import type { ScanTarget } from '../scan-target.ts';
import { largestManifest, manifestAt } from './changed-texts.ts';

/** Which file of the project makes a dataset, so that a finding stands beside the right lines of the change. */
export interface ModelFiles {
  ofDataset(name: string): string | null;
  /** The file of the model that a text names. */
  ofText(text: string): string | null;
}

const manifestSchema = z.object({
  nodes: z.record(
    z.string(),
    z.looseObject({
      resource_type: z.string().optional(),
      database: z.string().nullish(),
      schema: z.string().nullish(),
      alias: z.string().nullish(),
      name: z.string().nullish(),
      original_file_path: z.string().nullish(),
    }),
  ),
});

/** Reads the files of a dbt manifest; a folder of SQL has none to tell, for a file may make many tables. */
export async function modelFiles({ connector, settings }: ScanTarget): Promise<ModelFiles> {
  const none: ModelFiles = { ofDataset: () => null, ofText: () => null };
  const target = settings['target'];
  if (connector !== 'dbt' || target === undefined) return none;
  const found = await manifestAt(target);
  if (found === null) return none;
  const parsed = manifestSchema.safeParse(parseJson(found.text, `[check] ${found.place}`, largestManifest));
  return parsed.success ? filesOf(parsed.data.nodes) : none;
}

function filesOf(nodes: z.infer<typeof manifestSchema>['nodes']): ModelFiles {
  const byDataset = new Map<string, string>();
  const byNode = new Map<string, string>();
  for (const [id, node] of Object.entries(nodes)) {
    const file = node.original_file_path;
    if (typeof file !== 'string' || node.resource_type === 'test') continue;
    const path = file.replaceAll('\\', '/');
    byNode.set(id, path);
    const parts = [node.database, node.schema, node.alias ?? node.name].filter(
      (part) => typeof part === 'string' && part !== '',
    );
    byDataset.set(parts.join('.').toLowerCase(), path);
  }
  return {
    ofDataset: (name) => byDataset.get(name.toLowerCase()) ?? null,
    ofText: (text) => [...byNode].find(([id]) => text.includes(id))?.[1] ?? null,
  };
}
