import { randomUUID } from 'node:crypto';
import { LexlineError } from '../base/errors.ts';
import type { HowFound } from '../classify/model-confidence.ts';
import { countDecision } from '../classify/review-tally.ts';
import { proposalKind, type ReviewGroup } from '../classify/review.ts';
import { digestOf, type Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import { propagate } from '../propagate/propagate.ts';
import { createBatchWriter } from '../stores/graph/batch-writer.ts';
import type { Change } from '../stores/graph/graph-store.ts';
import type { LedgerEntry } from '../stores/ledger/ledger.ts';
import { inOneRevision } from './in-one-revision.ts';
import type { SeenSources } from './queue-index.ts';
import type { DecideRequest, DecideResult, ReviewDeskOptions } from './review-desk.ts';
import { noRetags, retagsOf } from './review-retags.ts';
import { proposalBody } from './review-proposal.ts';
import { settleGroup, type Declined, type Settled } from './settle-review.ts';
import { mustBeUnchanged } from './unchanged-since.ts';

const doneKind = 'review-decision';
/** Fields that an answer names; all are counted, and all are in the ledger. */
const shownFields = 500;

/** Decides a group: verdicts of a person, their propagation and the ledger in one revision; or a proposal, where two are needed. */
export async function decideGroup(
  request: DecideRequest,
  options: ReviewDeskOptions,
  groupOf: (id: string, n: number, seen: SeenSources) => Promise<ReviewGroup>,
): Promise<DecideResult> {
  const { state } = options;
  const { actor, signal } = request;
  const done = await state.get(doneKind, `${actor.id}/${request.idempotencyKey}`);
  const asked = askedDigest(request);
  if (done !== null) return doneBefore(done, asked);
  const settled = await settleGroup(request, options, groupOf);
  if (settled.type === 'declined') return decline(request, settled, options);
  const { group, fields, decision, decided, lowers, proposers, isAgreed, at } = settled;
  const hashed = settled.commentHash;
  if (lowers.length > 0 && proposers.includes(actor.id))
    throw new LexlineError(
      'REVIEW_OWN_PROPOSAL',
      `[review] taking away ${lowers.join(', ')} was proposed by ${actor.id}: somebody else must agree`,
      {
        remedy: 'ask a second person to run the same command',
      },
    );
  const asProposal = lowers.length > 0 && !isAgreed;
  const retags = request.retags === true ? await retagsOf(settled, request, options) : null;
  const body: Json = {
    group: group.id,
    decision: decision.kind,
    category: decision.category,
    lowers,
    takes: [...new Set(decided.flatMap(({ takes }) => takes))].sort(),
    fields,
    comment: hashed,
    validUntil: decision.validUntil,
    suggested: group.suggestion.category,
    cause: group.cause,
    proposedBy: [...new Set(proposers)],
  };
  const revision = await write(
    asProposal
      ? decided.map(({ field: uid, takes }): Change => {
          const proposal = proposalBody({ by: actor.id, decision, takes }, { comment: hashed, at });
          return { type: 'enter', entered: { uid, kind: proposalKind, body: proposal, actor } };
        })
      : decided.flatMap(({ changes }) => changes),
    { kind: asProposal ? 'review-proposed' : 'review-decided', actor, at, subject: null, body },
    { actor, signal, decided: settled },
    options,
  );
  const result: DecideResult = {
    state: asProposal ? 'proposed' : 'decided',
    group: group.id,
    fields: fields.length,
    decided: fields.slice(0, shownFields),
    revision,
    lowers,
    ...(retags === null ? {} : { retags }),
  };
  if (!asProposal) await countDecision(state, request.idempotencyKey, tallied(decided));
  await state.put(doneKind, `${actor.id}/${request.idempotencyKey}`, { asked, result: result as unknown as Json });
  return result;
}

/** What was asked for, apart from who waits for it. */
function askedDigest({ group, kind, category, comment, validUntil, except = [] }: DecideRequest): string {
  return digestOf([group, kind, category, comment, validUntil, except]);
}

/** The answer that was given under this key. Fails with INPUT_INVALID when it was used for something else. */
function doneBefore(done: Json, asked: string): DecideResult {
  const kept = done as unknown as { readonly asked: string; readonly result: DecideResult };
  if (kept.asked === asked) return kept.result;
  throw new LexlineError('INPUT_INVALID', '[review] the idempotency key was used before with another input');
}

/** A proposal that nobody follows: the fields keep their protection and wait again for what they waited for. */
async function decline(request: DecideRequest, declined: Declined, options: ReviewDeskOptions): Promise<DecideResult> {
  const { group, fields, at } = declined;
  const { actor, signal } = request;
  const changes = fields.map((uid): Change => ({ type: 'end-entered', uid, kind: proposalKind }));
  const entry = { kind: 'review-proposal-declined', actor, at, subject: null, body: { group: group.id, fields } };
  const revision = await write(changes, entry, { actor, signal, decided: declined }, options);
  const result: DecideResult = {
    state: 'decided',
    group: group.id,
    fields: fields.length,
    decided: fields.slice(0, shownFields),
    revision,
    lowers: [],
    ...(request.retags === true ? { retags: noRetags } : {}),
  };
  await options.state.put(doneKind, `${actor.id}/${request.idempotencyKey}`, {
    asked: askedDigest(request),
    result: result as unknown as Json,
  });
  return result;
}

/** Writes what was decided, unless somebody else came first while the turn to write was waited for: then REVIEW_CHANGED. */
async function write(
  changes: readonly Change[],
  entry: LedgerEntry,
  {
    actor,
    signal,
    decided,
  }: { readonly actor: Actor; readonly signal: AbortSignal; readonly decided: Settled | Declined },
  options: ReviewDeskOptions,
): Promise<number> {
  const { graph, rules, clock } = options;
  const run = `${entry.kind}-${randomUUID().slice(0, 8)}`;
  const turn = { graph, run: { run, cause: 'a decision of a person', actor }, clock, signal };
  return inOneRevision(turn, async (writer) => {
    const revisions = { seen: decided.before, now: (await graph.head()).published };
    await mustBeUnchanged({ group: decided.group.id, fields: decided.fields }, revisions, options);
    const batches = createBatchWriter(graph, writer.open, () => writer.keep());
    for (const change of changes) await batches.add(change);
    const expected = await batches.end();
    await propagate({ graph, open: writer.open, rules, expected, between: () => writer.keep() });
    return writer.publish([entry]);
  });
}

function tallied(
  decided: readonly { readonly learnt: readonly { readonly how: HowFound; readonly right: boolean }[] }[],
): ReadonlyMap<HowFound, { readonly right: number; readonly wrong: number }> {
  const counts = new Map<HowFound, { right: number; wrong: number }>();
  for (const { how, right } of decided.flatMap(({ learnt }) => learnt)) {
    const count = counts.get(how) ?? { right: 0, wrong: 0 };
    count[right ? 'right' : 'wrong'] += 1;
    counts.set(how, count);
  }
  return counts;
}
