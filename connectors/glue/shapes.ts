import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const column = z.object({
  Name: z.string(),
  Type: text,
  Comment: text,
});
const columns = z
  .array(column)
  .nullish()
  .transform((value) => value ?? []);

export const glueDatabase = z.object({ Name: z.string(), CatalogId: text });
export const glueTable = z.object({
  Name: z.string(),
  DatabaseName: text,
  Description: text,
  Owner: text,
  TableType: text,
  Parameters: z
    .record(z.string(), z.string())
    .nullish()
    .transform((value) => value ?? {}),
  StorageDescriptor: z
    .object({ Columns: columns, Location: text, InputFormat: text })
    .nullish()
    .transform((value) => value ?? { Columns: [], Location: null, InputFormat: null }),
  PartitionKeys: columns,
  ViewOriginalText: text,
  ViewExpandedText: text,
  ViewDefinition: z
    .object({
      Representations: z
        .array(z.object({ Dialect: text, ViewOriginalText: text, ViewExpandedText: text }))
        .nullish()
        .transform((value) => value ?? []),
    })
    .nullish()
    .transform((value) => value?.Representations ?? []),
  TargetTable: z
    .object({ CatalogId: text, DatabaseName: text, Name: text, Region: text })
    .nullish()
    .transform((value) => value ?? null),
  IsRegisteredWithLakeFormation: z.boolean().nullish(),
});

export const databasePage = z.object({ DatabaseList: z.array(glueDatabase), NextToken: text });
export const tablePage = z.object({ TableList: z.array(glueTable), NextToken: text });

const lfTag = z.object({ TagKey: z.string(), TagValues: z.array(z.string()).default([]) });
const lfTags = z
  .array(lfTag)
  .nullish()
  .transform((value) => value ?? []);
export const resourceTags = z.object({
  LFTagOnDatabase: lfTags,
  LFTagsOnTable: lfTags,
  LFTagsOnColumns: z
    .array(z.object({ Name: z.string(), LFTags: lfTags }))
    .nullish()
    .transform((value) => value ?? []),
});

export type GlueTable = z.output<typeof glueTable>;
export type LfTag = z.output<typeof lfTag>;
export type ResourceTags = z.output<typeof resourceTags>;
