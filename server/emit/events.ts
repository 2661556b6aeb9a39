import { hash } from 'node:crypto';
import { isDirect } from '../model/edge.ts';
import type { EffectiveField } from '../model/effective.ts';
import { printPath, type FieldPath, type QualifiedName, type Uid } from '../model/ids.ts';
import type { Json } from '../model/json.ts';

/** An OpenLineage event as it goes out. */
export type OutgoingEvent = { readonly [key: string]: Json };

/** What every event says of where it is from. */
export interface Origin {
  /** When it is said, and by which release of Lexline. */
  readonly at: string;
  readonly release: string;
}

export interface EmittedField {
  readonly path: FieldPath;
  readonly type: string | null;
  readonly description: string | null;
  readonly effective: EffectiveField;
}

export interface EmittedDataset extends QualifiedName {
  readonly kind: string;
  readonly description: string | null;
  readonly owners: readonly string[];
  readonly fields: readonly EmittedField[];
}

/** An edge with both ends named; `field` null: the dataset as a whole. */
export interface EmittedEdge {
  readonly from: QualifiedName & { readonly field: FieldPath | null };
  readonly to: QualifiedName & { readonly field: FieldPath | null };
  readonly kind: string;
  readonly fn: string;
  readonly masking: boolean;
}

export interface EmittedJob extends QualifiedName {
  readonly uid: Uid;
  readonly kind: string;
  readonly platform: string;
  readonly description: string | null;
  readonly inputs: readonly QualifiedName[];
  readonly outputs: readonly QualifiedName[];
  readonly edges: readonly EmittedEdge[];
}

/** By whom our tags say that they were set: a source that hands them back to us is recognised by it. */
const tagSource = 'LEXLINE';
const spec = 'https://openlineage.io/spec';

/** What is known of a dataset: its schema, words, owners, and the classes and categories of its fields as tags. */
export function datasetEvent(dataset: EmittedDataset, origin: Origin): OutgoingEvent {
  const facets: Record<string, Json> = {
    schema: facet(origin, '1-2-0', 'SchemaDatasetFacet', { fields: schemaOf(dataset.fields) }),
    datasetType: facet(origin, '1-0-0', 'DatasetTypeDatasetFacet', {
      datasetType: dataset.kind.replaceAll('-', '_').toUpperCase(),
    }),
    ...(dataset.description === null
      ? {}
      : {
          documentation: facet(origin, '1-1-0', 'DocumentationDatasetFacet', { description: dataset.description }),
        }),
    ...(dataset.owners.length === 0
      ? {}
      : {
          ownership: facet(origin, '1-0-1', 'OwnershipDatasetFacet', {
            owners: dataset.owners.map((name) => ({ name })),
          }),
        }),
    tags: facet(origin, '1-0-0', 'TagsDatasetFacet', { tags: tagsOf(dataset.fields) }),
  };
  return {
    ...base(origin, 'DatasetEvent'),
    dataset: { namespace: dataset.namespace, name: dataset.name, facets },
  };
}

/** A dataset that no source describes any more. */
export function droppedEvent({ namespace, name }: QualifiedName, origin: Origin): OutgoingEvent {
  const lifecycleStateChange = facet(origin, '1-0-1', 'LifecycleStateChangeDatasetFacet', {
    lifecycleStateChange: 'DROP',
  });
  return { ...base(origin, 'DatasetEvent'), dataset: { namespace, name, facets: { lifecycleStateChange } } };
}

/** What is known of a job: what it reads and writes, and where each output column comes from. */
export function jobEvent(job: EmittedJob, origin: Origin): OutgoingEvent {
  return { ...base(origin, 'JobEvent'), ...bodyOf(job, origin) };
}

/** The same as the end of a run, for receivers that take nothing else. The run is made up, the same one for the same lineage. */
export function runEvent(job: EmittedJob, origin: Origin): OutgoingEvent {
  const body = bodyOf(job, origin);
  const { inputs, outputs } = body;
  const runId = uuidOf(JSON.stringify([job.uid, inputs ?? null, outputs ?? null]));
  return { ...base(origin, 'RunEvent'), eventType: 'COMPLETE', run: { runId, facets: {} }, ...body };
}

