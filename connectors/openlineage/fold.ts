import { hash } from 'node:crypto';
import type { Json } from '../../server/model/json.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { LineageEvent, SaidDataset, SaidLineage } from './event.ts';
import { objectOf, qualifiedOf } from './foreign.ts';
import { governing } from './governing.ts';
import { changeOf, dropAll, goneBy, isMade, laterGone, renamedFrom } from './lifecycle.ts';
import { isFactOfDataset } from './picture-facets.ts';
import {
  datasetKey,
  hasEnded,
  jobKey,
  keepNewest,
  later,
  laterState,
  type DatasetPicture,
  type JobPicture,
  type Picture,
  type RunFlow,
  type RunOutput,
  type RunPicture,
} from './picture.ts';
import { noteOtherName, otherNamesIn } from './symlinks.ts';

/** What is remembered of one thing, at most: the newest. */
const keptMentions = 4;
const keptRuns = 4;
const keptJobs = 1000;
const keptCounted = 64;
/** Fields of one dataset that lineage names. */
export const keptFields = 10_000;

/** Pictures by key; asked for those of {@link thingsOf} before an event is folded in. */
export type Pictures = Map<string, Picture>;

/** The keys of everything that an event speaks of. */
export function thingsOf(event: LineageEvent): readonly string[] {
  const keys = new Set<string>();
  if (event.job !== null) keys.add(jobKey(event.job));
  for (const name of datasetsOf(event)) keys.add(datasetKey(name));
  return [...keys];
}

/** Every dataset that an event changes or relates to another: its inputs and outputs, what else they are or were called, what lineage names. */
export function* datasetsOf(event: LineageEvent): Iterable<QualifiedName> {
  for (const dataset of [...event.inputs, ...event.outputs]) {
    yield dataset;
    const previous = renamedFrom(dataset);
    if (previous !== null) yield previous;
    yield* otherNamesIn(dataset);
    yield* mentionedIn(lineageIn(dataset));
  }
  for (const { name, lineage } of entriesOf(event)) {
    yield name;
    yield* mentionedIn(lineage);
  }
}

/**
 * Takes one event into the pictures. The same events in any order, and any of them again, give the same pictures. True when
 * the event ended a run that was not counted yet (or counted by this very `position`, before a restart).
 */
export function foldEvent(pictures: Pictures, event: LineageEvent, position: string): boolean {
  const { at, run, job } = event;
  for (const dataset of [...event.inputs, ...event.outputs]) foldDataset(pictures, dataset, event);
  for (const output of event.outputs) if (isMade(output)) make(datasetOf(pictures, output), at);
  if (run === null) dropAll(pictures, goneBy(event), '');
  if (job === null) return false;

  const picture = jobOf(pictures, job);
  foldFacets(picture.facets, job.facets, at, (name) => name !== 'lineage');
  for (const [name, facet] of Object.entries(run?.facets ?? {}))
    if (factsOfRuns.has(name) && facet !== null)
      picture.facets[name] = later(picture.facets[name], { at, value: facet });

  const { flow, lineages } = flowOf(event);
  foldFields(pictures, flow, lineages);
  for (const [digest, lineage] of lineages) picture.lineages[digest] = lineage;
  for (const name of [...Object.values(flow.inputs), ...Object.values(flow.outputs)]) mention(pictures, name, event);
  if (run === null) {
    if (Object.keys(flow.inputs).length + Object.keys(flow.outputs).length > 0)
      picture.design = later(picture.design, { at, value: flow });
    picture.lineages = usedLineages(picture);
    return false;
  }
  const now = foldRun(picture.runs[run.id], flow, event);
  picture.runs[run.id] = now;
  // What a run that failed, or goes on, said is gone is still there.
  if (now.state === 'COMPLETE') dropAll(pictures, now.gone, run.id);
  picture.runs = prunedRuns(picture);
  picture.lineages = usedLineages(picture);
  if (!hasEnded(run.state)) return false;
  const before = picture.counted[run.id];
  if (before !== undefined) return before === position;
  picture.counted = keepNewest({ ...picture.counted, [run.id]: position }, keptCounted, (where) => where);
  return true;
}

/** Facets of runs that say something of the job as such: they seldom change, and are shown with it. */
const factsOfRuns: ReadonlySet<string> = new Set(['parent', 'processing_engine', 'jobDependencies', 'extractionError']);

