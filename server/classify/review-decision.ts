import { classesAtHolder } from '../model/arrived-classes.ts';
import {
  NONE,
  careSignal,
  coarseClasses,
  type CoarseClass,
  type DerivedClassification,
  type Signal,
  type Verdict,
} from '../model/classification.ts';
import { canonicalJson, digestOf, type Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import type { Uid } from '../model/ids.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { Change } from '../stores/graph/graph-store.ts';
import { howOf, type HowFound } from './model-confidence.ts';
import { endingWords, endsAfter, endsJson } from './ending-words.ts';
import {
  classesHere,
  formHeld,
  heldCategories,
  wordsOf,
  type ClassesAtHolder,
  type HeldCategory,
} from './held-categories.ts';
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
  /** Categories that need a second person to be taken away: special categories, card numbers, authentication data, PHI. */
  readonly lowers: readonly string[];
  /** All that it takes away: categories, and beside them the classes that they have here. */
  readonly takes: readonly string[];
  /** What it says about a model's findings. */
  readonly learnt: readonly { readonly how: HowFound; readonly right: boolean }[];
  /** Digest of what it was decided on. */
  readonly saw: string;
}

/** What a decision about one field rests on. */
export interface FieldContext {
  readonly verdicts: readonly Verdict[];
  /** What lineage brings to it. */
  readonly rows: readonly DerivedClassification[];
  /** The entries that stand on the field, by kind. */
  readonly marks: ReadonlyMap<string, unknown>;
  readonly taxonomy: Pick<Taxonomy, 'category' | 'classesOf'>;
  readonly holder: Holder;
  readonly actor: Actor;
  readonly at: string;
  /** Salted hash of the comment, as the ledger keeps it too. */
  readonly commentHash: string | null;
}

/** What says of a field which classes a category has there. */
export interface Holder {
  /** Its holder is said to be outside of HIPAA. */
  readonly isOutsideHipaa: boolean;
  /** The rows of its table are records of care. */
  readonly isRecordOfCare: boolean;
}

/** True where the verdicts on a table say that its rows are records of care. */
export function saysRecordOfCare(ofTable: readonly Pick<Verdict, 'evidence'>[]): boolean {
  return ofTable.some(({ evidence }) => evidence.some(({ signal }) => signal === careSignal));
}

/** Nobody takes these away alone. */
const grave: ReadonlySet<string> = new Set(['special', 'health', 'card', 'sad']);

/**
 * Applies a decision to one field: a person's verdicts, and the decision itself with what it saw. It touches what it speaks
 * about and nothing else: other words of people stay, as does what machines and tags say; a person's word comes before theirs.
 * Alone a "nothing sensitive" ends where something is said to hold. Pure.
 */
export function decideField(field: Uid, decision: Decision, context: FieldContext): FieldDecision {
  const { verdicts, rows, marks, taxonomy, actor, at } = context;
  const others = verdicts.filter(({ decider }) => decider !== 'human');
  const human = verdicts.filter(({ decider }) => decider === 'human');
  const held = heldCategories(verdicts, rows);
  const holds = decision.kind === 'reject' ? null : decision.category;
  const ended = [...held.values()].filter((one) => !one.isRejected && isEnded(one, decision));
  const gone = ended.map(({ category }) => category);
  const isNothing = human.some(({ category }) => category === NONE);
  const withdrawn = isNothing && holds !== null && holds !== NONE ? [NONE] : [];
  const { saw, evidence } = seenBy(decision, others, [...held.values()], context);
  const say = (category: string, state: 'accepted' | 'rejected'): Verdict => {
    const one = held.get(category) ?? { category, arrives: null, classes: [] };
    return {
      field,
      decider: 'human',
      by: actor.id,
      category,
      state,
      classes: state === 'accepted' ? classesFor(one, context) : classesHere(one, context),
      fine: [taxonomy.category(category)?.fine].filter((each) => each !== undefined),
      confidence: 1,
      derived: formHeld(one, verdicts),
      ...(state === 'rejected' && 'form' in one ? { seenAs: one.form } : {}),
      evidence,
      citations: others.find((verdict) => verdict.category === category)?.citations ?? [],
      key: digestOf(['human', actor.id, decision.kind, category, state, saw, at]),
      at,
    };
  };
  const words = [
    ...(holds === null ? [] : [say(holds, 'accepted')]),
    ...gone.map((category) => say(category, 'rejected')),
  ];
  const earlier = endingWords(
    marks.get(decisionKind),
    human.map(({ category }) => category),
  );
  const said = words.map(({ category }) => category);
  const ends = endsAfter(earlier, { said, withdrawn }, human, decision);
  const body: Json = {
    decision: decision.kind,
    category: decision.category,
    gone: [...gone, ...withdrawn],
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
    ...(ends.length === 0 && decision.validUntil === null ? {} : { ends: endsJson(ends) }),
    at,
  };
  return {
    changes: [
      ...withdrawn.map((category): Change => ({ type: 'end-verdict', field, decider: 'human', category })),
      ...words.map((verdict): Change => ({ type: 'verdict', verdict })),
      { type: 'enter', entered: { uid: field, kind: decisionKind, body, actor } },
      ...[otherEvidence, modelReview, proposalKind]
        .filter((kind) => marks.has(kind))
        .map((kind): Change => ({ type: 'end-entered', uid: field, kind })),
    ],
    lowers: ended.filter((one) => isGrave(one, taxonomy)).map(({ category }) => category),
    takes: ended.flatMap((one) => wordsOf(one, context)),
    learnt: others.flatMap((verdict) => {
      const how = howOf(verdict);
      if (how === null || (verdict.category !== holds && !gone.includes(verdict.category))) return [];
      return [{ how, right: verdict.category === holds }];
    }),
    saw,
  };
}

