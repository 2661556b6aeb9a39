import { z } from 'zod';

/** Rows that the queries of `client.ts` give; numbers come as they are, absent properties as null. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const texts = z
  .array(z.string().nullish())
  .nullish()
  .transform((value): readonly string[] =>
    (value ?? []).filter((one): one is string => typeof one === 'string' && one !== ''),
  );
const badges = z
  .array(z.object({ key: z.string(), category: text }))
  .nullish()
  .transform((value) => value ?? []);

export const schemaRow = z.object({
  key: z.string(),
  database: z.string(),
  cluster: z.string(),
  name: z.string(),
  stamp: z.string(),
});
export type SchemaRow = z.output<typeof schemaRow>;

const columnRow = z.object({
  key: z.string(),
  name: z.string(),
  type: text,
  position: z.number().nullish(),
  descriptions: texts,
  badges,
});
export type ColumnRow = z.output<typeof columnRow>;

export const tableRow = z.object({
  key: z.string(),
  name: z.string(),
  isView: z
    .boolean()
    .nullish()
    .transform((value) => value === true),
  descriptions: texts,
  owners: texts,
  tags: z
    .array(z.object({ key: z.string(), type: text }))
    .nullish()
    .transform((value) => value ?? []),
  badges,
  reads: z.number().nullish(),
  readers: z.number().nullish(),
  columns: z.array(columnRow),
});
export type TableRow = z.output<typeof tableRow>;

export const edgeRow = z.object({ from: z.string(), to: z.string() });
export type EdgeRow = z.output<typeof edgeRow>;

/** What the metadata service says of a table, as far as writing needs it. */
const serviceBadge = z.object({ badge_name: z.string(), category: text });
export const serviceTable = z.object({
  badges: z
    .array(serviceBadge)
    .nullish()
    .transform((value) => value ?? []),
  tags: z
    .array(z.object({ tag_name: z.string(), tag_type: text }))
    .nullish()
    .transform((value) => value ?? []),
  // The service always sends it: an answer without is none of its own.
  columns: z.array(
    z.object({
      name: z.string(),
      badges: z
        .array(serviceBadge)
        .nullish()
        .transform((value) => value ?? []),
    }),
  ),
});
export const serviceBadges = z.object({
  badges: z
    .array(serviceBadge)
    .nullish()
    .transform((value) => value ?? []),
});

export const component = z.object({ name: text, version: text });
