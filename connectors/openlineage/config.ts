import { z } from 'zod';
import { fitsNamespace } from '../../server/model/storage-place.ts';
import { kafkaSettings } from '../kit/kafka-settings.ts';

/** Settings of a source of OpenLineage events, beside those that all sources share. */
export const openlineageConfig = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .optional()
      .describe(
        'A folder (read with its subfolders), a file, or a pattern such as `events/*.ndjson`. Files end in `.ndjson`, `.jsonl` or `.json`, and may be packed (`.gz`).',
      ),
    kafka: kafkaSettings.optional().describe('Topics whose messages are OpenLineage events.'),
    namespaces: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe(
        'Namespaces of jobs (of datasets, for events without a job) that are taken; `*` at the end stands for anything. Default: all.',
      ),
    maxBytes: z
      .int()
      .min(1024)
      .max(64 * 1024 * 1024)
      .default(4 * 1024 * 1024)
      .describe('Largest event taken, in bytes. Default 4 MiB.'),
  })
  .refine((config) => config.path === undefined || config.kafka === undefined, {
    message: 'give either "path" (files) or "kafka" (topics); with neither, events are pushed to POST /api/v1/lineage',
  });

export type OpenLineageConfig = z.output<typeof openlineageConfig>;

/** True where a source takes events of a namespace. */
export function takesNamespace({ namespaces }: Pick<OpenLineageConfig, 'namespaces'>, namespace: string): boolean {
  return namespaces === undefined || namespaces.some((one) => fitsNamespace(namespace, one));
}
