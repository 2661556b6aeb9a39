import type { SourceConnection } from '../../connectors/connector.ts';
import { invariant } from '../base/errors.ts';
import type { Classifier } from '../classify/classifier.ts';
import type { Json } from '../model/json.ts';
import { digestOf } from '../model/json.ts';
import type { Actor, Gap } from '../model/provenance.ts';
import type { Uid } from '../model/ids.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { everyBatch } from '../stores/every-batch.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { ConfiguredSource } from './source.ts';
import { judgeDataset, type DatasetJudgement } from './judge-dataset.ts';
import { fieldsToProfile, profileFields, staleProfiles } from './profile-fields.ts';
import { stopIfAborted } from './pause.ts';
import { readForJudging } from './read-for-judging.ts';

/** Datasets judged at a time, and batches under way at once: one is read while another is judged and staged. */
const batchSize = 50;
const atOnce = 3;

export interface JudgeCounts {
  judged: number;
  profiled: number;
  sensitive: number;
  undecided: number;
}

/** The staged judgements of a run have a stage of their own beside its documents. */
export function judgementsOf(run: string): string {
  return `${run}:judged`;
}

/** What every verdict of a source also depends on; another digest means that all its datasets are judged again. */
export function judgeDigest(
  source: ConfiguredSource,
  classifier: Pick<Classifier, 'detectorSet'>,
  taxonomy: Taxonomy,
): string {
  return digestOf([classifier.detectorSet, taxonomy.digest, source.applies, source.tagMap ?? {}, source.profile]);
}

/**
 * Profiles and judges datasets in batches, reading only, and stages what must change. Nothing of the graph is locked
 * meanwhile, so a slow source holds nobody back; the staged changes are written in one revision afterwards.
 */
export async function judgeDatasets(options: {
  readonly graph: GraphStore;
  readonly state: StateStore;
  readonly run: string;
  readonly n: number;
  readonly datasets: AsyncIterable<Uid>;
  readonly source: ConfiguredSource;
  readonly sources: ReadonlyMap<string, ConfiguredSource>;
  readonly connection: SourceConnection;
  readonly classifier: Classifier;
  /** The detectors of an earlier set, where it is remembered. */
  readonly earlier: (detectorSet: string) => readonly string[] | null;
  readonly taxonomy: Taxonomy;
  readonly actor: Actor;
  readonly at: string;
  /** Datasets that an earlier part of the run has judged. */
  readonly done: ReadonlySet<Uid>;
  readonly counts: JudgeCounts;
  readonly signal: AbortSignal;
  readonly onProgress: (stage: 'profile' | 'classify', done: number) => void;
}): Promise<readonly Gap[]> {
  const gaps: Gap[] = [];
  let judged = 0;
  const waiting = everyBatch(options.datasets, batchSize, (uid) => !options.done.has(uid));
  const worker = async (): Promise<void> => {
    for (let next = await waiting.next(); next.done !== true; next = await waiting.next()) {
      stopIfAborted(options.signal);
      gaps.push(...(await judgeBatch(options, next.value)));
      judged += next.value.length;
      options.onProgress('classify', judged);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return gaps;
}

async function judgeBatch(options: Parameters<typeof judgeDatasets>[0], uids: readonly Uid[]): Promise<readonly Gap[]> {
  const { graph, n, source, sources, classifier, earlier, counts } = options;
  const read = await readForJudging(graph, n, sources, uids);
  const { evidence } = read;
  const asked = read.datasets.map(({ described }) => fieldsToProfile(described, source, evidence, classifier, earlier));
  const requests = asked.flat();
  if (requests.length > 0) options.onProgress('profile', counts.profiled);
  const profiled = await profileFields(options.connection, requests, classifier, source, options.signal);
  const stale = staleProfiles(requests, evidence, profiled.evidence);
  for (const { field, digest, body } of profiled.evidence)
    evidence.set(field, { source: source.name, field, digest, body });
  counts.profiled += profiled.evidence.length;

  const staged = read.datasets.map(({ described, applies }) => {
    const judgement = judgeDataset(described, { ...options, ...read, applies });
    const own = new Set(described.fields.map(({ uid }) => uid));
    const found = profiled.evidence.filter(({ field }) => own.has(field));
    const body: DatasetJudgement = { ...judgement, changes: [...found, ...judgement.changes] };
    counts.judged += judgement.judged;
    counts.sensitive += judgement.sensitive;
    counts.undecided += judgement.undecided;
    return { key: described.dataset.uid, scope: '', digest: '', body: JSON.stringify(body) satisfies Json };
  });
  await options.state.stage(judgementsOf(options.run), staged);
  return [...profiled.gaps, ...stale];
}

/** The staged form of a judgement, read back. */
export function judgementOf(body: Json): DatasetJudgement {
  invariant(typeof body === 'string', 'a staged judgement is a text');
  return JSON.parse(body) as DatasetJudgement;
}
