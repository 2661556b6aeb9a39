import { hash } from 'node:crypto';
import type { Json } from '../../server/model/json.ts';
import type { SourceMessage } from '../../server/model/document.ts';
import type { LineageEvent, SaidDataset } from './event.ts';
import { nameOf, numberOf, objectOf, objectsOf } from './foreign.ts';
import { unknownFacets } from './read-event.ts';

type Observation = Extract<SourceMessage, { type: 'observation' }>;

/** What the end of a run tells that is no fact: that it ran, how it ended, how much it read and wrote. */
export function* observe(event: LineageEvent, startedAt: string | null): Iterable<Observation> {
  const { at, run, job } = event;
  if (run === null || job === null) return;
  const seconds = startedAt === null ? null : (Date.parse(at) - Date.parse(startedAt)) / 1000;
  const told = hash('sha256', JSON.stringify([job.namespace, job.name, run.id])).slice(0, 32);
  const base = { type: 'observation', day: at.slice(0, 10), last: at, event: told } as const;
  const measure = run.state === 'COMPLETE' ? 'runs' : 'failed-runs';
  const body = { run: run.id, status: run.state.toLowerCase(), seconds, ...detailsOf(event) };
  yield { ...base, kind: 'job', name: { namespace: job.namespace, name: job.name }, measure, count: 1, body };
  for (const dataset of event.inputs) yield* figuresOf(dataset, base, 'read');
  for (const dataset of event.outputs) yield* figuresOf(dataset, base, 'written');
}

function detailsOf({ run, job, skewed }: LineageEvent): Readonly<Record<string, Json>> {
  const details: Record<string, Json> = skewed ? { clockAhead: true } : {};
  const facets = run?.facets ?? {};
  for (const [from, to] of [
    ['nominalTime', 'nominal'],
    ['errorMessage', 'error'],
    ['externalQuery', 'query'],
    ['environmentVariables', 'environment'],
    ['executionParameters', 'parameters'],
    ['test', 'tests'],
    ['extractionError', 'extraction'],
    [unknownFacets, 'otherFacets'],
  ] as const) {
    const facet = facets[from];
    if (facet !== undefined && facet !== null) details[to] = facet;
  }
  const tags = objectsOf(objectOf(facets['tags'])?.['tags']).flatMap(({ key }) => nameOf(key) ?? []);
  if (tags.length > 0) details['tags'] = tags;
  const code = objectOf(job?.facets['sourceCodeLocation']);
  if (typeof code?.['version'] === 'string') details['code'] = code['version'];
  const parent = objectOf(facets['parent']);
  if (typeof parent?.['run'] === 'string') details['parentRun'] = parent['run'];
  return details;
}

function* figuresOf(
  { namespace, name, facets, ofRun }: SaidDataset,
  base: Pick<Observation, 'type' | 'day' | 'last' | 'event'>,
  way: 'read' | 'written',
): Iterable<Observation> {
  const of = { ...base, kind: 'dataset', name: { namespace, name } } as const;
  const version = objectOf(facets['version'])?.['version'];
  const change = objectOf(facets['lifecycleStateChange'])?.['change'];
  const subset = objectOf(ofRun['subset'] ?? ofRun['inputSubset'] ?? ofRun['outputSubset']);
  yield {
    ...of,
    measure: way,
    count: 1,
    body: {
      ...(typeof version === 'string' ? { version } : {}),
      ...(typeof change === 'string' ? { change } : {}),
      ...(subset === null ? {} : { onlyBy: (subset['fields'] ?? []) as Json }),
    },
  };
  const statistics = objectOf(ofRun['outputStatistics'] ?? ofRun['inputStatistics']);
  for (const figure of ['rows', 'bytes', 'files'] as const) {
    const count = numberOf(statistics?.[figure]);
    if (count !== null) yield { ...of, measure: `${way}-${figure}`, count };
  }
  const metrics = objectOf(ofRun['dataQualityMetrics'] ?? facets['dataQualityMetrics']);
  if (metrics !== null) yield { ...of, measure: 'quality-metrics', count: 1, body: metrics as Json };
  const assertions = objectOf(ofRun['dataQualityAssertions'] ?? facets['dataQualityAssertions']);
  if (assertions !== null) yield { ...of, measure: 'quality-assertions', count: 1, body: assertions as Json };
}
