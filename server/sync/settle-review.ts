import { instant } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import { decideField, type Decision, type FieldDecision } from '../classify/review-decision.ts';
import { proposalKind, type ReviewGroup } from '../classify/review.ts';
import { isCategoryRow } from '../model/carried-class.ts';
import { digestOf } from '../model/json.ts';
import type { Uid } from '../model/ids.ts';
import { z } from 'zod';
import type { SeenSources } from './queue-index.ts';
import { entriesOf } from './read-waiting.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { DecideRequest, ReviewDeskOptions } from './review-desk.ts';
import { commentHash, mustBeKnown, without } from './review-guards.ts';
import { mustBeUnchanged } from './unchanged-since.ts';

const awaitsSecond: ReviewGroup['cause'] = 'proposed by a person, needs a second';

/** What deciding a group comes to, before anything of it is written. */
export interface Settled {
  readonly type: 'settled';
  readonly group: ReviewGroup;
  /** Those of the group that it speaks about. */
  readonly fields: readonly Uid[];
  /** The revision that it was read at. */
  readonly before: number;
  readonly at: string;
  readonly decision: Decision;
  readonly decided: readonly (FieldDecision & { readonly field: Uid })[];
  readonly lowers: readonly string[];
  readonly digest: string;
  /** Who proposed the same before. */
  readonly proposers: readonly string[];
  /** Somebody proposed the same of every field. */
  readonly isAgreed: boolean;
  readonly commentHash: string | null;
}

/** A proposal that nobody follows. */
export interface Declined extends Pick<Settled, 'group' | 'fields' | 'before' | 'at'> {
  readonly type: 'declined';
}

/** Works a decision out on the newest revision. Fails with NOT_FOUND, INPUT_INVALID or REVIEW_CHANGED; writes nothing. */
export async function settleGroup(
  request: Omit<DecideRequest, 'idempotencyKey' | 'signal'>,
  options: Pick<ReviewDeskOptions, 'graph' | 'taxonomy' | 'clock' | 'isOutside'>,
  groupOf: (id: string, n: number, seen: SeenSources) => Promise<ReviewGroup>,
): Promise<Settled | Declined> {
  const { graph, taxonomy, clock, isOutside = () => false } = options;
  const { actor } = request;
  const before = (await graph.head()).published;
  const group = await groupOf(request.group, before, request.seen ?? 'all');
  const marks = await entriesOf(graph, group.fields, before);
  const at = instant(clock);
  const proposed =
    group.cause === awaitsSecond ? proposalOf(marks.get(group.fields[0] ?? '')?.get(proposalKind)) : null;
  const digestOn = (field: Uid): string | null => proposalOf(marks.get(field)?.get(proposalKind))?.digest ?? null;
  const fields = without(group.fields, request.except ?? []).filter(
    (field) => proposed === null || digestOn(field) === proposed.digest,
  );
  if (request.validUntil !== null && request.validUntil <= at)
    throw new LexlineError('INPUT_INVALID', `[review] the decision would end at ${request.validUntil}, which is over`);
  if (fields.length === 0) throw new LexlineError('INPUT_INVALID', '[review] every field of the group is left out');
  if (request.expectedRevision !== undefined)
    await mustBeUnchanged({ group: group.id, fields }, { seen: request.expectedRevision, now: before }, graph);
  if (proposed !== null && request.kind === 'reject') return { type: 'declined', group, fields, before, at };
  const decision =
    proposed !== null && request.kind === 'accept' ? { ...request, ...proposed.decision } : settled(request, group);
  mustBeKnown(decision.category, taxonomy);
  const hashed = decision.comment === null ? null : commentHash(decision.comment);
  const verdicts = Map.groupBy(await inBatches(fields, (part) => graph.verdicts(part, before)), ({ field }) => field);
  const rows = Map.groupBy(await inBatches(fields, (part) => graph.derived(part, before)), ({ field }) => field);
  const outside = new Set(
    (await inBatches(fields, (part) => graph.get(part, before))).flatMap((field) =>
      field !== null && isOutside(field.assertions.map(({ source }) => source)) ? [field.uid] : [],
    ),
  );
  const decided = fields.map((field) => ({
    field,
    ...decideField(field, decision, {
      verdicts: verdicts.get(field) ?? [],
      arrived: [
        ...new Set(
          (rows.get(field) ?? []).flatMap(({ category, rank }) =>
            rank > 0 && isCategoryRow({ category }) ? [category] : [],
          ),
        ),
      ].sort(),
      marks: new Set(marks.get(field)?.keys()),
      taxonomy,
      isOutsideHipaa: outside.has(field),
      actor,
      at,
      commentHash: hashed,
    }),
  }));
  const lowers = [...new Set(decided.flatMap((each) => each.lowers))].sort();
  const digest = digestOf([decision.kind, decision.category]);
  const proposers = fields.flatMap((field) => proposerOf(marks.get(field)?.get(proposalKind), digest));
  const isAgreed = fields.every((field) => proposerOf(marks.get(field)?.get(proposalKind), digest).length > 0);
  return {
    type: 'settled',
    group,
    fields,
    before,
    at,
    decision,
    decided,
    lowers,
    digest,
    proposers,
    isAgreed,
    commentHash: hashed,
  };
}

/** The decision with what the group suggests filled in. */
function settled({ kind, category, comment, validUntil }: Decision, { suggestion, id }: ReviewGroup): Decision {
  if (kind === 'correct' && category === null)
    throw new LexlineError('INPUT_INVALID', '[review] a correction needs a category', {
      remedy: `lexline review correct ${id} --category user.contact.email`,
    });
  if (kind === 'accept' && suggestion.category === null)
    throw new LexlineError('INPUT_INVALID', `[review] nothing is suggested for group ${id} that could be accepted`, {
      remedy: `lexline review correct ${id} --category <category or none>`,
    });
  return { kind, category: kind === 'accept' ? suggestion.category : category, comment, validUntil };
}

interface Proposal {
  readonly digest: string;
  readonly by: string;
  readonly decision: Pick<Decision, 'kind' | 'category' | 'validUntil'>;
}

const proposalSchema = z.object({
  digest: z.string(),
  by: z.string(),
  decision: z.enum(['accept', 'correct', 'reject']),
  asked: z.string().nullable(),
  validUntil: z.string().nullable(),
});

function proposalOf(body: unknown): Proposal | null {
  const parsed = proposalSchema.safeParse(body);
  if (!parsed.success) return null;
  const { digest, by, decision: kind, asked: category, validUntil } = parsed.data;
  return { digest, by, decision: { kind, category, validUntil } };
}

function proposerOf(body: unknown, digest: string): readonly string[] {
  const proposal = proposalOf(body);
  return proposal?.digest === digest ? [proposal.by] : [];
}
