import { z } from 'zod';
import type { ReadRequest } from '../connector.ts';
import type { SourceMessage } from '../../server/model/document.ts';
import { digestOf, type Json } from '../../server/model/json.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { Artefacts } from './client.ts';
import { mapNode } from './map.ts';
import type { UnknownSql } from './map-job.ts';
import { observations } from './observe.ts';
import type { Project } from './project.ts';
import { isEphemeral, isOfOtherTarget } from './names.ts';
import { newestManifest } from './parse.ts';
import type { CatalogNode, DbtNode } from './shapes.ts';

/** Raised when the same files would make other documents. */
const mapping = 4;
/** Nodes named one by one in a gap, at most. */
const maxListed = 20;
const notCompiled = 'not compiled, so what their SQL told before is kept';
const earlierCompile =
  'the manifest has no SQL of them; the files that an earlier compile left in target/compiled were read';

const cursorShape = z.object({
  version: z.literal(1),
  documents: z.string(),
  packages: z.array(z.string()),
  observations: z.string(),
});

/** Reads a project package by package. Files with the digests of the cursor are not read into documents again. */
export function* readProject(artefacts: Artefacts, project: Project, request: ReadRequest): Iterable<SourceMessage> {
  const packages = packagesOf(artefacts, project);
  const documents = digestOf([mapping, artefacts.documentsDigest, { ...project.naming }]);
  const before = cursorShape.safeParse(request.cursor?.at).data;
  const done = new Set(before?.documents === documents ? before.packages : []);
  const cursor = (observed: string): Json => ({
    version: 1,
    documents,
    packages: [...done].sort(),
    observations: observed,
  });

  yield { type: 'scopes', scopes: packages.map(scopeOf) };
  for (const name of packages) {
    if (done.has(name)) continue;
    const whole = yield* readPackage(name, artefacts, project);
    if (whole) done.add(name);
    yield { type: 'checkpoint', cursor: cursor(before?.observations ?? '') };
  }
  if (before?.observations !== artefacts.observationsDigest) yield* observations(artefacts, project);
  yield { type: 'checkpoint', cursor: cursor(artefacts.observationsDigest) };
}

function packagesOf({ manifest }: Artefacts, project: Project): readonly string[] {
  const names = new Set([...manifest.nodes.values()].map((node) => node.package_name));
  for (const { id } of manifest.unreadable) names.add(packageOfId(id));
  if (names.size === 0) names.add(project.manifest.metadata.project_name || 'project');
  return [...names].sort();
}

function scopeOf(name: string): string {
  return `dbt:${name}`;
}

/** `model.shop.orders` belongs to package `shop`. */
function packageOfId(id: string): string {
  return id.split('.')[1] ?? id;
}

/** A node whose SQL is not known. */
interface Unknown {
  readonly id: string;
  readonly why: UnknownSql;
}

/** True when all of the package was seen. */
function* readPackage(name: string, artefacts: Artefacts, project: Project): Generator<SourceMessage, boolean> {
  const scope = scopeOf(name);
  const unknown: Unknown[] = [];
  yield { type: 'scope-begin', scope };
  for (const node of artefacts.manifest.nodes.values()) {
    if (node.package_name !== name) continue;
    const mapped = mapNode(node, project);
    for (const document of mapped.documents) yield { type: 'document', scope, document };
    if (mapped.unknown !== null) unknown.push({ id: node.unique_id, why: mapped.unknown });
  }
  for (const gap of packageGaps(name, artefacts, project, unknown)) yield { type: 'gap', scope, gap };
  const unreadable = artefacts.manifest.unreadable.filter(({ id }) => packageOfId(id) === name);
  for (const { id, member } of unreadable) yield { type: 'gap', scope, gap: unreadableGap(id, member) };
  if (unreadable.length > 0) return false;
  yield { type: 'scope-complete', scope };
  return true;
}

