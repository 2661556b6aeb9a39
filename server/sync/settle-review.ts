import { instant } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import { decideField, type Decision, type FieldDecision } from '../classify/review-decision.ts';
import { proposalKind, type ReviewGroup } from '../classify/review.ts';
import { NONE } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import type { Change } from '../stores/graph/graph-store.ts';
import type { SeenSources } from './queue-index.ts';
import { entriesOf } from './read-waiting.ts';
import { readFields } from './read-field-context.ts';
import type { DecideRequest, ReviewDeskOptions } from './review-desk.ts';
import { commentHash, mustBeKnown, without } from './review-guards.ts';
import { covers, decisionDigest, proposalOf } from './review-proposal.ts';
import { countOfFields, mustBeUnchanged } from './unchanged-since.ts';

const awaitsSecond: ReviewGroup['cause'] = 'proposed by a person, needs a second';
const decidedBefore: ReviewGroup['cause'] = 'decided on other evidence';

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
  /** Who proposed the same before, of any of the fields, and saw all that it takes away. */
  readonly proposers: readonly string[];
  /** Somebody did of every field. */
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
  const { graph, taxonomy, clock } = options;
  const before = (await graph.head()).published;
  const group = await groupOf(request.group, before, request.seen ?? 'all');
  const marks = await entriesOf(graph, group.fields, before);
  const proposals = new Map(group.fields.map((field) => [field, proposalOf(marks.get(field)?.get(proposalKind))]));
  const at = instant(clock);
  const proposed = group.cause === awaitsSecond ? (proposals.get(group.fields[0] ?? '') ?? null) : null;
  const fields = without(group.fields, request.except ?? []).filter(
    (field) => proposed === null || proposals.get(field)?.digest === proposed.digest,
  );
  if (request.validUntil !== null && request.validUntil <= at)
    throw new LexlineError('INPUT_INVALID', `[review] the decision would end at ${request.validUntil}, which is over`);
  if (fields.length === 0) throw new LexlineError('INPUT_INVALID', '[review] every field of the group is left out');
  if (request.expectedRevision !== undefined)
    await mustBeUnchanged({ group: group.id, fields }, { seen: request.expectedRevision, now: before }, options);
  if (proposed !== null && request.kind === 'reject' && request.category === null)
    return { type: 'declined', group, fields, before, at };
  const follows = proposed !== null && request.kind === 'accept';
  const decision = follows ? { ...request, ...proposed.decision } : settled(request, group);
  mustBeKnown(decision.category, taxonomy);
  const hashed = decision.comment === null ? null : commentHash(decision.comment);
  const read = await readFields(fields, before, options);
  const decided = fields.map((field) => ({
    field,
    ...decideField(field, decision, {
      ...read(field),
      marks: marks.get(field) ?? new Map<string, unknown>(),
      taxonomy,
      actor: request.actor,
      at,
      commentHash: hashed,
    }),
  }));
  if (decision.kind === 'reject' && !decided.some(({ changes }) => changes.some(saysSomething)))
    throw new LexlineError('INPUT_INVALID', '[review] nothing is there that this would reject', {
      remedy: `lexline review correct ${group.id} --category none, where it holds nothing sensitive`,
    });
  const digest = decisionDigest(decision);
  const agreed = decided.map(({ field, takes }) => {
    const proposal = proposals.get(field) ?? null;
    return proposal?.digest === digest && covers(proposal, takes) ? proposal : null;
  });
  if (follows)
    mustBeCovered(
      fields.filter((_, i) => agreed[i] === null),
      group,
    );
  return {
    type: 'settled',
    group,
    fields,
    before,
    at,
    decision,
    decided,
    lowers: [...new Set(decided.flatMap((each) => each.lowers))].sort(),
    proposers: agreed.flatMap((proposal) => proposal?.by ?? []),
    isAgreed: agreed.every((proposal) => proposal !== null),
    commentHash: hashed,
  };
}

/** A rejection of what is not there keeps a decision and ends a proposal, and speaks about neither. */
function saysSomething(change: Change): boolean {
  return change.type !== 'enter' && !(change.type === 'end-entered' && change.kind === proposalKind);
}

/** The decision with what the group asks filled in. */
function settled({ kind, category, comment, validUntil }: Decision, { suggestion, id, cause }: ReviewGroup): Decision {
  if (kind === 'correct' && category === null)
    throw new LexlineError('INPUT_INVALID', '[review] a correction needs a category', {
      remedy: `lexline review correct ${id} --category user.contact.email`,
    });
  // Where people decided before, what they said is not what is asked about.
  const isAsked = kind === 'accept' || (kind === 'reject' && category === null && cause === decidedBefore);
  const asked = isAsked ? suggestion.category : category;
  if (isAsked && (asked === null || (kind === 'reject' && asked === NONE)))
    throw new LexlineError('INPUT_INVALID', `[review] nothing is suggested for group ${id} that could be ${kind}ed`, {
      remedy: `lexline review correct ${id} --category <category or none>`,
    });
  return { kind, category: asked, comment, validUntil };
}

/** Fails with REVIEW_CHANGED for fields of which a proposal would take away what nobody had seen who proposed it. */
function mustBeCovered(unseen: readonly Uid[], { id }: ReviewGroup): void {
  if (unseen.length === 0) return;
  throw new LexlineError(
    'REVIEW_CHANGED',
    `[review] the proposal would now take away more than was there when it was made, of ${countOfFields(unseen)}`,
    { remedy: `lexline review list ${id}, then propose it again (lexline review correct), or decline it (reject)` },
  );
}