function bodyOf(job: EmittedJob, origin: Origin): OutgoingEvent {
  const jobFacets: Record<string, Json> = {
    jobType: facet(origin, '2-0-4', 'JobTypeJobFacet', {
      processingType: 'BATCH',
      integration: job.platform.toUpperCase(),
      jobType: job.kind.toUpperCase(),
    }),
    ...(job.description === null
      ? {}
      : { documentation: facet(origin, '1-1-0', 'DocumentationJobFacet', { description: job.description }) }),
  };
  return {
    job: { namespace: job.namespace, name: job.name, facets: jobFacets },
    inputs: job.inputs.map(({ namespace, name }) => ({ namespace, name, facets: {} })),
    outputs: job.outputs.map((output) => {
      const columns = columnsOf(output, job.edges);
      const facets: Record<string, Json> =
        columns === null ? {} : { columnLineage: facet(origin, '1-2-0', 'ColumnLineageDatasetFacet', columns) };
      return { namespace: output.namespace, name: output.name, facets };
    }),
  };
}

/** The column lineage facet of one output; null where no edge tells a column. */
function columnsOf(output: QualifiedName, edges: readonly EmittedEdge[]): OutgoingEvent | null {
  const fields: Record<string, { inputFields: Json[] }> = {};
  const whole: Json[] = [];
  for (const { from, to, kind, fn, masking } of edges) {
    if (from.field === null || to.namespace !== output.namespace || to.name !== output.name) continue;
    const direct = isDirect(kind as Parameters<typeof isDirect>[0]);
    const input = {
      namespace: from.namespace,
      name: from.name,
      field: printPath(from.field),
      transformations: [{ type: direct ? 'DIRECT' : 'INDIRECT', subtype: kind, description: fn, masking }],
    };
    if (!direct || to.field === null) whole.push(input);
    else (fields[printPath(to.field)] ??= { inputFields: [] }).inputFields.push(input);
  }
  if (Object.keys(fields).length === 0 && whole.length === 0) return null;
  return { fields, ...(whole.length === 0 ? {} : { dataset: whole }) };
}

interface SchemaField {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  readonly fields: SchemaField[];
}

/** Fields as a tree: a member stands in the field above it. */
function schemaOf(fields: readonly EmittedField[]): Json {
  const top: SchemaField[] = [];
  const made = new Map<string, SchemaField>();
  for (const { path, type, description } of fields.toSorted((a, b) => a.path.length - b.path.length)) {
    const field: SchemaField = {
      name: path.at(-1) ?? '',
      ...(type === null ? {} : { type }),
      ...(description === null ? {} : { description }),
      fields: [],
    };
    made.set(JSON.stringify(path), field);
    const above = made.get(JSON.stringify(path.slice(0, -1)));
    (above?.fields ?? top).push(field);
  }
  return top as unknown as Json;
}

/** One tag a class of the dataset, one a category of a field. Fields that nobody could judge say so: silence is no answer. */
function tagsOf(fields: readonly EmittedField[]): Json {
  const tags: Json[] = [];
  const classes = new Set<string>();
  for (const { path, effective } of fields) {
    const field = printPath(path);
    for (const one of effective.classifications) {
      for (const name of one.classes) classes.add(name);
      tags.push({ key: one.category, value: one.treatment, source: tagSource, field });
    }
    if (effective.state === 'GAP' || effective.state === 'UNDECIDED')
      tags.push({ key: 'lexline.gap', value: effective.state.toLowerCase(), source: tagSource, field });
  }
  return [...[...classes].sort().map((key) => ({ key, value: 'true', source: tagSource })), ...tags];
}

function base({ at, release }: Origin, kind: string): OutgoingEvent {
  return { eventTime: at, producer: producerOf(release), schemaURL: `${spec}/2-0-2/OpenLineage.json#/$defs/${kind}` };
}

function facet({ release }: Origin, version: string, name: string, body: OutgoingEvent): Json {
  const schemaUrl = `${spec}/facets/${version}/${name}.json#/$defs/${name}`;
  return { _producer: producerOf(release), _schemaURL: schemaUrl, ...body };
}

function producerOf(release: string): string {
  return `urn:lexline:${release}`;
}

/** A UUID of version 8 (own making) out of a text. */
function uuidOf(text: string): string {
  const hex = hash('sha256', text, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
