import { hash, randomUUID } from 'node:crypto';
import { instant } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import { SampleDraw, scoreSample, stratumOf, type SampledField, type Stratum } from '../classify/review-sample.ts';
import type { ReviewGroup } from '../classify/review.ts';
import type { Json } from '../model/json.ts';
import { decideGroup } from './decide-review.ts';
import { countReached } from './count-reached.ts';
import { createQueueIndex, type SeenSources } from './queue-index.ts';
import { describeFields, everyField } from './read-review-queue.ts';
import { mustBeKnown } from './review-guards.ts';
import { noRetags, retagsOf } from './review-retags.ts';
import { settleGroup } from './settle-review.ts';
import type { ReviewDesk, ReviewDeskOptions, ReviewQueueView } from './review-desk.ts';

const sampleKind = 'review-sample';
/** The newest scored sample, for reports. */
export const sampleResultKind = 'review-sample-result';
const shownOfGroup = 3;

/** What is remembered of a sample between drawing and scoring. */
interface KeptSample {
  readonly fields: readonly SampledField[];
  readonly population: readonly (readonly [Stratum, number])[];
  readonly revision: number;
  readonly seed: number;
}

/** The desk over a graph. Reads the newest revision each time; decisions take the graph's one write lease. */
export function createReviewDesk(options: ReviewDeskOptions): ReviewDesk {
  const { graph, state, clock } = options;
  const index = createQueueIndex(graph);
  const groupOf = async (id: string, n: number, seen: SeenSources): Promise<ReviewGroup> => {
    const group = (await index.groups(n, seen)).find((each) => each.id === id);
    if (group !== undefined) return group;
    throw new LexlineError('NOT_FOUND', `[review] no group ${id} waits; it may have been decided meanwhile`, {
      remedy: 'lexline review list',
    });
  };
  return {
    async queue({ first, after, seen = 'all' }) {
      const n = (await graph.head()).published;
      const groups = await index.groups(n, seen);
      const from = after === undefined ? 0 : groups.findIndex(({ id }) => id === after) + 1;
      if (after !== undefined && from === 0)
        throw new LexlineError('INPUT_INVALID', '[review] the queue has changed since this page: begin again');
      const shown: ReviewQueueView['groups'][number][] = [];
      for (const group of groups.slice(from, from + first)) {
        const sample = await describeFields(graph, n, group.fields.slice(0, shownOfGroup));
        shown.push({
          ...group,
          question: questionOf(group, sample[0]?.path ?? group.called),
          settles: group.fields.length + (await countReached(graph, group.fields, n, seen)),
          sample,
        });
      }
      const totalFields = groups.reduce((sum, { fields }) => sum + fields.length, 0);
      return {
        revision: n,
        totalGroups: groups.length,
        totalFields,
        hasMore: from + shown.length < groups.length,
        groups: shown,
      };
    },
    async fieldsOf(id, seen = 'all') {
      const n = (await graph.head()).published;
      return describeFields(graph, n, (await groupOf(id, n, seen)).fields);
    },
    decide: (request) => decideGroup(request, options, groupOf),
    async preview(request) {
      const settled = await settleGroup(request, options, groupOf);
      const fields = settled.fields.length;
      if (settled.type === 'declined')
        return { fields, lowers: [], retags: noRetags, revision: (await graph.head()).published };
      return {
        fields,
        lowers: settled.lowers,
        retags: await retagsOf(settled, request, options),
        revision: settled.before,
      };
    },
    async draw({ size, seed, actor }) {
      const n = (await graph.head()).published;
      if (n === 0)
        throw new LexlineError('NOT_FOUND', '[review] there is nothing to sample yet', { remedy: 'lexline sync' });
      const draw = new SampleDraw(size, seeded(seed));
      for await (const { field, verdicts } of everyField(graph, n)) {
        const stratum = stratumOf(verdicts);
        if (stratum !== null) draw.offer({ field: field.uid, ...stratum });
      }
      const { fields, population } = draw.end();
      const id = randomUUID().slice(0, 8);
      const kept: KeptSample = { fields, population: [...population], revision: n, seed };
      await state.put(sampleKind, id, kept as unknown as Json);
      await options.ledger.append([
        {
          kind: 'review-sample-drawn',
          actor,
          at: instant(clock),
          subject: null,
          body: { sample: id, seed, fields: fields.length, revision: n },
        },
      ]);
      const described = await describeFields(
        graph,
        n,
        fields.map(({ field }) => field),
      );
      return { id, fields: described.map(({ evidence: _evidence, ...blind }) => blind) };
    },
    async score(id, judgements, actor) {
      const kept = (await state.get(sampleKind, id)) as unknown as KeptSample | null;
      if (kept === null)
        throw new LexlineError('NOT_FOUND', `[review] no sample ${id} was drawn`, {
          remedy: 'lexline review sample --out sample.jsonl',
        });
      const { fields, population, revision } = kept;
      for (const { category } of judgements) mustBeKnown(category, options.taxonomy);
      const result = scoreSample(fields, new Map(population), judgements);
      const at = instant(clock);
      const body = { sample: id, revision, judged: judgements.length, at, ...result } as unknown as Json;
      await state.put(sampleResultKind, 'newest', body);
      await options.ledger.append([
        {
          kind: 'review-sample-scored',
          actor,
          at,
          subject: null,
          body: { sample: id, judged: judgements.length, digest: hash('sha256', JSON.stringify(body), 'hex') },
        },
      ]);
      return result;
    },
  };
}

function questionOf({ fields, suggestion, cause }: ReviewGroup, called: string): string {
  const where = fields.length === 1 ? 'one field' : `${fields.length} fields called alike`;
  if (suggestion.category === null) return `What does ${called} hold, in ${where}? (${cause})`;
  if (suggestion.category === 'none') return `Does ${called} hold nothing sensitive, in ${where}? (${cause})`;
  return `Is ${called} ${suggestion.category}, in ${where}? (${cause})`;
}

/** Numbers between 0 and 1 that a seed makes the same again: SHA-256 of seed and counter. For sampling, not for secrets. */
function seeded(seed: number): () => number {
  let counter = 0;
  return () => {
    counter += 1;
    return Number.parseInt(hash('sha256', `${seed}:${counter}`, 'hex').slice(0, 12), 16) / 2 ** 48;
  };
}