/**
 * Whether a decision takes a category away: a rejection the one that it names, or all that was found; a correction all that
 * was found and is something else; "nothing sensitive" also what lineage brings.
 */
function isEnded({ category, stands }: HeldCategory, decision: Pick<Decision, 'kind' | 'category'>): boolean {
  if (decision.kind === 'reject') return decision.category === null ? stands : category === decision.category;
  if (decision.category === NONE) return true;
  return decision.kind === 'correct' && stands && category !== decision.category;
}

/** What a person had before them: the verdicts of others, and what lineage brings. */
function seenBy(
  { kind }: Decision,
  others: readonly Verdict[],
  held: readonly HeldCategory[],
  context: ClassesAtHolder,
): { readonly saw: string; readonly evidence: readonly Signal[] } {
  const arrived = held.filter(({ arrives }) => arrives !== null);
  const saw = digestOf([
    others.map(({ decider, category, state, key }) => canonicalJson([decider, category, state, key])).sort(),
    arrived.map((one) => canonicalJson([one.arrives, ...wordsOf(one, context)])),
  ]);
  const evidence = [
    { signal: 'decided', detail: `${kind} on evidence ${saw.slice(0, 12)}`, weight: 0 },
    ...others.flatMap(({ decider, evidence: seen }) =>
      seen.slice(0, 8).map(({ signal, detail, weight }) => ({ signal: `saw ${decider}: ${signal}`, detail, weight })),
    ),
    ...arrived.map((one) => ({ signal: 'saw lineage', detail: arrivalInWords(one), weight: 0 })),
  ];
  return { saw, evidence };
}

/** `user.contact.email arrives, PHI, hashed`. */
export function arrivalInWords({ category, classes, arrives }: HeldCategory): string {
  return [`${category} arrives`, ...classes, arrives ?? 'clear'].join(', ');
}

function isGrave({ category, classes }: HeldCategory, taxonomy: Pick<Taxonomy, 'category' | 'classesOf'>): boolean {
  const known = taxonomy.category(category);
  if (known !== undefined && grave.has(known.sensitivity)) return true;
  const all: readonly CoarseClass[] = [...classes, ...taxonomy.classesOf(category)];
  // Anything in a record of care or carried from one, and a branch (`user.health`, `user.payment`) that a tag stands for.
  return all.includes('PHI') || (known === undefined && all.includes('PCI'));
}

/** The classes of a category of which a person says that the field holds it: as of any finding there, and all that it has. */
function classesFor(
  { category, classes }: Pick<HeldCategory, 'category' | 'classes'>,
  { taxonomy, holder }: FieldContext,
): readonly CoarseClass[] {
  if (category === NONE) return [];
  const usual = classesAtHolder(taxonomy.classesOf(category), holder.isOutsideHipaa, holder.isRecordOfCare);
  return coarseClasses.filter((one) => usual.includes(one) || classes.includes(one));
}
