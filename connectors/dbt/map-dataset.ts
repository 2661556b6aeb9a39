import type {
  DatasetDocument,
  DatasetKey,
  DatasetKind,
  FieldDescription,
  SourceTag,
} from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import { withoutSecrets } from '../kit/without-secrets.ts';
import { jobName } from './names.ts';
import type { Project } from './project.ts';
import type { DbtColumn, DbtConstraint, DbtNode } from './shapes.ts';
import { ownMeta } from './edit-yaml.ts';

const kinds: Readonly<Record<string, DatasetKind>> = {
  view: 'view',
  materialized_view: 'materialized-view',
  dynamic_table: 'materialized-view',
};

/** A model, seed, snapshot or source as the dataset that it is in the warehouse; null for an ephemeral model. */
export function mapDataset(node: DbtNode, project: Project): DatasetDocument | null {
  const name = project.dataset(node.unique_id);
  if (name === null) return null;
  const owners = ownersOf(node, project);
  const tags = tagsOf(node.tags, node.config?.tags ?? []);
  const keys = keysOf(node, project);
  const meta = metaOf(node);
  return {
    type: 'dataset',
    kind: kinds[node.config?.materialized ?? ''] ?? 'table',
    platform: project.naming.adapter,
    ...name,
    native: { id: node.unique_id },
    ...described(node.description || node.source_description),
    ...(owners.length === 0 ? {} : { owners }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(keys.length === 0 ? {} : { keys }),
    facets: {
      'dbt.resource': resourceFacet(node),
      ...(Object.keys(meta).length === 0 ? {} : { 'dbt.meta': meta }),
      ...(project.tests(node.unique_id).length === 0 ? {} : { 'dbt.tests': testsFacet(node, project) }),
    },
    ...(project.seen(node.unique_id) === undefined ? { partial: true } : {}),
    fields: fieldsOf(node, project),
  };
}

/** An exposure as the report that people see: the far end of the flow. */
export function mapExposure(node: DbtNode, project: Project): DatasetDocument {
  const owners = ownersOf(node, project);
  const tags = tagsOf(node.tags, node.config?.tags ?? []);
  const meta = metaOf(node);
  return {
    type: 'dataset',
    kind: 'report',
    platform: 'dbt',
    ...jobName(project.naming, node.unique_id),
    native: { id: node.unique_id, ...(/^https?:\/\//.test(node.url) ? { url: withoutSecrets(node.url) } : {}) },
    ...described(node.description || node.label),
    ...(owners.length === 0 ? {} : { owners }),
    ...(tags.length === 0 ? {} : { tags }),
    facets: {
      'dbt.exposure': { type: node.type, ...(node.maturity === '' ? {} : { maturity: node.maturity }) },
      ...(Object.keys(meta).length === 0 ? {} : { 'dbt.meta': meta }),
    },
    fields: [],
  };
}

/** Who a node belongs to: `meta.owner`, then the owner of its group, then (exposures) the owner it names itself. */
export function ownersOf(node: DbtNode, project: Project): readonly string[] {
  const stated = metaOf(node)['owner'];
  const group = project.manifest.groups.get(node.config?.group || node.group)?.owner;
  const people = [
    ...(typeof stated === 'string' ? [stated] : []),
    ...(Array.isArray(stated) ? stated.filter((one): one is string => typeof one === 'string') : []),
    ...(group?.name ?? []),
    ...(group !== undefined && group !== null && group.name.length === 0 ? group.email : []),
    ...(node.owner?.name ?? []),
    ...(node.owner !== null && node.owner !== undefined && node.owner.name.length === 0 ? node.owner.email : []),
  ];
  return [...new Set(people.filter((one) => one !== ''))];
}

function resourceFacet(node: DbtNode): Json {
  const access = node.access || node.config?.access || '';
  const group = node.config?.group || node.group;
  return {
    type: node.resource_type,
    package: node.package_name,
    ...(node.config?.materialized ? { materialized: node.config.materialized } : {}),
    ...(node.original_file_path === '' ? {} : { path: node.original_file_path.replaceAll('\\', '/') }),
    ...(access === '' ? {} : { access }),
    ...(group === '' ? {} : { group }),
    ...(node.config?.contract?.enforced === true ? { contract: true } : {}),
    ...(node.version === null || node.version === undefined ? {} : { version: String(node.version) }),
    ...(node.loader === '' ? {} : { loader: node.loader }),
    ...(node.loaded_at_field === '' ? {} : { loadedAt: node.loaded_at_field }),
  };
}

function metaOf(node: DbtNode): Readonly<Record<string, Json>> {
  return { ...node.config?.meta, ...node.meta };
}

function testsFacet(node: DbtNode, project: Project): Json {
  return project
    .tests(node.unique_id)
    .map((test) => ({
      test: test.test_metadata?.name || test.name,
      ...(test.column_name === '' ? {} : { column: test.column_name }),
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** The catalog's columns in the warehouse's order and spelling, with what the project says about them; then those only declared. */
function fieldsOf(node: DbtNode, project: Project): FieldDescription[] {
  const declared = new Map(node.columns.map((column) => [column.name.toLowerCase(), column]));
  const semantics = semanticsOf(node, project);
  const seen = [...(project.seen(node.unique_id)?.columns ?? [])].sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const fields: FieldDescription[] = [];
  for (const { name, type, comment } of seen) {
    const own = declared.get(name.toLowerCase());
    declared.delete(name.toLowerCase());
    fields.push(fieldOf(name, type || own?.data_type || null, own, comment, fields.length + 1, semantics));
  }
  for (const own of declared.values())
    fields.push(fieldOf(own.name, own.data_type || null, own, '', fields.length + 1, semantics));
  return fields;
}

function fieldOf(
  name: string,
  type: string | null,
  own: DbtColumn | undefined,
  comment: string,
  ordinal: number,
  semantics: ReadonlyMap<string, Json>,
): FieldDescription {
  const meta = { ...own?.config?.meta, ...own?.meta };
  const tags = markOwn(tagsOf(own?.tags ?? [], own?.config?.tags ?? []), meta[ownMeta]);
  const semantic = semantics.get(name.toLowerCase());
  const facets: Record<string, Json> = {
    ...(Object.keys(meta).length === 0 ? {} : { 'dbt.meta': meta }),
    ...(semantic === undefined ? {} : { 'dbt.semantic': semantic }),
  };
  const notNull = own?.constraints.some(({ type: kind }) => kind === 'not_null' || kind === 'primary_key') ?? false;
  return {
    path: [name],
    type,
    ordinal,
    ...(notNull ? { nullable: false } : {}),
    ...described(own?.description || comment),
    ...(tags.length === 0 ? {} : { tags }),
    ...(Object.keys(facets).length === 0 ? {} : { facets }),
  };
}

/** What semantic models say of a node's columns. An expression is only looked at where it is a column's name. */
function semanticsOf(node: DbtNode, project: Project): ReadonlyMap<string, Json> {
  const found = new Map<string, Json[]>();
  for (const model of project.manifest.semanticModels) {
    if (!model.depends_on.includes(node.unique_id)) continue;
    for (const [role, members] of [
      ['entity', model.entities],
      ['dimension', model.dimensions],
      ['measure', model.measures],
    ] as const) {
      for (const { name, type, agg, expr } of members) {
        const column = expr === '' ? name : expr;
        if (!/^\w+$/.test(column)) continue;
        const said = { model: model.name, role, name, ...(type || agg ? { type: type || agg } : {}) };
        found.set(column.toLowerCase(), [...(found.get(column.toLowerCase()) ?? []), said]);
      }
    }
  }
  return found;
}

/** Keys from constraints, and from `unique` and `relationships` tests: the project promises and checks them. */
function keysOf(node: DbtNode, project: Project): readonly DatasetKey[] {
  const keys = new Map<string, DatasetKey>();
  const add = (key: DatasetKey) => {
    const id = `${key.kind} ${JSON.stringify(key.fields)} ${key.references?.dataset.name ?? ''}`;
    if (!keys.has(id)) keys.set(id, key);
  };
  const constrained = (constraint: DbtConstraint, columns: readonly string[]) => {
    const fields = columns.map((column) => [column]);
    const name = constraint.name === '' ? {} : { name: constraint.name };
    if (fields.length === 0) return;
    if (constraint.type === 'primary_key') add({ kind: 'primary', ...name, fields });
    if (constraint.type === 'unique') add({ kind: 'unique', ...name, fields });
  };
  for (const constraint of node.constraints) constrained(constraint, constraint.columns);
  for (const column of node.columns)
    for (const constraint of column.constraints) constrained(constraint, [column.name]);
  for (const test of project.tests(node.unique_id)) {
    const kind = test.test_metadata?.name;
    if (test.column_name === '') continue;
    const fields = [[test.column_name]];
    if (kind === 'unique') add({ kind: 'unique', fields });
    if (kind !== 'relationships') continue;
    const other = test.depends_on.find((id) => id !== node.unique_id) ?? node.unique_id;
    const dataset = project.dataset(other);
    const field = test.test_metadata?.kwargs?.field ?? '';
    if (dataset !== null && /^\w+$/.test(field))
      add({ kind: 'foreign', fields, references: { dataset, fields: [[field]] } });
  }
  return [...keys.values()];
}

function tagsOf(...lists: readonly (readonly string[])[]): readonly SourceTag[] {
  return [...new Set(lists.flat())].sort().map((name) => ({ name, setBy: 'person' }));
}

/** Tags that `meta` lists as ours: a person committed them, and we proposed them. */
function markOwn(tags: readonly SourceTag[], ours: Json | undefined): readonly SourceTag[] {
  const own = new Set(Array.isArray(ours) ? (ours as readonly Json[]) : []);
  return tags.map((tag) => (own.has(tag.name) ? { ...tag, setBy: 'lexline' } : tag));
}

function described(description: string): { readonly description?: string } {
  return description.trim() === '' ? {} : { description };
}
