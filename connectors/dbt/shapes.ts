import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { Json } from '../../server/model/json.ts';

/**
 * The parts of dbt's artefacts that are read (https://schemas.getdbt.com, manifest 9 to 12, catalog 1, run results 4 to 6,
 * sources 3); other members are left alone. Members that can hold values of rows (unit tests' rows, test arguments, error
 * messages) are not read at all, nor is `root_path`.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const texts = z
  .union([z.string(), z.array(z.string())])
  .nullish()
  .transform((value): readonly string[] => (value === null || value === undefined ? [] : [value].flat()));
const record = z
  .record(z.string(), z.json())
  .nullish()
  .transform((value): Readonly<Record<string, Json>> => value ?? {});
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value === true);

const metadata = z.object({
  dbt_schema_version: text,
  dbt_version: text,
  generated_at: text,
  project_name: text,
  adapter_type: text,
});

const constraint = z.object({
  type: text,
  name: text,
  columns: texts,
  to: text,
  to_columns: texts,
});
export type DbtConstraint = z.output<typeof constraint>;

const column = z.object({
  name: z.string(),
  description: text,
  data_type: text,
  meta: record,
  tags: texts,
  config: z.object({ meta: record, tags: texts }).nullish(),
  constraints: z
    .array(constraint)
    .nullish()
    .transform((value) => value ?? []),
});
export type DbtColumn = z.output<typeof column>;

const hooks = z
  .array(z.object({ sql: text }))
  .nullish()
  .catch(null)
  .transform((value) => (value ?? []).map(({ sql }) => sql).filter((sql) => sql.trim() !== ''));

const config = z
  .object({
    materialized: text,
    meta: record,
    tags: texts,
    group: text,
    access: text,
    severity: text,
    enabled: z
      .boolean()
      .nullish()
      .transform((value) => value !== false),
    contract: z.object({ enforced: flag }).nullish(),
    unique_key: texts.catch([]),
    'pre-hook': hooks,
    'post-hook': hooks,
  })
  .nullish();

export const dbtNode = z.object({
  unique_id: z.string().min(1),
  resource_type: z.string(),
  name: z.string(),
  package_name: z.string().min(1),
  alias: text,
  identifier: text,
  database: text,
  schema: text,
  relation_name: text,
  original_file_path: text,
  description: text,
  columns: z
    .record(z.string(), column)
    .nullish()
    .transform((value) => Object.values(value ?? {})),
  meta: record,
  tags: texts,
  config,
  depends_on: z
    .object({ nodes: texts })
    .nullish()
    .transform((value) => value?.nodes ?? []),
  language: text,
  compiled_code: text,
  extra_ctes_injected: z.boolean().nullish(),
  extra_ctes: z
    .array(z.object({ id: z.string(), sql: text }))
    .nullish()
    .transform((value) => value ?? []),
  constraints: z
    .array(constraint)
    .nullish()
    .transform((value) => value ?? []),
  group: text,
  access: text,
  version: z.union([z.string(), z.number()]).nullish(),
  column_name: text,
  attached_node: text,
  test_metadata: z
    .object({
      name: text,
      kwargs: z.object({ to: text.catch(''), field: text.catch('') }).nullish(),
    })
    .nullish(),
  source_description: text,
  loader: text,
  loaded_at_field: text,
  url: text,
  type: text,
  maturity: text,
  label: text,
  owner: z.object({ name: texts.catch([]), email: texts.catch([]) }).nullish(),
});
export type DbtNode = z.output<typeof dbtNode>;

const group = z.object({
  name: z.string(),
  owner: z.object({ name: texts.catch([]), email: texts.catch([]) }).nullish(),
});

const semanticMember = z.object({ name: z.string(), type: text, agg: text, expr: text.catch('') });
const semanticModel = z.object({
  name: z.string(),
  depends_on: z
    .object({ nodes: texts })
    .nullish()
    .transform((value) => value?.nodes ?? []),
  entities: z
    .array(semanticMember)
    .nullish()
    .transform((value) => value ?? []),
  dimensions: z
    .array(semanticMember)
    .nullish()
    .transform((value) => value ?? []),
  measures: z
    .array(semanticMember)
    .nullish()
    .transform((value) => value ?? []),
});
export type SemanticModel = z.output<typeof semanticModel>;

const catalogNode = z.object({
  metadata: z.object({ database: text, schema: text, name: z.string(), type: text, comment: text, owner: text }),
  columns: z
    .record(z.string(), z.object({ name: z.string(), type: text, index: z.number().nullish(), comment: text }))
    .nullish()
    .transform((value) => Object.values(value ?? {})),
});
export type CatalogNode = z.output<typeof catalogNode>;

const timing = z.object({ name: text, completed_at: text });
const result = z.object({
  unique_id: z.string(),
  status: text,
  execution_time: z.number().nullish(),
  failures: z.number().nullish(),
  timing: z
    .array(timing)
    .nullish()
    .transform((value) => value ?? []),
  adapter_response: z
    .object({ rows_affected: z.number().nullish().catch(null) })
    .nullish()
    .catch(null),
});

const freshness = z.object({ unique_id: z.string(), status: text, max_loaded_at: text, snapshotted_at: text });

/** A node that does not hold: it is a gap, the others go on. */
export interface Unreadable {
  readonly id: string;
  readonly member: string;
}