function foldDataset(pictures: Pictures, dataset: SaidDataset, event: LineageEvent): void {
  const picture = datasetOf(pictures, dataset);
  if (changeOf(dataset) !== 'DROP') mention(pictures, dataset, event);
  // Remembered even where nothing else speaks of it: an older event must not bring it back.
  const previous = renamedFrom(dataset);
  if (previous !== null) datasetOf(pictures, previous);
  for (const name of otherNamesIn(dataset)) noteOtherName(picture, datasetOf(pictures, name), event.at);
  foldFacets(picture.facets, dataset.facets, event.at, isFactOfDataset);
}

function make(picture: DatasetPicture, at: string): void {
  if ((picture.made ?? '') < at) picture.made = at;
}

function foldFacets(
  into: Record<string, { readonly at: string; readonly value: Json }>,
  facets: Readonly<Record<string, Json>>,
  at: string,
  holds: (name: string, value: Json) => boolean,
): void {
  for (const [name, value] of Object.entries(facets))
    if (holds(name, value)) into[name] = later(into[name], { at, value });
}

function mention(pictures: Pictures, name: QualifiedName, event: LineageEvent): void {
  const picture = datasetOf(pictures, name);
  const run = event.run?.id ?? '';
  const before = picture.said[run];
  if (before === undefined || before < event.at)
    picture.said = keepNewest({ ...picture.said, [run]: event.at }, keptMentions, (at) => at);
  if (event.job === null) return;
  const key = jobKey(event.job);
  const known = picture.jobs[key];
  if (known !== undefined && known.at >= event.at) return;
  const { namespace, name: jobName } = event.job;
  picture.jobs = keepNewest(
    { ...picture.jobs, [key]: { namespace, name: jobName, at: event.at } },
    keptJobs,
    ({ at }) => at,
  );
}

/** Fields that lineage names, on the datasets that have them. */
function foldFields(pictures: Pictures, { outputs }: RunFlow, lineages: ReadonlyMap<string, SaidLineage>): void {
  const found = new Map<DatasetPicture, Set<string>>();
  const add = (name: QualifiedName, field: string | null): void => {
    if (field === null) return;
    const picture = datasetOf(pictures, name);
    const fields = found.get(picture) ?? new Set(picture.fields);
    found.set(picture, fields.add(field));
  };
  for (const output of Object.values(outputs)) {
    const { fields, dataset } = lineages.get(output.lineage?.value ?? '') ?? { fields: {}, dataset: [] };
    for (const [field, inputs] of Object.entries(fields)) {
      add(output, field);
      for (const input of inputs) add(input, input.field);
    }
    for (const input of dataset) add(input, input.field);
  }
  for (const [picture, fields] of found)
    if (fields.size > picture.fields.length) picture.fields = [...fields].sort().slice(0, keptFields);
}

/** The event's inputs and outputs, those that only its lineage names among them; fields go to the datasets they are of. */
function flowOf(event: LineageEvent): { readonly flow: RunFlow; readonly lineages: ReadonlyMap<string, SaidLineage> } {
  const flow: RunFlow = { inputs: {}, outputs: {} };
  const lineages = new Map<string, SaidLineage>();
  const input = ({ namespace, name }: QualifiedName): void => {
    flow.inputs[datasetKey({ namespace, name })] = { namespace, name };
  };
  const output = ({ namespace, name }: QualifiedName, lineage: SaidLineage | null): void => {
    const key = datasetKey({ namespace, name });
    const digest = lineage === null ? null : hash('sha256', JSON.stringify(lineage)).slice(0, 16);
    const stated = digest === null ? null : { at: event.at, value: digest };
    if (lineage !== null && digest !== null) lineages.set(digest, lineage);
    flow.outputs[key] = { namespace, name, lineage: stated ?? flow.outputs[key]?.lineage ?? null };
    for (const each of mentionedIn(lineage)) input(each);
  };
  for (const dataset of event.inputs) input(dataset);
  for (const dataset of event.outputs) if (changeOf(dataset) !== 'DROP') output(dataset, lineageIn(dataset));
  for (const { name, lineage } of entriesOf(event)) output(name, lineage);
  return { flow, lineages };
}

