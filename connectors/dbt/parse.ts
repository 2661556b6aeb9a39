import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import {
  catalogNode,
  dbtNode,
  freshness,
  group,
  metadata,
  result,
  semanticModel,
  type CatalogNode,
  type DbtNode,
  type SemanticModel,
} from './shapes.ts';

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

const again = 'name the folder that dbt writes ("target"), and run "dbt compile" in the project again';

function artefact(json: unknown, kind: string, what: string) {
  const parsed = z.looseObject({ metadata }).safeParse(json);
  if (!parsed.success)
    throw new LexlineError('ARTEFACT_INVALID', `${what}: JSON, but not a file that dbt writes (no usable "metadata")`, {
      remedy: again,
    });
  const schema = parsed.data.metadata.dbt_schema_version;
  const match = /\/([a-z-]+)\/v(\d+)(\.json)?$/.exec(schema);
  if (match === null || match[1] !== kind)
    throw new LexlineError(
      'ARTEFACT_INVALID',
      `${what}: not a ${kind} file of dbt (its dbt_schema_version is "${schema.slice(0, 100)}")`,
      { remedy: again },
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
