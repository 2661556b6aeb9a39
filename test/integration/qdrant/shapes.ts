import { z } from 'zod';

/**
 * The requests that we send, as Qdrant's published OpenAPI (1.14 and later) writes them: strict, so that a member of our own
 * making is refused here as the shape of the document forbids it. Written from that document; not its text.
 */
const pointId = z.union([z.uuid(), z.int().min(0)]);
const sparse = z.strictObject({ indices: z.array(z.int().min(0).max(0xff_ff_ff_ff)), values: z.array(z.number()) });
const vectors = z.record(z.string(), z.union([z.array(z.number()), sparse]));
const condition = z.union([
  z.strictObject({ key: z.string(), match: z.strictObject({ any: z.array(z.string()).min(1) }) }),
  z.strictObject({ key: z.string(), range: z.strictObject({ lte: z.number(), gt: z.number() }).partial() }),
]);
const filter = z.strictObject({ must: z.array(condition) });
const output = { with_payload: z.boolean(), with_vector: z.array(z.string()) };
const prefetch = z.strictObject({
  query: z.union([z.array(z.number()), sparse]),
  using: z.string(),
  filter: filter.optional(),
  limit: z.int().min(1),
});

export const shapes = {
  'PUT /collections/{name}': z.strictObject({
    vectors: z.record(
      z.string(),
      z.strictObject({ size: z.int().min(1), distance: z.enum(['Cosine', 'Euclid', 'Dot', 'Manhattan']) }),
    ),
    sparse_vectors: z.record(z.string(), z.strictObject({ modifier: z.enum(['none', 'idf']) })),
    quantization_config: z
      .strictObject({ scalar: z.strictObject({ type: z.literal('int8'), always_ram: z.boolean() }) })
      .optional(),
  }),
  'DELETE /collections/{name}': z.undefined(),
  'GET /collections/{name}': z.undefined(),
  'GET /collections': z.undefined(),
  'GET /aliases': z.undefined(),
  'POST /collections/aliases': z.strictObject({
    actions: z.array(
      z.union([
        z.strictObject({ delete_alias: z.strictObject({ alias_name: z.string() }) }),
        z.strictObject({ create_alias: z.strictObject({ collection_name: z.string(), alias_name: z.string() }) }),
      ]),
    ),
  }),
  'PUT /collections/{name}/index': z.strictObject({
    field_name: z.string(),
    field_schema: z.enum(['keyword', 'integer']),
  }),
  'PUT /collections/{name}/points': z.strictObject({
    points: z.array(z.strictObject({ id: pointId, vector: vectors, payload: z.record(z.string(), z.unknown()) })),
  }),
  'POST /collections/{name}/points': z.strictObject({ ids: z.array(pointId), ...output }),
  'POST /collections/{name}/points/scroll': z.strictObject({
    limit: z.int().min(1),
    offset: pointId.optional(),
    ...output,
  }),
  'POST /collections/{name}/points/count': z.strictObject({ exact: z.boolean() }),
  'POST /collections/{name}/points/delete': z.strictObject({ filter }),
  'POST /collections/{name}/points/query': z.union([
    prefetch.extend(output),
    z.strictObject({
      prefetch: z.array(prefetch).min(2),
      query: z.strictObject({ fusion: z.enum(['rrf', 'dbsf']) }),
      limit: z.int().min(1),
      ...output,
    }),
  ]),
} as const;

export type Route = keyof typeof shapes;
