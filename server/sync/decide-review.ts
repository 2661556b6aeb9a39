import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { instant } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import type { HowFound } from '../classify/model-confidence.ts';
import { countDecision } from '../classify/review-tally.ts';
import { decideField, type Decision } from '../classify/review-decision.ts';
import { proposalKind, type ReviewGroup } from '../classify/review.ts';
import { NONE } from '../model/classification.ts';
import { digestOf, type Json } from '../model/json.ts';
import type { Uid } from '../model/ids.ts';
import type { Actor } from '../model/provenance.ts';
import { propagate } from '../propagate/propagate.ts';
import { createBatchWriter } from '../stores/graph/batch-writer.ts';
import type { Change } from '../stores/graph/graph-store.ts';
import type { LedgerEntry } from '../stores/ledger/ledger.ts';
import { commentHash, mustBeKnown, without } from './review-guards.ts';
import { openForWriting } from './graph-lease.ts';
import type { SeenSources } from './queue-index.ts';
import { entriesOf, inBatches } from './read-waiting.ts';
import type { DecideRequest, DecideResult, ReviewDeskOptions } from './review-desk.ts';

const doneKind = 'review-decision';
/** Fields that an answer names; all are counted, and all are in the ledger. */
const shownFields = 500;
const awaitsSecond: ReviewGroup['cause'] = 'proposed by a person, needs a second';

