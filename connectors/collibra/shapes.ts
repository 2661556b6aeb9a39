import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
/** A reference to something, by id. */
const reference = z.object({ id: z.string().min(1) });
const named = z.object({ id: z.string().min(1), name: text });

export const info = z.object({ version: z.object({ fullVersion: z.string() }) });
export const assetType = z.object({ id: z.string().min(1), name: text, parent: reference.nullish() });
export const attributeType = named;
export const role = named;
export const community = z.object({ id: z.string().min(1), name: text, parent: reference.nullish() });
export const domain = z.object({ id: z.string().min(1), name: text, community: reference });
export const asset = z.object({
  id: z.string().min(1),
  name: z.string(),
  displayName: text,
  type: reference,
  domain: reference,
});
export const relation = z.object({ id: z.string().min(1), source: reference, target: reference });
export const attribute = z.object({
  id: z.string().min(1),
  asset: reference,
  type: reference,
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]).optional(),
});
export const tag = z.object({ id: z.string().min(1), name: z.string(), assetsCount: z.number().nullish() });
export const responsibility = z.object({
  id: z.string().min(1),
  role: reference,
  owner: reference.extend({ resourceType: text }),
  baseResource: reference.nullish(),
});
export const user = z.object({ id: z.string().min(1), userName: text });
export const group = named;

/** Where only the count matters. */
export const anything = z.object({ id: z.string() });

/** One page of a listing. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ total: z.number().nullish(), results: z.array(item) });
}

export type Asset = z.output<typeof asset>;
export type Domain = z.output<typeof domain>;
export type Community = z.output<typeof community>;
export type Relation = z.output<typeof relation>;
export type Attribute = z.output<typeof attribute>;
