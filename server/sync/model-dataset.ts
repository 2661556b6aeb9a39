import { howFound, modelConfidence, type Tally } from '../classify/model-confidence.ts';
import type { JudgeResult, ModelFinding } from '../classify/judge.ts';
import { modelReview } from '../classify/review.ts';
import type { TableJudgement } from '../classify/classifier.ts';
import { classesAtHolder } from '../model/arrived-classes.ts';
import type { Verdict } from '../model/classification.ts';
import { digestOf, type Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import type { Uid } from '../model/ids.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { Change } from '../stores/graph/graph-store.ts';
import type { LedgerEntry } from '../stores/ledger/ledger.ts';

/** What a model's answers change about one dataset. */
export interface ModelChanges {
  readonly changes: readonly Change[];
  readonly ledger: readonly LedgerEntry[];
}

/** Categories of one field that a model may add. */
const maxCategories = 3;

/**
 * What a model found as verdicts of its own beside those of the detectors, and as marks for review. It ends only verdicts
 * of its own kind that it says more exactly now; nobody else's word is touched. Pure.
 */
export function modelChanges(
  result: JudgeResult,
  context: {
    readonly judgement: TableJudgement;
    /** What is said of the holder of the table, by regulation. */
    readonly applies: Readonly<Record<string, string>>;
    readonly by: string;
    readonly taxonomy: Pick<Taxonomy, 'category' | 'classesOf'>;
    readonly tally: Tally;
    readonly standing: (field: Uid) => readonly Verdict[];
    /** The marks that stand, by field. */
    readonly marks: ReadonlyMap<Uid, unknown>;
    readonly actor: Actor;
    readonly at: string;
  },
): ModelChanges {
  const { actor, at, by, marks } = context;
  const changes: Change[] = [];
  const ledger: LedgerEntry[] = [];
  for (const finding of result.findings) {
    const { id: field, outcome } = finding;
    const own = context.standing(field).filter(({ decider }) => decider === 'llm');
    const wanted = verdictsOf(finding, context);
    for (const verdict of wanted) {
      if (own.some(({ category, key }) => category === verdict.category && key === verdict.key)) continue;
      changes.push({ type: 'verdict', verdict });
      const { decider, category, state, confidence, key, citations } = verdict;
      const cited = citations.map(({ provision, edition, check, sourceSha256 = null }) => ({
        provision,
        edition,
        check,
        sourceSha256,
      }));
      ledger.push({
        kind: 'verdict',
        actor,
        at,
        subject: field,
        body: { decider, by, category, state, confidence, key, cited },
      });
    }
    for (const { decider, category } of own)
      if (!wanted.some((verdict) => verdict.category === category) && !outcome.keeps.includes(category)) {
        changes.push({ type: 'end-verdict', field, decider, category });
        ledger.push({ kind: 'verdict-ended', actor, at, subject: field, body: { decider, category } });
      }
    const mark = outcome.review.length === 0 ? null : markOf(finding, by);
    const before = marks.get(field);
    if (mark === null && before !== undefined) changes.push({ type: 'end-entered', uid: field, kind: modelReview });
    if (mark !== null && (before === undefined || digestOf(before) !== digestOf(mark)))
      changes.push({
        type: 'enter',
        entered: { uid: field, kind: modelReview, body: mark, actor: { kind: 'process', id: by } },
      });
  }
  return { changes, ledger };
}

function markOf({ outcome, reason }: ModelFinding, by: string): Json {
  return { reasons: [...outcome.review].sort(), open: reason, says: outcome.categories, by };
}

function verdictsOf(
  { id, outcome, citations, speaking, answers, reason }: ModelFinding,
  { judgement, applies, by, taxonomy, tally, at }: Parameters<typeof modelChanges>[1],
): readonly Verdict[] {
  const how = howFound(outcome);
  if (how === null) return [];
  const column = judgement.columns.find((each) => each.id === id);
  const confidence = modelConfidence(how, tally);
  return outcome.categories.slice(0, maxCategories).map((category): Verdict => {
    const classes = classesAtHolder(
      taxonomy.classesOf(category),
      applies['hipaa'] === 'none',
      judgement.subject.aboutPatients,
    );
    const fine = taxonomy.category(category)?.fine;
    return {
      field: id,
      decider: 'llm',
      by,
      category,
      state: 'proposed',
      classes,
      fine: fine === undefined ? [] : [fine],
      confidence,
      derived: column?.derived ?? null,
      evidence: [
        {
          signal: 'model',
          detail: `${outcome.twice ? 'said twice' : 'said once'}; asked because ${reason}; ${how}`,
          weight: 0,
        },
      ],
      // A provision bears only the categories that it speaks of, though the answer names one list for all.
      citations: citations.filter(
        ({ check, provision }) => check !== 'unsupported' && speaking.get(provision)?.includes(category) === true,
      ),
      key: digestOf(['llm', by, answers, category, confidence, classes.includes('PHI')]),
      at,
    };
  });
}
