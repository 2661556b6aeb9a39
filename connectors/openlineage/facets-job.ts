import { digestOf, type Json } from '../../server/model/json.ts';
import { lineageOf } from './facet-lineage.ts';
import { documentation, ownership, tags, type FacetReader } from './facets-dataset.ts';
import { addressOf, instantOf, listOf, nameOf, numberOf, objectOf, qualifiedOf, wordOf } from './foreign.ts';

/** The facets of jobs that the specification publishes. */
export const jobFacets: Readonly<Record<string, FacetReader>> = {
  sql: (facet, clean) => {
    if (typeof facet['query'] !== 'string') return null;
    const dialect = wordOf(facet['dialect'])?.toLowerCase() ?? null;
    return { query: clean.sql(facet['query'], dialect ?? 'ansi'), dialect };
  },
  jobType: (facet) => ({
    processing: wordOf(facet['processingType'])?.toUpperCase() ?? null,
    integration: wordOf(facet['integration'])?.toLowerCase() ?? null,
    type: wordOf(facet['jobType'])?.toUpperCase() ?? null,
  }),
  sourceCode: (facet) => ({
    language: wordOf(facet['language']),
    digest: typeof facet['sourceCode'] === 'string' ? digestOf(facet['sourceCode']) : null,
  }),
  sourceCodeLocation: (facet) => ({
    type: wordOf(facet['type']),
    url: addressOf(facet['url']),
    repository: addressOf(facet['repoUrl']),
    path: nameOf(facet['path']),
    branch: wordOf(facet['branch']),
    version: wordOf(facet['version']),
    tag: wordOf(facet['tag']),
  }),
  documentation,
  ownership,
  tags,
  lineage: (facet) =>
    Array.isArray(facet['entries'])
      ? {
          entries: listOf(facet['entries']).flatMap((each) => {
            const name = qualifiedOf(each);
            const lineage = objectOf(each)?.['type'] === 'JOB' ? null : lineageOf(each);
            return name === null || lineage === null ? [] : [{ ...name, lineage: lineage as unknown as Json }];
          }),
        }
      : null,
};

/** The facets of runs that the specification publishes, and two that its Spark integration has always sent. */
export const runFacets: Readonly<Record<string, FacetReader>> = {
  parent: (facet) => {
    const parent = qualifiedOf(facet['job']);
    if (parent === null) return null;
    const root = qualifiedOf(objectOf(facet['root'])?.['job']);
    const run = wordOf(objectOf(facet['run'])?.['runId']);
    return { job: { ...parent }, run, root: root === null ? null : { ...root } };
  },
  nominalTime: (facet) => ({
    start: instantOf(facet['nominalStartTime']),
    end: instantOf(facet['nominalEndTime']),
  }),
  errorMessage: (facet) => ({
    language: wordOf(facet['programmingLanguage']),
    kind: errorKind(facet['message']) ?? errorKind(facet['stackTrace']),
    digest: typeof facet['message'] === 'string' ? digestOf(facet['message']) : null,
  }),
  externalQuery: (facet) => ({ id: wordOf(facet['externalQueryId']), source: addressOf(facet['source']) }),
  processing_engine: (facet) => ({
    name: wordOf(facet['name'])?.toLowerCase() ?? null,
    version: wordOf(facet['version']),
    adapter: wordOf(facet['openlineageAdapterVersion']),
  }),
  extractionError: (facet) => ({
    total: numberOf(facet['totalTasks']),
    failed: numberOf(facet['failedTasks']) ?? listOf(facet['errors']).length,
  }),
  environmentVariables: (facet) => ({ names: namesIn(facet['environmentVariables'], 'name') }),
  executionParameters: (facet) => ({ names: namesIn(facet['parameters'], 'key') }),
  jobDependencies: (facet) => ({
    upstream: dependenciesOf(facet['upstream']),
    downstream: dependenciesOf(facet['downstream']),
  }),
  tags,
  test: (facet) => {
    const statuses = listOf(facet['tests']).map((each) => wordOf(objectOf(each)?.['status'])?.toLowerCase());
    return Array.isArray(facet['tests'])
      ? {
          passed: statuses.filter((one) => one === 'pass').length,
          failed: statuses.filter((one) => one === 'fail').length,
          tests: statuses.length,
        }
      : null;
  },
  'environment-properties': (facet) => ({
    names: Object.keys(objectOf(facet['environment-properties']) ?? {}).sort(),
  }),
  spark_properties: (facet) => ({ names: Object.keys(objectOf(facet['properties']) ?? {}).sort() }),
};

/** `java.lang.IllegalStateException` at the head of a message: which kind it was, never what it said. */
function errorKind(message: unknown): string | null {
  return typeof message === 'string'
    ? (/^\s*([A-Za-z_$][\w$.]{0,200}(?:Error|Exception))\b/u.exec(message)?.[1] ?? null)
    : null;
}

function namesIn(list: unknown, member: string): string[] {
  return [...new Set(listOf(list).flatMap((each) => nameOf(objectOf(each)?.[member]) ?? []))].sort();
}

function dependenciesOf(list: unknown): Json[] {
  return listOf(list).flatMap((each) => {
    const job = qualifiedOf(objectOf(each)?.['job']);
    return job === null ? [] : [{ ...job, type: wordOf(objectOf(each)?.['dependency_type']) }];
  });
}
