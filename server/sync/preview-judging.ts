import { instant } from '../base/clock.ts';
import {
  awaitingOf,
  flipOf,
  inOrderOfHarm,
  inOrderOfProtection,
  type Awaiting,
  type Flip,
} from '../classify/preview.ts';
import type { Verdict } from '../model/classification.ts';
import { fieldUid, printPath } from '../model/ids.ts';
import { everyBatch } from '../stores/every-batch.ts';
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
  /** These fields, as what they show may flip them too: those that count as sensitive now first; at most 200. */
  readonly awaiting: readonly Awaiting[];
}

/** Judges what the graph holds of the source, as it was read last, beside the verdicts that stand. */
export async function previewJudging(run: Run): Promise<JudgingPreview> {
  const { context, source } = run;
  const { graph, state } = context.stores;
  const n = (await graph.head()).published;
  const earlier = await rememberDetectors(state, context.classifier);
  const flips: Flip[] = [];
  const awaiting: Awaiting[] = [];
  const judge = (read: ReadForJudging): void => {
    for (const { described, applies } of read.datasets) {
      const requests = fieldsToProfile(described, source, read.evidence, context.classifier, earlier);
      const toLookAt = new Set(requests.map((request) => fieldUid(request.dataset, request.path)));
      for (const { dataset, path } of requests) {
        const standing = read.verdicts.get(fieldUid(dataset, path)) ?? [];
        const before = standing.find(({ decider }) => decider === 'detector') ?? null;
        awaiting.push(awaitingOf(before, { dataset: dataset.name, field: printPath(path) }));
      }
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
            : flipOf(before, change.verdict, {
                dataset: described.dataset.name,
                field,
                decided,
                awaitsValues: toLookAt.has(change.verdict.field),
              });
        if (flip !== null) flips.push(flip);
      }
    }
  };
  for await (const batch of everyBatch(allDatasets(run, n), batchSize))
    judge(await readForJudging(graph, n, context.sources, batch));
  const ordered = inOrderOfHarm(flips);
  return {
    flips: ordered.length,
    losses: ordered.filter(({ losesProtection }) => losesProtection).length,
    shown: ordered.slice(0, maxShown),
    toProfile: awaiting.length,
    awaiting: inOrderOfProtection(awaiting).slice(0, maxShown),
  };
}
