import type { Json } from '../../server/model/json.ts';
import type { TextCleaners } from '../connector.ts';
import { columnLineageOf, lineageOf } from './facet-lineage.ts';
import { addressOf, listOf, nameOf, numberOf, objectOf, qualifiedOf, wordOf } from './foreign.ts';

/** Brings one facet into the form that may be kept; null when it has not the shape that its schema gives it. */
export type FacetReader = (facet: Readonly<Record<string, unknown>>, clean: TextCleaners) => Json | null;

/** Deepest nesting of a field, as in ingest. */
const maxDepth = 60;

/** A text facet: `documentation` of datasets and jobs. */
export const documentation: FacetReader = (facet, clean) =>
  typeof facet['description'] === 'string' ? { description: clean.text(facet['description']) } : null;

/** `ownership` of datasets and jobs. Names of owners are kept: they are who to ask. */
export const ownership: FacetReader = (facet) =>
  Array.isArray(facet['owners'])
    ? {
        owners: listOf(facet['owners']).flatMap((each) => {
          const owner = objectOf(each);
          const name = nameOf(owner?.['name']);
          return name === null ? [] : [{ name, type: wordOf(owner?.['type']) }];
        }),
      }
    : null;

/** `tags` of datasets (with fields), jobs and runs. */
export const tags: FacetReader = (facet, clean) =>
  Array.isArray(facet['tags'])
    ? {
        tags: listOf(facet['tags']).flatMap((each) => {
          const tag = objectOf(each);
          const key = nameOf(tag?.['key']);
          if (tag === null || key === null) return [];
          const value = typeof tag['value'] === 'string' ? clean.text(tag['value']) : null;
          return [{ key, value, source: wordOf(tag['source']), field: nameOf(tag['field']) }];
        }),
      }
    : null;

/** The facets of datasets that the specification publishes. */
export const datasetFacets: Readonly<Record<string, FacetReader>> = {
  schema: (facet, clean) => (Array.isArray(facet['fields']) ? { fields: fieldsOf(facet['fields'], clean, 0) } : null),
  dataSource: (facet) => ({ name: addressOf(facet['name']), uri: addressOf(facet['uri']) }),
  columnLineage: (facet) => columnLineageOf(facet) as unknown as Json | null,
  lineage: (facet) => lineageOf(facet) as unknown as Json | null,
  symlinks: (facet) =>
    Array.isArray(facet['identifiers'])
      ? {
          identifiers: listOf(facet['identifiers']).flatMap((each) => {
            const name = qualifiedOf(each);
            return name === null ? [] : [{ ...name, type: wordOf(objectOf(each)?.['type']) }];
          }),
        }
      : null,
  lifecycleStateChange: (facet) => {
    const change = wordOf(facet['lifecycleStateChange'])?.toUpperCase();
    if (change === undefined) return null;
    const previous = qualifiedOf(facet['previousIdentifier']);
    return { change, previous: previous === null ? null : { ...previous } };
  },
  documentation,
  ownership,
  tags,
  version: (facet) => {
    const version = wordOf(facet['datasetVersion']);
    return version === null ? null : { version };
  },
  storage: (facet) => ({ layer: wordOf(facet['storageLayer']), format: wordOf(facet['fileFormat']) }),
  catalog: (facet) => ({
    framework: wordOf(facet['framework']),
    type: wordOf(facet['type']),
    name: nameOf(facet['name']),
    metadataUri: addressOf(facet['metadataUri']),
    warehouseUri: addressOf(facet['warehouseUri']),
    source: wordOf(facet['source']),
    properties: Object.keys(objectOf(facet['catalogProperties']) ?? {}).sort(),
  }),
  datasetType: (facet) => ({ type: wordOf(facet['datasetType']), subType: wordOf(facet['subType']) }),
  hierarchy: (facet) =>
    Array.isArray(facet['hierarchy'])
      ? {
          levels: listOf(facet['hierarchy']).flatMap((each) => {
            const level = objectOf(each);
            const name = nameOf(level?.['name']);
            return name === null ? [] : [{ type: wordOf(level?.['type']), name }];
          }),
        }
      : null,
  dataQualityMetrics: metricsOf,
  dataQualityAssertions: assertionsOf,
};

/** The facets that hold for one input or output of one run. */
export const runDatasetFacets: Readonly<Record<string, FacetReader>> = {
  dataQualityMetrics: metricsOf,
  dataQualityAssertions: assertionsOf,
  inputStatistics: statisticsOf,
  outputStatistics: statisticsOf,
  subset: subsetOf,
  inputSubset: subsetOf,
  outputSubset: subsetOf,
};

function fieldsOf(value: unknown, clean: TextCleaners, depth: number): Json[] {
  if (depth > maxDepth) return [];
  const seen = new Set<string>();
  return listOf(value).flatMap((each) => {
    const field = objectOf(each);
    const name = nameOf(field?.['name']);
    if (field === null || name === null || seen.has(name)) return [];
    seen.add(name);
    const description = typeof field['description'] === 'string' ? field['description'].trim() : '';
    const members = fieldsOf(field['fields'], clean, depth + 1);
    return [
      {
        name,
        type: nameOf(field['type']),
        ...(numberOf(field['ordinal_position']) === null ? {} : { ordinal: numberOf(field['ordinal_position']) }),
        ...(description === '' ? {} : { description: clean.text(description) }),
        ...(members.length === 0 ? {} : { fields: members }),
      },
    ];
  });
}

/** Counts only: smallest, largest and typical values of a column are values of people. */
function metricsOf(facet: Readonly<Record<string, unknown>>): Json {
  const columns: Record<string, Json> = {};
  for (const [name, value] of Object.entries(objectOf(facet['columnMetrics']) ?? {})) {
    if (nameOf(name) === null || name === '__proto__') continue;
    const metrics = objectOf(value);
    columns[name] = { nulls: numberOf(metrics?.['nullCount']), distinct: numberOf(metrics?.['distinctCount']) };
  }
  return { ...figures(facet['rowCount'], facet['bytes'], facet['fileCount']), columns };
}

/** How many held; what they expected and met are values, and even their names may hold some. */
function assertionsOf(facet: Readonly<Record<string, unknown>>): Json | null {
  if (!Array.isArray(facet['assertions'])) return null;
  const held = listOf(facet['assertions']).map((each) => objectOf(each)?.['success'] === true);
  return { passed: held.filter(Boolean).length, failed: held.filter((one) => !one).length };
}

function statisticsOf(facet: Readonly<Record<string, unknown>>): Json {
  return figures(facet['rowCount'], facet['size'], facet['fileCount']);
}

function figures(rows: unknown, bytes: unknown, files: unknown): { readonly [key: string]: Json } {
  return { rows: numberOf(rows), bytes: numberOf(bytes), files: numberOf(files) };
}

/** That only a part was read or written, and by which fields it was chosen; what they were compared with is a value. */
function subsetOf(facet: Readonly<Record<string, unknown>>): Json {
  const fields = new Set<string>();
  const look = (value: unknown, depth: number): void => {
    if (depth > 20) return;
    for (const each of listOf(value)) look(each, depth + 1);
    const object = objectOf(value);
    if (object === null) return;
    const field = nameOf(object['field']);
    if (field !== null) fields.add(field);
    for (const dimension of Object.keys(objectOf(object['dimensions']) ?? {})) fields.add(dimension);
    for (const member of ['left', 'right', 'partitions', 'inputCondition', 'outputCondition'])
      look(object[member], depth + 1);
  };
  look(facet, 0);
  return { fields: [...fields].sort() };
}
