import type { JobDocument, JobStatement, StatedEdge } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import { splitName } from '../../server/model/dataset-name.ts';
import type { SaidInput } from './event.ts';
import type { FieldMatch } from './field-match.ts';
import { nameOf, objectOf } from './foreign.ts';
import { governing, newestFlow, type Governed } from './governing.ts';
import { ownersOf, tagsIn } from './map-dataset.ts';
import { edgesOf, hasOwnSql, tellsHow } from './map-lineage.ts';
import { isStorage } from './names.ts';
import { jobFacetOf } from './picture-facets.ts';
import { datasetKey, type JobPicture } from './picture.ts';
import { unknownFacets } from './read-event.ts';

/** What else is known of the datasets that a job names. */
export interface Around {
  /** The name under which the dataset of a name is told. */
  nameOf(name: QualifiedName): QualifiedName;
  /** When it was dropped for good; null while it is there. */
  dropped(name: QualifiedName): string | null;
  /** When it was dropped last, though it may be there again; `''`: never. */
  lastDrop(name: QualifiedName): string;
  /** When its schema was said last; `''`: never. */
  listedAt(name: QualifiedName): string;
  /** The field that lineage means by a name; as it is spelled where no schema is known. */
  field(name: QualifiedName, spelled: string): FieldMatch;
}

/** Inputs times outputs up to which each pair is an edge; beyond it ingest says that they are too many. */
const maxPairs = 100_000;

/** What events say of a job as a document: facts of the job, and where its outputs come from. */
export function mapJob(picture: JobPicture, around: Around): JobDocument {
  const facet = (wanted: string) => jobFacetOf(picture, wanted);
  const { namespace, name } = picture;
  const governed = governedOf(picture, around);
  const alive = (one: QualifiedName): boolean => around.dropped(one) === null;
  const only = governed.length === 0 ? newestFlow(picture) : null;
  const inputs = unique(
    [...governed, ...(only === null ? [] : [{ flow: only }])].flatMap(({ flow }) => Object.values(flow.inputs)),
  ).filter(alive);
  const outputs = unique(governed.map(({ output }) => output));
  const type = facet('jobType');
  const description = facet('documentation')?.['description'];
  const owners = ownersOf(facet('ownership'));
  const tags = tagsIn(facet('tags')).map(({ tag }) => tag);
  const statements = statementsOf(picture, governed);
  const pairs = governed.reduce((sum, { flow }) => sum + Object.keys(flow.inputs).length, 0);
  const edges = governed.flatMap((one) => [...edgesOf(one, alive, around, pairs <= maxPairs)]);
  return {
    type: 'job',
    kind: kindOfJob(nameOf(type?.['type']), nameOf(type?.['integration'])),
    platform: nameOf(type?.['integration']) ?? nameOf(facet('processing_engine')?.['name']) ?? 'openlineage',
    namespace,
    name,
    ...(typeof description === 'string' && description !== '' ? { description } : {}),
    ...(owners.length === 0 ? {} : { owners }),
    ...(tags.length === 0 ? {} : { tags }),
    inputs,
    outputs,
    ...(pairs <= maxPairs ? { flows: 'stated' } : {}),
    ...(statements.length === 0 ? {} : { statements }),
    ...(edges.length === 0 ? {} : { edges: uniqueEdges(edges) }),
    ...facetsOf(picture),
  };
}

/** The outputs that are there, each with the run that counts, and with what still holds of an earlier one's word. */
export function governedOf(picture: JobPicture, around: Around): readonly Governed[] {
  return governing(picture)
    .filter(({ output, run }) => {
      const at = around.dropped(output);
      return at === null || (run !== null && run.last > at);
    })
    .map((one) => stillHolding(one, around));
}

