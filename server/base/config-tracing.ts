import { z } from 'zod';

/** Where traces go. */
export const tracingSetting = z
  .strictObject({
    endpoint: z
      .url({ protocol: /^https?$/u })
      .optional()
      .describe(
        'An OTLP receiver, without the path: http://collector:4318. Default: what OTEL_EXPORTER_OTLP_ENDPOINT says.',
      ),
    headers: z
      .record(z.string().min(1), z.string())
      .default({})
      .describe('Sent along, a key for example; write it as `"${ENV}"`. Beside those of OTEL_EXPORTER_OTLP_HEADERS.'),
    sampleRatio: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('Share of traces that are kept, where no caller decided.'),
  })
  .optional()
  .describe('OpenTelemetry traces over OTLP; {} is enough. Absent: none.');

export type TracingConfig = NonNullable<z.output<typeof tracingSetting>>;
