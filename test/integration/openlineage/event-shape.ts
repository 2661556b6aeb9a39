/**
 * What the OpenLineage specification 2-0-2 asks of an event and of the facets that we send, written out by us: required
 * members, their types, the form of ids and times. Returns what does not hold.
 */
export function problemsOf(event: unknown): readonly string[] {
  const problems: string[] = [];
  const check = (holds: boolean, what: string): void => void (holds || problems.push(what));
  const e = record(event);
  check(
    typeof e['eventTime'] === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/u.test(e['eventTime']),
    'eventTime',
  );
  check(isUri(e['producer']), 'producer');
  const kind = /OpenLineage\.json#\/\$defs\/(RunEvent|JobEvent|DatasetEvent)$/u.exec(String(e['schemaURL']))?.[1];
  check(kind !== undefined, 'schemaURL');
  if (kind === 'DatasetEvent') {
    check(e['job'] === undefined && e['run'] === undefined, 'a DatasetEvent has neither job nor run');
    datasetProblems(e['dataset'], 'dataset', check);
    return problems;
  }
  check(e['dataset'] === undefined, 'a dataset beside a job');
  const job = record(e['job']);
  check(isName(job['namespace']) && isName(job['name']), 'job');
  facetProblems(job['facets'], 'job', check);
  if (kind === 'JobEvent') check(e['run'] === undefined, 'a JobEvent has no run');
  else {
    check(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'].includes(String(e['eventType'])), 'eventType');
    check(
      /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u.test(String(record(e['run'])['runId'])),
      'runId',
    );
  }
  for (const side of ['inputs', 'outputs']) for (const each of list(e[side])) datasetProblems(each, side, check);
  return problems;
}

type Check = (holds: boolean, what: string) => void;

function datasetProblems(value: unknown, where: string, check: Check): void {
  const dataset = record(value);
  check(isName(dataset['namespace']) && isName(dataset['name']), `${where} without a name`);
  facetProblems(dataset['facets'], where, check);
}

const shapes: Readonly<Record<string, (facet: Readonly<Record<string, unknown>>) => boolean>> = {
  schema: ({ fields }) => Array.isArray(fields) && list(fields).every(isField),
  documentation: ({ description }) => typeof description === 'string',
  ownership: ({ owners }) => list(owners).every((owner) => isName(record(owner)['name'])),
  datasetType: ({ datasetType }) => isName(datasetType),
  lifecycleStateChange: ({ lifecycleStateChange }) =>
    ['ALTER', 'CREATE', 'DROP', 'OVERWRITE', 'RENAME', 'TRUNCATE'].includes(String(lifecycleStateChange)),
  tags: ({ tags }) =>
    Array.isArray(tags) &&
    list(tags).every((tag) => {
      const { key, value, source, field } = record(tag);
      return isName(key) && typeof value === 'string' && isName(source) && (field === undefined || isName(field));
    }),
  jobType: ({ processingType, integration }) => isName(processingType) && isName(integration),
  columnLineage: ({ fields, dataset }) =>
    Object.values(record(fields)).every((field) => list(record(field)['inputFields']).every(isInput)) &&
    list(dataset).every(isInput),
};

function facetProblems(facets: unknown, where: string, check: Check): void {
  for (const [name, value] of Object.entries(record(facets))) {
    const facet = record(value);
    check(isUri(facet['_producer']) && isUri(facet['_schemaURL']), `${where}.${name}: _producer and _schemaURL`);
    const shape = shapes[name];
    check(shape !== undefined && shape(facet), `${where}.${name}`);
  }
}

function isField(value: unknown): boolean {
  const { name, type, description, fields } = record(value);
  if (!isName(name) || (type !== undefined && typeof type !== 'string')) return false;
  return (description === undefined || typeof description === 'string') && list(fields).every(isField);
}

function isInput(value: unknown): boolean {
  const { namespace, name, field, transformations } = record(value);
  if (!isName(namespace) || !isName(name) || !isName(field)) return false;
  return list(transformations).every((one) => {
    const { type, subtype, description, masking } = record(one);
    return (
      ['DIRECT', 'INDIRECT'].includes(String(type)) &&
      typeof subtype === 'string' &&
      typeof description === 'string' &&
      typeof masking === 'boolean'
    );
  });
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isUri(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value);
}
