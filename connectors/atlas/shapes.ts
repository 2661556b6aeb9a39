import { z } from 'zod';
import type { Json } from '../../server/model/json.ts';

/** The parts of Atlas's answers that are read (REST v2, 2.x); other members are left alone. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value === true);
function list<S extends z.ZodType>(shape: S) {
  return z
    .array(shape)
    .nullish()
    .transform((value): readonly z.output<S>[] => value ?? []);
}
const attributes = z
  .record(z.string(), z.json())
  .nullish()
  .transform((value): Readonly<Record<string, Json>> => value ?? {});

export const version = z.object({ Version: text, Name: text });

const relationEnd = z.object({ type: z.string(), name: text, isContainer: flag });
export const typeDefs = z.object({
  entityDefs: list(
    z.object({
      name: z.string(),
      superTypes: list(z.string()),
      serviceType: text,
      attributeDefs: list(z.object({ name: z.string(), typeName: text })),
    }),
  ),
  classificationDefs: list(
    z.object({
      name: z.string(),
      superTypes: list(z.string()),
      entityTypes: list(z.string()),
      attributeDefs: list(z.object({ name: z.string() })),
    }),
  ),
  relationshipDefs: list(
    z.object({ name: z.string(), relationshipCategory: text, endDef1: relationEnd, endDef2: relationEnd }),
  ),
});
export type TypeDefs = z.output<typeof typeDefs>;

/** A classification as it hangs on an entity: its own when `entityGuid` is the entity's, otherwise propagated from there. */
export const classification = z.object({
  typeName: z.string(),
  attributes,
  entityGuid: text,
  entityStatus: text,
  propagate: flag,
});
export type AtlasClassification = z.output<typeof classification>;
export const classificationList = z.object({ list: list(classification) });

/** A reference as it stands in `attributes` and `relationshipAttributes`. */
export const reference = z.object({
  guid: z.string(),
  typeName: text,
  entityStatus: text,
  relationshipStatus: text,
  displayText: text,
  uniqueAttributes: z.object({ qualifiedName: text }).nullish(),
});
export type AtlasReference = z.output<typeof reference>;

export const entity = z.object({
  typeName: z.string(),
  guid: z.string(),
  status: text,
  attributes,
  relationshipAttributes: attributes,
  businessAttributes: attributes,
  customAttributes: attributes,
  labels: list(z.string()),
  classifications: list(classification),
  updateTime: z.number().nullish(),
});
export type AtlasEntity = z.output<typeof entity>;
export const entities = z.object({
  entities: list(entity),
  referredEntities: z
    .record(z.string(), entity)
    .nullish()
    .transform((value) => value ?? {}),
});

export const header = z.object({ typeName: z.string(), guid: z.string(), status: text, attributes, displayText: text });
export type AtlasHeader = z.output<typeof header>;
export const searchResult = z.object({ entities: list(header), approximateCount: z.number().nullish() });

export const lineage = z.object({
  guidEntityMap: z
    .record(z.string(), z.object({ guid: z.string(), typeName: z.string(), status: text }))
    .nullish()
    .transform((value) => value ?? {}),
});
export const uniqueEntity = z.object({ entity: z.object({ guid: z.string(), status: text }) });

/** References under a member, whether it holds one or several. What is no reference is left out. */
export function referencesIn(value: Json | undefined): readonly AtlasReference[] {
  const each = Array.isArray(value) ? (value as readonly Json[]) : value === null || value === undefined ? [] : [value];
  return each.flatMap((one) => {
    const parsed = reference.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}

/** A text attribute; empty when it is absent or something else. */
export function textOf(attributes: Readonly<Record<string, Json>>, name: string): string {
  const value = attributes[name];
  return typeof value === 'string' ? value : '';
}