function packageGaps(
  name: string,
  artefacts: Artefacts,
  project: Project,
  unknown: readonly Unknown[],
): readonly Gap[] {
  const { manifest, catalog } = artefacts;
  const { adapter } = project.naming;
  const ids = (why: UnknownSql) => unknown.filter((one) => one.why === why).map(({ id }) => id);
  const stored = [...manifest.nodes.values()].filter((node) => node.package_name === name && isStored(node));
  const unseen = stored
    .filter((node) => catalog?.nodes.get(node.unique_id) === undefined)
    .map((node) => node.unique_id);
  const earlier = [...artefacts.earlierSql].filter((id) => manifest.nodes.get(id)?.package_name === name);
  const gaps: (Gap | null)[] = [
    listed(earlier, `SQL of package ${name}`, 'not-read', earlierCompile, 'dbt compile'),
    listed(ids('not-compiled'), `SQL of package ${name}`, 'unparsed-sql', notCompiled, 'dbt compile'),
    listed(
      ids('python'),
      `Python models of package ${name}`,
      'unsupported',
      'only what they read is known, not how',
      'let these models send OpenLineage events with column lineage',
    ),
    listed(
      ids('hook'),
      `hooks of package ${name}`,
      'unparsed-sql',
      'they may move data, and are only known as templates or calls',
      'move what they do into a model, or let the warehouse tell the statements that were run (its query log)',
    ),
    listed(
      stored
        .filter((node) => isOfOtherTarget(node, catalog?.nodes.get(node.unique_id), adapter))
        .map((node) => `${node.unique_id} (${namesOfTargets(node, catalog?.nodes.get(node.unique_id))})`),
      `target of package ${name}`,
      'not-read',
      'catalog.json is of another target than manifest.json, so they are named as in the manifest, whose SQL says those names',
      'run dbt compile and dbt docs generate with one target, the one whose tables you want to see',
    ),
    listed(
      ephemeralTags(name, manifest),
      `columns of ephemeral models of package ${name}`,
      'unsupported',
      'an ephemeral model is no table, so the tags and meta of its columns are on nothing',
      'put them on the columns of the models that read it',
    ),
    listed(
      unseen,
      `column types of package ${name}`,
      'not-read',
      catalog === null
        ? 'there is no catalog.json: only columns that the project declares or its SQL names are known'
        : 'not in catalog.json',
      'dbt docs generate',
    ),
  ];
  if (manifest.version > newestManifest)
    gaps.push({
      what: `manifest version ${manifest.version}`,
      reason: 'unsupported',
      detail: `newer than version ${newestManifest}; it was read by the members that both have`,
      remedy: 'compare its columns with those of the project, and look for a newer version of Lexline',
    });
  return gaps.filter((gap) => gap !== null);
}

/** What a relation is called by the catalog and by the manifest. */
function namesOfTargets(node: DbtNode, seen: CatalogNode | undefined): string {
  const place = (database: string, schema: string): string =>
    [database, schema].filter((part) => part !== '').join('.');
  const { database = '', schema = '' } = seen?.metadata ?? {};
  return `${place(database, schema)} in the catalog, ${place(node.database, node.schema)} in the manifest`;
}

/** Columns of ephemeral models that have tags or meta. */
function ephemeralTags(name: string, manifest: Artefacts['manifest']): readonly string[] {
  return [...manifest.nodes.values()].flatMap((node) => {
    if (node.package_name !== name || node.resource_type !== 'model' || !isEphemeral(node)) return [];
    return node.columns
      .filter(({ tags, meta, config }) => {
        const said = { ...meta, ...config?.meta };
        return tags.length > 0 || (config?.tags.length ?? 0) > 0 || Object.keys(said).length > 0;
      })
      .map((column) => `${node.unique_id}.${column.name}`);
  });
}

function isStored(node: DbtNode): boolean {
  return ['model', 'seed', 'snapshot', 'source'].includes(node.resource_type) && !isEphemeral(node);
}

function listed(
  ids: readonly string[],
  what: string,
  reason: Gap['reason'],
  detail: string,
  remedy: string,
): Gap | null {
  if (ids.length === 0) return null;
  const names = [...ids].sort().slice(0, maxListed).join(', ');
  const more = ids.length > maxListed ? ` and ${ids.length - maxListed} more` : '';
  return { what, reason, detail: `${detail}: ${names}${more}`, remedy };
}

function unreadableGap(id: string, member: string): Gap {
  return {
    what: id,
    reason: 'not-read',
    detail: `its entry in the manifest is not usable at "${member}"`,
    remedy: 'run dbt parse or dbt compile anew, and give the manifest that it writes',
  };
}
