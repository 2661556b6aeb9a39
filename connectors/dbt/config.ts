import { z } from 'zod';

/** Settings of a dbt source, beside those that all sources share. */
export const dbtConfig = z
  .strictObject({
    /** dbt's target folder, the project folder around it, or the manifest file itself. */
    target: z.string().min(1).optional(),
    /** Single files, where they do not lie together. */
    manifest: z.string().min(1).optional(),
    catalog: z.string().min(1).optional(),
    runResults: z.string().min(1).optional(),
    sources: z.string().min(1).optional(),
    /**
     * OpenLineage namespace of the warehouse that dbt works on (`postgres://host:port`), so that dbt and the warehouse's own
     * connector name the same datasets. dbt's files do not hold it.
     */
    namespace: z.string().min(1).optional(),
    /** Largest file read, in bytes. Default 64 MiB. */
    maxBytes: z
      .int()
      .min(1024)
      .max(1024 * 1024 * 1024)
      .default(64 * 1024 * 1024),
  })
  .refine((config) => (config.target === undefined) !== (config.manifest === undefined), {
    message: 'give either "target" (a folder) or "manifest" (a file)',
  });

export type DbtConfig = z.output<typeof dbtConfig>;
