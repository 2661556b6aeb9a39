import { digestOf, type Json } from '../../server/model/json.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { TextCleaners } from '../connector.ts';
import type { Facets, LineageEvent, RunState, SaidDataset } from './event.ts';
import { datasetFacets, runDatasetFacets, type FacetReader } from './facets-dataset.ts';
import { jobFacets, runFacets } from './facets-job.ts';
import { instantOf, isDeeperThan, listOf, nameOf, objectOf, qualifiedOf, wordOf } from './foreign.ts';

/** A clock may run ahead by this much before the time of arrival counts instead. */
const tolerance = 5 * 60_000;
/** Datasets that one event may name; more is a listing, not an event. */
const maxDatasets = 10_000;
/** Levels of objects and lists in an event: a field nested as deep as is kept needs half of them. */
export const maxLevels = 256;

/** What became of one payload. A refusal says what is wrong in words that hold nothing of the payload. */
export type EventRead =
  | { readonly type: 'event'; readonly event: LineageEvent }
  | { readonly type: 'refused'; readonly problem: string };

/** Members of a run or job event that begin with these names are of the specification's two older revisions too. */
const states: ReadonlySet<string> = new Set<RunState>(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER']);

/**
 * Reads one OpenLineage event (RunEvent, JobEvent or DatasetEvent of specification 1 and 2) into the form that is kept.
 * Lenient in what we do not use, strict in what identifies things.
 */
export function readEvent(payload: unknown, receivedAt: string, clean: TextCleaners): EventRead {
  const object = objectOf(payload);
  if (object === null) return refused('an event is a JSON object');
  if (isDeeperThan(maxLevels, object)) return refused(`nested more than ${maxLevels} levels deep`);
  const eventTime = instantOf(object['eventTime']);
  if (eventTime === null) return refused('"eventTime" is missing or no RFC 3339 time');
  const skewed = Date.parse(eventTime) > Date.parse(receivedAt) + tolerance;
  const base = { version: 1, at: skewed ? receivedAt : eventTime, skewed } as const;
  const malformed = new Set<string>();
  const reader = createReader(clean, malformed);

  if (object['dataset'] !== undefined && object['job'] === undefined && object['run'] === undefined) {
    const dataset = reader.dataset(object['dataset'], 'none');
    if (dataset === null) return refused('"dataset" needs a namespace and a name');
    const said = { ...base, type: 'dataset', run: null, job: null, inputs: [], outputs: [dataset] } as const;
    return { type: 'event', event: { ...said, malformed: [...malformed].sort() } };
  }

  const job = qualifiedOf(object['job']);
  if (job === null) return refused('"job" needs a namespace and a name (or the event a "dataset")');
  const runObject = objectOf(object['run']);
  const runId = nameOf(runObject?.['runId']);
  if (object['run'] !== undefined && runId === null) return refused('"run" needs a "runId"');
  const named = [...listOf(object['inputs']), ...listOf(object['outputs'])];
  if (named.length > maxDatasets) return refused(`${named.length} datasets; the limit is ${maxDatasets}`);
  if (named.some((each) => qualifiedOf(each) === null)) return refused('an input or output without namespace or name');
  const state = wordOf(object['eventType'])?.toUpperCase() ?? 'OTHER';
  const event = {
    ...base,
    type: runId === null ? 'job' : 'run',
    run:
      runId === null
        ? null
        : {
            id: runId,
            state: states.has(state) ? (state as RunState) : 'OTHER',
            facets: reader.facets(runObject?.['facets'], runFacets),
          },
    job: { ...job, facets: reader.facets(objectOf(object['job'])?.['facets'], jobFacets) },
    inputs: listOf(object['inputs']).flatMap((each) => reader.dataset(each, 'inputFacets') ?? []),
    outputs: listOf(object['outputs']).flatMap((each) => reader.dataset(each, 'outputFacets') ?? []),
  } as const;
  return { type: 'event', event: { ...event, malformed: [...malformed].sort() } };
}

function refused(problem: string): EventRead {
  return { type: 'refused', problem };
}

/** Facets that nobody published, by name with the digest of what they hold; under this name among the facets. */
export const unknownFacets = '(other)';

function createReader(clean: TextCleaners, malformed: Set<string>) {
  const facets = (value: unknown, known: Readonly<Record<string, FacetReader>>): Facets => {
    const kept: Record<string, Json> = {};
    const other: Record<string, string> = {};
    for (const [name, given] of Object.entries(objectOf(value) ?? {})) {
      if (nameOf(name) === null || name === '__proto__') continue;
      const facet = objectOf(given);
      const read = Object.hasOwn(known, name) ? known[name] : undefined;
      if (facet?.['_deleted'] === true) kept[name] = null;
      else if (read === undefined) other[name] = digestOf(withoutOrigin(given));
      else {
        const cleaned = facet === null ? null : read(facet, clean);
        if (cleaned === null) malformed.add(name);
        else kept[name] = cleaned;
      }
    }
    if (Object.keys(other).length > 0) kept[unknownFacets] = other;
    return kept;
  };
  return {
    facets,
    dataset(value: unknown, ofRun: 'inputFacets' | 'outputFacets' | 'none'): SaidDataset | null {
      const object = objectOf(value);
      const name: QualifiedName | null = qualifiedOf(object);
      if (object === null || name === null) return null;
      return {
        ...name,
        facets: facets(object['facets'], datasetFacets),
        ofRun: ofRun === 'none' ? {} : facets(object[ofRun], runDatasetFacets),
      };
    },
  };
}

/** Who sent a facet and by which version of a schema says nothing about the thing. */
function withoutOrigin(facet: unknown): unknown {
  const object = objectOf(facet);
  if (object === null) return facet;
  const { _producer: _, _schemaURL: __, ...rest } = object;
  return rest;
}