/** A run that tells nothing of columns leaves what was told of this very dataset, and of fields that no later schema leaves out. */
function stillHolding(one: Governed, around: Around): Governed {
  const { lineage, kept, output } = one;
  if (lineage === null || kept === null) return one;
  if (around.lastDrop(output) >= kept.at) return { ...one, lineage: null, kept: null, unread: [] };
  const isThere = (dataset: QualifiedName, field: string | null): boolean =>
    field === null || around.listedAt(dataset) <= kept.at || around.field(dataset, field).fit !== 'none';
  const there = (inputs: readonly SaidInput[]): readonly SaidInput[] =>
    inputs.filter((input) => isThere(input, input.field));
  const fields = Object.entries(lineage.fields)
    .filter(([field]) => isThere(output, field))
    .map(([field, inputs]) => [field, there(inputs)] as const);
  return { ...one, lineage: { fields: Object.fromEntries(fields), dataset: there(lineage.dataset) } };
}

function kindOfJob(type: string | null, integration: string | null): JobDocument['kind'] {
  if (type === 'MODEL' || (integration === 'dbt' && type === 'SNAPSHOT')) return 'model';
  if (type === 'TEST') return 'test';
  if (type === 'VIEW') return 'view';
  return type === 'QUERY' || type === 'COMMAND' ? 'query' : 'process';
}

/** The statement of a run, where no facet tells what was done to its columns, and where the datasets are tables that SQL can name. */
function statementsOf(picture: JobPicture, governed: readonly Governed[]): readonly JobStatement[] {
  const [first] = governed;
  if (
    first === undefined ||
    governed.some((one) => isStorage(one.output) || (one.lineage !== null && tellsHow(one.lineage) && !hasOwnSql(one)))
  )
    return [];
  const newest = governed.reduce((best, one) => ((one.run?.last ?? '') > (best.run?.last ?? '') ? one : best), first);
  const facet = objectOf(newest.run?.sql?.value ?? null) ?? jobFacetOf(picture, 'sql');
  const sql = facet?.['query'];
  if (typeof sql !== 'string' || sql === '') return [];
  const parts = splitName(newest.output.name);
  const [schema, database] = [parts.at(-2), parts.at(-3)];
  return [
    {
      dialect: nameOf(facet?.['dialect']) ?? dialectOf(newest.output),
      sql,
      namespace: newest.output.namespace,
      ...(database === undefined ? {} : { defaultDatabase: database }),
      ...(schema === undefined ? {} : { defaultSchema: schema }),
      ...(governed.length === 1 ? { target: { namespace: newest.output.namespace, name: newest.output.name } } : {}),
    },
  ];
}

function dialectOf({ namespace }: QualifiedName): string {
  return /^[a-z]+/iu.exec(namespace)?.[0]?.toLowerCase() ?? 'ansi';
}

function unique(names: readonly QualifiedName[]): readonly QualifiedName[] {
  const byKey = new Map(names.map(({ namespace, name }) => [datasetKey({ namespace, name }), { namespace, name }]));
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
}

function uniqueEdges(edges: readonly StatedEdge[]): readonly StatedEdge[] {
  return [...new Map(edges.map((edge) => [JSON.stringify(edge), edge])).values()];
}

/** Facets that are facts of the job. What changes with every run (error, times, version of the code) is observed instead. */
function facetsOf(picture: JobPicture): { readonly facets?: Readonly<Record<string, Json>> } {
  const facets: Record<string, Json> = {};
  const type = jobFacetOf(picture, 'jobType');
  if (type !== null) facets['openlineage.jobType'] = type as Json;
  const parent = jobFacetOf(picture, 'parent');
  if (parent !== null)
    facets['openlineage.parent'] = { job: (parent['job'] ?? null) as Json, root: (parent['root'] ?? null) as Json };
  for (const [from, to] of [
    ['processing_engine', 'engine'],
    ['jobDependencies', 'dependencies'],
    ['extractionError', 'extractionError'],
    ['sourceCode', 'sourceCode'],
  ] as const) {
    const facet = jobFacetOf(picture, from);
    if (facet !== null) facets[`openlineage.${to}`] = facet as Json;
  }
  const code = jobFacetOf(picture, 'sourceCodeLocation');
  if (code !== null) {
    const { version: _, tag: __, ...stable } = code;
    facets['openlineage.sourceCodeLocation'] = stable as Json;
  }
  const others = Object.keys(jobFacetOf(picture, unknownFacets) ?? {}).sort();
  if (others.length > 0) facets['openlineage.otherFacets'] = others;
  return Object.keys(facets).length === 0 ? {} : { facets };
}
