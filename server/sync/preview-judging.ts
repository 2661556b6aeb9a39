import { instant } from '../base/clock.ts';
import { flipOf, inOrderOfHarm, type Flip } from '../classify/preview.ts';
import type { Verdict } from '../model/classification.ts';
import { printPath, type Uid } from '../model/ids.ts';
import { rememberDetectors } from './detector-sets.ts';
import { judgeDataset } from './judge-dataset.ts';
import { allDatasets } from './judge-phase.ts';
import { fieldsToProfile } from './profile-fields.ts';
import { readForJudging, type ReadForJudging } from './read-for-judging.ts';
import type { Run } from './run.ts';

const batchSize = 50;
const maxShown = 200;

/** What judging would change by the detectors of now, without a value looked at and without anything written. */
export interface JudgingPreview {
  /** Fields whose verdict would be another. */
  readonly flips: number;
  /** Of these, fields that would no longer count as sensitive. */
  readonly losses: number;
  /** Losses of protection first; at most 200. */
  readonly shown: readonly Flip[];
  /** Fields whose values the run would look at, because they never were or because a detector changed. */
  readonly toProfile: number;
}

/** Judges what the graph holds of the source, as it was read last, beside the verdicts that stand. */
export async function previewJudging(run: Run): Promise<JudgingPreview> {
  const { context, source } = run;
  const { graph, state } = context.stores;
  const n = (await graph.head()).published;
  const earlier = await rememberDetectors(state, context.classifier);
  const flips: Flip[] = [];
  let toProfile = 0;
  const judge = (read: ReadForJudging): void => {
    for (const { described, applies } of read.datasets) {
      toProfile += fieldsToProfile(described, source, read.evidence, context.classifier, earlier).length;
      const at = instant(context.clock);
      const { changes } = judgeDataset(described, { ...context, ...read, applies, actor: run.request.actor, at });
      const names = new Map(described.fields.map(({ uid, path }) => [uid, printPath(path ?? [])]));
      for (const change of changes) {
        if (change.type !== 'verdict' || change.verdict.decider !== 'detector') continue;
        const field = names.get(change.verdict.field);
        if (field === undefined) continue;
        const standing = read.verdicts.get(change.verdict.field) ?? [];
        const before = standing.find(({ decider }: Verdict) => decider === 'detector');
        const decided = standing.some(({ decider }) => decider === 'human');
        const flip =
          before === undefined
            ? null
            : flipOf(before, change.verdict, { dataset: described.dataset.name, field, decided });
        if (flip !== null) flips.push(flip);
      }
    }
  };
  let batch: Uid[] = [];
  for await (const uid of allDatasets(run, n)) {
    batch.push(uid);
    if (batch.length < batchSize) continue;
    judge(await readForJudging(graph, n, context.sources, batch));
    batch = [];
  }
  if (batch.length > 0) judge(await readForJudging(graph, n, context.sources, batch));
  const ordered = inOrderOfHarm(flips);
  return {
    flips: ordered.length,
    losses: ordered.filter(({ losesProtection }) => losesProtection).length,
    shown: ordered.slice(0, maxShown),
    toProfile,
  };
}