function foldRun(before: RunPicture | undefined, flow: RunFlow, event: LineageEvent): RunPicture {
  const { at } = event;
  const state = event.run?.state ?? 'OTHER';
  const query = event.job?.facets['sql'] ?? null;
  const sql = query === null ? null : { at, value: query };
  const gone = laterGone(before?.gone, goneBy(event));
  if (before === undefined) return { ...flow, first: at, last: at, state, sql, ...gone };
  const outputs = { ...before.outputs };
  for (const [key, said] of Object.entries(flow.outputs)) outputs[key] = laterOutput(outputs[key], said);
  return {
    inputs: { ...before.inputs, ...flow.inputs },
    outputs,
    first: before.first < at ? before.first : at,
    last: before.last > at ? before.last : at,
    state: laterState(before.state, state),
    sql: sql === null ? before.sql : later(before.sql, sql),
    ...gone,
  };
}

function laterOutput(before: RunOutput | undefined, said: RunOutput): RunOutput {
  if (before === undefined) return said;
  return { ...before, lineage: said.lineage === null ? before.lineage : later(before.lineage, said.lineage) };
}

function prunedRuns(picture: JobPicture): Record<string, RunPicture> {
  const newest = keepNewest(picture.runs, keptRuns, ({ last }) => last);
  if (newest === picture.runs) return newest;
  for (const id of governing(picture).flatMap((one) => [one.id, one.kept?.id ?? one.id])) {
    const run = picture.runs[id];
    if (run !== undefined) newest[id] = run;
  }
  return newest;
}

/** Those lineages that a run or the declaration still rests on. */
function usedLineages({ lineages, runs, design }: JobPicture): Record<string, SaidLineage> {
  const used = new Set<string>();
  for (const { outputs } of [...Object.values(runs), ...(design === null ? [] : [design.value])])
    for (const { lineage } of Object.values(outputs)) if (lineage !== null) used.add(lineage.value);
  const all = Object.keys(lineages);
  if (all.length === used.size) return lineages;
  return Object.fromEntries(Object.entries(lineages).filter(([digest]) => used.has(digest)));
}

/** Null: nothing is said of columns. What takes the facet back says that there are none. */
function lineageIn({ facets }: SaidDataset): SaidLineage | null {
  const said = [facets['columnLineage'], facets['lineage']].filter((facet) => facet !== undefined);
  const facet = said.find((one) => one !== null) ?? (said.length === 0 ? null : { fields: {}, dataset: [] });
  return facet as unknown as SaidLineage | null;
}

function* mentionedIn(lineage: SaidLineage | null): Iterable<QualifiedName> {
  if (lineage === null) return;
  const met = new Set<string>();
  for (const inputs of [...Object.values(lineage.fields), lineage.dataset])
    for (const input of inputs) {
      const key = datasetKey(input);
      if (met.has(key)) continue;
      met.add(key);
      yield input;
    }
}

interface Entry {
  readonly name: QualifiedName;
  readonly lineage: SaidLineage;
}

/** What the `lineage` facet of the job says of its outputs. */
function entriesOf(event: LineageEvent): readonly Entry[] {
  const entries = objectOf(event.job?.facets['lineage'])?.['entries'];
  return (Array.isArray(entries) ? (entries as readonly unknown[]) : []).flatMap((each) => {
    const name = qualifiedOf(each);
    const lineage = objectOf(each)?.['lineage'];
    return name === null || lineage === undefined ? [] : [{ name, lineage: lineage as SaidLineage }];
  });
}

function datasetOf(pictures: Pictures, { namespace, name }: QualifiedName): DatasetPicture {
  const key = datasetKey({ namespace, name });
  const known = pictures.get(key);
  if (known?.kind === 'dataset') return known;
  const fresh: DatasetPicture = {
    kind: 'dataset',
    namespace,
    name,
    said: {},
    dropped: null,
    facets: {},
    fields: [],
    jobs: {},
  };
  pictures.set(key, fresh);
  return fresh;
}

function jobOf(pictures: Pictures, { namespace, name }: QualifiedName): JobPicture {
  const key = jobKey({ namespace, name });
  const known = pictures.get(key);
  if (known?.kind === 'job') return known;
  const fresh: JobPicture = {
    kind: 'job',
    namespace,
    name,
    facets: {},
    runs: {},
    lineages: {},
    design: null,
    counted: {},
  };
  pictures.set(key, fresh);
  return fresh;
}