/** Decides a group: verdicts of a person, their propagation and the ledger in one revision; or a proposal, where two are needed. */
export async function decideGroup(
  request: DecideRequest,
  options: ReviewDeskOptions,
  groupOf: (id: string, n: number, seen: SeenSources) => Promise<ReviewGroup>,
): Promise<DecideResult> {
  const { graph, state, taxonomy, clock } = options;
  const { actor, signal } = request;
  const done = await state.get(doneKind, `${actor.id}/${request.idempotencyKey}`);
  const asked = askedDigest(request);
  if (done !== null) return doneBefore(done, asked);
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
  if (fields.length === 0) throw new LexlineError('INPUT_INVALID', '[review] every field of the group is left out');
  if (proposed !== null && request.kind === 'reject') return decline(request, group, fields, at, options);
  const decision =
    proposed !== null && request.kind === 'accept' ? { ...request, ...proposed.decision } : settled(request, group);
  mustBeKnown(decision.category, taxonomy);
  if (request.expectedRevision !== undefined) await mustBeUnchanged(fields, request.expectedRevision, before, options);

  const hashed = decision.comment === null ? null : commentHash(decision.comment);
  const verdicts = Map.groupBy(await inBatches(fields, (part) => graph.verdicts(part, before)), ({ field }) => field);
  const decided = fields.map((field) => ({
    field,
    ...decideField(field, decision, {
      verdicts: verdicts.get(field) ?? [],
      marks: new Set(marks.get(field)?.keys()),
      taxonomy,
      actor,
      at,
      commentHash: hashed,
    }),
  }));
  const lowers = [...new Set(decided.flatMap((each) => each.lowers))].sort();
  const digest = digestOf([decision.kind, decision.category]);
  const proposers = fields.flatMap((field) => proposerOf(marks.get(field)?.get(proposalKind), digest));
  if (lowers.length > 0 && proposers.includes(actor.id))
    throw new LexlineError(
      'REVIEW_OWN_PROPOSAL',
      `[review] taking away ${lowers.join(', ')} was proposed by ${actor.id}: somebody else must agree`,
      {
        remedy: 'ask a second person to run the same command',
      },
    );
  const isAgreed = fields.every((field) => proposerOf(marks.get(field)?.get(proposalKind), digest).length > 0);
  const asProposal = lowers.length > 0 && !isAgreed;
  const body: Json = {
    group: group.id,
    decision: decision.kind,
    category: decision.category,
    lowers,
    fields,
    comment: hashed,
    validUntil: decision.validUntil,
    suggested: group.suggestion.category,
    cause: group.cause,
    proposedBy: [...new Set(proposers)],
  };
  const revision = await write(
    asProposal
      ? fields.map((field): Change => ({
          type: 'enter',
          entered: {
            uid: field,
            kind: proposalKind,
            body: {
              digest,
              by: actor.id,
              category: decision.category ?? NONE,
              asked: decision.category,
              validUntil: decision.validUntil,
              decision: decision.kind,
              comment: hashed,
              at,
            },
            actor,
          },
        }))
      : decided.flatMap(({ changes }) => changes),
    { kind: asProposal ? 'review-proposed' : 'review-decided', actor, at, subject: null, body },
    { actor, signal },
    options,
  );
  const result: DecideResult = {
    state: asProposal ? 'proposed' : 'decided',
    group: group.id,
    fields: fields.length,
    decided: fields.slice(0, shownFields),
    revision,
    lowers,
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

/** The decision with what the group suggests filled in. */
function settled({ kind, category, comment, validUntil }: DecideRequest, { suggestion, id }: ReviewGroup): Decision {
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

/** A proposal that nobody follows: the fields keep their protection and wait again for what they waited for. */
async function decline(
  request: DecideRequest,
  group: ReviewGroup,
  fields: readonly Uid[],
  at: string,
  options: ReviewDeskOptions,
): Promise<DecideResult> {
  const { actor, signal } = request;
  const changes = fields.map((uid): Change => ({ type: 'end-entered', uid, kind: proposalKind }));
  const entry = { kind: 'review-proposal-declined', actor, at, subject: null, body: { group: group.id, fields } };
  const revision = await write(changes, entry, { actor, signal }, options);
  const result: DecideResult = {
    state: 'decided',
    group: group.id,
    fields: fields.length,
    decided: fields.slice(0, shownFields),
    revision,
    lowers: [],
  };
  await options.state.put(doneKind, `${actor.id}/${request.idempotencyKey}`, {
    asked: askedDigest(request),
    result: result as unknown as Json,
  });
  return result;
}

/** Nobody else decided one of the fields since the revision that was looked at. */
async function mustBeUnchanged(
  fields: readonly Uid[],
  seen: number,
  now: number,
  { graph }: ReviewDeskOptions,
): Promise<void> {
  if (seen > now) throw new LexlineError('INPUT_INVALID', `[review] there is no revision ${seen} yet`);
  if (seen === now) return;
  const words = async (n: number): Promise<string> =>
    digestOf(
      (await inBatches(fields, (part) => graph.verdicts(part, n)))
        .filter(({ decider }) => decider === 'human')
        .map(({ field, category, state, key }) => `${field} ${category} ${state} ${key}`)
        .sort(),
    );
  if ((await words(seen)) === (await words(now))) return;
  throw new LexlineError('REVIEW_CHANGED', `[review] somebody decided fields of this group after revision ${seen}`, {
    remedy: 'lexline review list, then decide again',
  });
}

async function write(
  changes: readonly Change[],
  entry: LedgerEntry,
  { actor, signal }: { readonly actor: Actor; readonly signal: AbortSignal },
  { graph, rules, clock }: ReviewDeskOptions,
): Promise<number> {
  const run = `${entry.kind}-${randomUUID().slice(0, 8)}`;
  const lease = { ttlMs: 15_000, waitMs: 60_000, now: () => clock.now(), signal };
  const writer = await openForWriting({ graph, run: { run, cause: 'a decision of a person', actor }, ...lease });
  try {
    const batches = createBatchWriter(graph, writer.open, () => writer.keep());
    for (const change of changes) await batches.add(change);
    const expected = await batches.end();
    await propagate({ graph, open: writer.open, rules, expected, between: () => writer.keep() });
    await writer.keep();
    return (await graph.publish(writer.open, [entry])).n;
  } finally {
    await writer.release();
  }
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
