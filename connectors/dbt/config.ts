import { z } from 'zod';

/** Settings of a dbt source, beside those that all sources share. */
export const dbtConfig = z
  .strictObject({
    target: z
      .string()
      .min(1)
      .optional()
      .describe("dbt's target folder, the project folder around it, or the manifest file itself."),
    manifest: z.string().min(1).optional().describe('The manifest, where the files do not lie together.'),
    catalog: z
      .string()
      .min(1)
      .optional()
      .describe('catalog.json, from `dbt docs generate`: types and order of columns.'),
    runResults: z.string().min(1).optional().describe('run_results.json: runs of models and tests.'),
    sources: z.string().min(1).optional().describe('sources.json: freshness of sources.'),
    namespace: z
      .string()
      .min(1)
      .optional()
      .describe(
        "OpenLineage namespace of the warehouse that dbt works on (`postgres://host:port`), so that dbt and the warehouse's own connector name the same datasets. dbt's files do not hold it.",
      ),
    project: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The project folder, whose YAML files tags are written back to as a patch. Default: the one around `target`.',
      ),
    maxBytes: z
      .int()
      .min(1024)
      .max(1024 * 1024 * 1024)
      .default(64 * 1024 * 1024)
      .describe('Largest file read, in bytes. Default 64 MiB.'),
  })
  .refine((config) => (config.target === undefined) !== (config.manifest === undefined), {
    message: 'give either "target" (a folder) or "manifest" (a file)',
  });

export type DbtConfig = z.output<typeof dbtConfig>;
