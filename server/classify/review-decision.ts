import { classesAtHolder } from '../model/arrived-classes.ts';
import { NONE, type Signal, type Verdict } from '../model/classification.ts';
import { canonicalJson, digestOf, type Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import type { Uid } from '../model/ids.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { Change } from '../stores/graph/graph-store.ts';
import { howOf, type HowFound } from './model-confidence.ts';
import { decisionKind, modelReview, otherEvidence, proposalKind } from './review.ts';

/** What a person says of a group of fields. */
export interface Decision {
  readonly kind: 'accept' | 'correct' | 'reject';
  /** The category that holds from now on; `none`: nothing sensitive. Of a rejection: what does not hold; null: all that was found. */
  readonly category: string | null;
  readonly comment: string | null;
  /** ISO 8601; null: until somebody decides anew. */
  readonly validUntil: string | null;
}

/** What deciding one field changes. */
export interface FieldDecision {
  readonly changes: readonly Change[];
  /** Categories that need a second person to be taken away: special categories, card numbers, authentication data. */
  readonly lowers: readonly string[];
  /** What it says about a model's findings. */
  readonly learnt: readonly { readonly how: HowFound; readonly right: boolean }[];
  /** Digest of the verdicts it was decided on. */
  readonly saw: string;
}

/** Nobody takes these away alone. */
const grave: ReadonlySet<string> = new Set(['special', 'health', 'card', 'sad']);

/**
 * Applies a decision to one field: a person's verdicts, and the decision itself with the evidence that it saw. Others'
 * verdicts are not touched; a person's word comes before them. Pure.
 */
export function decideField(
  field: Uid,
  decision: Decision,
  context: {
    readonly verdicts: readonly Verdict[];
    /** Categories that lineage brings to it: a person who says "nothing sensitive" has seen them, and says so of them too. */
    readonly arrived: readonly string[];
    /** Kinds of entries that stand on the field. */
    readonly marks: ReadonlySet<string>;
    readonly taxonomy: Pick<Taxonomy, 'category' | 'classesOf'>;
    /** Its holder is said to be outside of HIPAA. */
    readonly isOutsideHipaa: boolean;
    readonly actor: Actor;
    readonly at: string;
    /** Salted hash of the comment, as the ledger keeps it too. */
    readonly commentHash: string | null;
  },
): FieldDecision {
  const { verdicts, arrived, marks, taxonomy, isOutsideHipaa, actor, at } = context;
  const others = verdicts.filter(({ decider }) => decider !== 'human');
  const standing = [
    ...new Set(
      verdicts
        .filter(({ category, state }) => category !== NONE && (state === 'proposed' || state === 'accepted'))
        .map(({ category }) => category),
    ),
  ];
  const holds = decision.kind === 'reject' ? null : decision.category;
  const isNothing = holds === NONE;
  const seen = [...new Set([...standing, ...(isNothing || decision.kind === 'reject' ? arrived : [])])];
  const gone = seen.filter((category) => {
    if (decision.kind === 'reject')
      return decision.category === null ? standing.includes(category) : category === decision.category;
    if (decision.kind === 'accept' && !isNothing) return false;
    return category !== holds;
  });
  const saw = digestOf(
    others.map(({ decider, category, state, key }) => canonicalJson([decider, category, state, key])).sort(),
  );
  const evidence: Signal[] = [
    { signal: 'decided', detail: `${decision.kind} on evidence ${saw.slice(0, 12)}`, weight: 0 },
    ...others.flatMap(({ decider, evidence: seen }) =>
      seen.slice(0, 8).map(({ signal, detail, weight }) => ({ signal: `saw ${decider}: ${signal}`, detail, weight })),
    ),
  ];
  const say = (category: string, state: 'accepted' | 'rejected'): Change => ({
    type: 'verdict',
    verdict: {
      field,
      decider: 'human',
      by: actor.id,
      category,
      state,
      classes: state === 'accepted' ? classesFor(category, verdicts, taxonomy, isOutsideHipaa) : [],
      fine: [taxonomy.category(category)?.fine].filter((each) => each !== undefined),
      confidence: 1,
      derived: others.find(({ decider }) => decider === 'detector')?.derived ?? null,
      evidence,
      citations: others.find((verdict) => verdict.category === category)?.citations ?? [],
      key: digestOf(['human', actor.id, decision.kind, category, state, saw, at]),
      at,
    },
  });
  const wanted = [
    ...(holds === null ? [] : [say(holds, 'accepted')]),
    ...gone.map((category) => say(category, 'rejected')),
  ];
  const kept = new Set(wanted.flatMap((change) => (change.type === 'verdict' ? [change.verdict.category] : [])));
  const ended = verdicts
    .filter(({ decider, category }) => decider === 'human' && !kept.has(category))
    .map(({ category }): Change => ({ type: 'end-verdict', field, decider: 'human', category }));
  const body: Json = {
    decision: decision.kind,
    category: decision.category,
    gone,
    saw,
    seen: others.map(({ decider, by, category, state, key, confidence }) => ({
      decider,
      by,
      category,
      state,
      key,
      confidence,
    })),
    commentHash: context.commentHash,
    comment: decision.comment,
    validUntil: decision.validUntil,
    at,
  };
  return {
    changes: [
      ...ended,
      ...wanted,
      { type: 'enter', entered: { uid: field, kind: decisionKind, body, actor } },
      ...[otherEvidence, modelReview, proposalKind]
        .filter((kind) => marks.has(kind))
        .map((kind): Change => ({ type: 'end-entered', uid: field, kind })),
    ],
    lowers: gone.filter((category) => isGrave(category, verdicts, taxonomy)),
    learnt: others.flatMap((verdict) => {
      const how = howOf(verdict);
      return how === null ? [] : [{ how, right: !gone.includes(verdict.category) && holds !== NONE }];
    }),
    saw,
  };
}

function isGrave(category: string, verdicts: readonly Verdict[], taxonomy: Pick<Taxonomy, 'category'>): boolean {
  const sensitivity = taxonomy.category(category)?.sensitivity;
  if (sensitivity !== undefined && grave.has(sensitivity)) return true;
  // A branch (`user.health`) that a tag stands for, or anything in a record of care.
  return verdicts.some((verdict) => verdict.category === category && verdict.classes.includes('PHI'));
}

function classesFor(
  category: string,
  verdicts: readonly Verdict[],
  taxonomy: Pick<Taxonomy, 'classesOf'>,
  isOutside: boolean,
): Verdict['classes'] {
  if (category === NONE) return [];
  const same = verdicts.find((verdict) => verdict.category === category && verdict.classes.length > 0);
  return same?.classes ?? classesAtHolder(taxonomy.classesOf(category), isOutside);
}