export interface Manifest {
  readonly version: number;
  readonly metadata: z.output<typeof metadata>;
  /** Models, seeds, snapshots, tests, analyses, operations, sources and exposures alike. */
  readonly nodes: ReadonlyMap<string, DbtNode>;
  readonly groups: ReadonlyMap<string, z.output<typeof group>>;
  readonly semanticModels: readonly SemanticModel[];
  readonly unreadable: readonly Unreadable[];
}

export interface Catalog {
  readonly nodes: ReadonlyMap<string, CatalogNode>;
}

export interface RunResults {
  readonly generatedAt: string;
  readonly results: readonly z.output<typeof result>[];
}

export interface Freshness {
  readonly generatedAt: string;
  readonly results: readonly z.output<typeof freshness>[];
}

/** The newest manifest version whose schema was read; newer ones are read by the same members. */
export const newestManifest = 12;
const oldestManifest = 9;

/** Fails with ARTEFACT_INVALID for something that is no manifest, ARTEFACT_VERSION for one before version 9 (dbt 1.5). */
export function parseManifest(json: unknown, what: string): Manifest {
  const { meta, version, top } = artefact(json, 'manifest', what);
  if (version < oldestManifest)
    throw new LexlineError('ARTEFACT_VERSION', `${what}: manifest version ${version}; 9 (dbt 1.5) or later is needed`, {
      remedy: 'run "dbt compile" with dbt 1.5 or later',
    });
  const nodes = new Map<string, DbtNode>();
  const unreadable: Unreadable[] = [];
  for (const part of ['nodes', 'sources', 'exposures']) {
    for (const [id, value] of members(top, part, what)) {
      const parsed = dbtNode.safeParse(value);
      if (!parsed.success) unreadable.push({ id, member: parsed.error.issues[0]?.path.join('.') ?? '' });
      else if (parsed.data.config?.enabled !== false) nodes.set(parsed.data.unique_id, parsed.data);
    }
  }
  const groups = new Map<string, z.output<typeof group>>();
  for (const [, value] of members(top, 'groups', what)) {
    const parsed = group.safeParse(value);
    if (parsed.success) groups.set(parsed.data.name, parsed.data);
  }
  const semanticModels = members(top, 'semantic_models', what).flatMap(([, value]) => {
    const parsed = semanticModel.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  return { version, metadata: meta, nodes, groups, semanticModels, unreadable };
}

export function parseCatalog(json: unknown, what: string): Catalog {
  const { top } = artefact(json, 'catalog', what);
  const nodes = new Map<string, CatalogNode>();
  for (const part of ['nodes', 'sources']) {
    for (const [id, value] of members(top, part, what)) {
      const parsed = catalogNode.safeParse(value);
      if (!parsed.success)
        throw new LexlineError('ARTEFACT_INVALID', `${what}: ${part}.${id}: ${parsed.error.issues[0]?.path.join('.')}`);
      nodes.set(id, parsed.data);
    }
  }
  return { nodes };
}

export function parseRunResults(json: unknown, what: string): RunResults {
  const { meta, top } = artefact(json, 'run-results', what);
  return { generatedAt: meta.generated_at, results: list(top, 'results', result, what) };
}

export function parseSources(json: unknown, what: string): Freshness {
  const { meta, top } = artefact(json, 'sources', what);
  return { generatedAt: meta.generated_at, results: list(top, 'results', freshness, what) };
}

function artefact(json: unknown, kind: string, what: string) {
  const parsed = z.looseObject({ metadata }).safeParse(json);
  if (!parsed.success)
    throw new LexlineError('ARTEFACT_INVALID', `${what}: JSON, but not a file that dbt writes (no usable "metadata")`);
  const schema = parsed.data.metadata.dbt_schema_version;
  const match = /\/([a-z-]+)\/v(\d+)(\.json)?$/.exec(schema);
  if (match === null || match[1] !== kind)
    throw new LexlineError(
      'ARTEFACT_INVALID',
      `${what}: not a ${kind} file of dbt (its dbt_schema_version is "${schema.slice(0, 100)}")`,
    );
  return {
    meta: parsed.data.metadata,
    version: Number(match[2]),
    top: parsed.data as Readonly<Record<string, unknown>>,
  };
}

function members(
  top: Readonly<Record<string, unknown>>,
  part: string,
  what: string,
): readonly (readonly [string, unknown])[] {
  const value = top[part];
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value))
    throw new LexlineError('ARTEFACT_INVALID', `${what}: "${part}" is not an object`);
  return Object.entries(value);
}

function list<S extends z.ZodType>(
  top: Readonly<Record<string, unknown>>,
  part: string,
  shape: S,
  what: string,
): readonly z.output<S>[] {
  const parsed = z.array(shape).safeParse(top[part]);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new LexlineError('ARTEFACT_INVALID', `${what}: "${part}" is not usable at ${where || 'the top'}`);
}
