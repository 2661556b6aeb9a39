import { classesAtHolder } from '../model/arrived-classes.ts';
import type { CoarseClass, DerivedForm, Signal } from '../model/classification.ts';
import { NONE } from '../model/classification.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { actorOf } from './actors.ts';
import { groundOf, type Calibration, type Ground } from './calibration.ts';
import type { ColumnInput, ColumnJudgement } from './classifier.ts';
import { adjustByNeighbours } from './neighbours.ts';
import { tooShort } from './check-results.ts';
import { cardKinds, speaksFor, textKinds } from './fine-groups.ts';
import { nameCandidates, type Candidate } from './name-evidence.ts';
import type { NameReading } from './names/read-name.ts';
import { allKnown, isHalfKnown, reasonsForNone } from './none-evidence.ts';
import type { SubjectReading } from './table-subject.ts';
import { typeAgainst } from './type-evidence.ts';
import {
  byValuesAlone,
  codeBesideCard,
  fitsMuch,
  serviceCodeBesideCard,
  suspected,
  tokenBesideCard,
  tracesIn,
  undecided,
} from './value-candidates.ts';
import { supportFor, type ValueReading } from './value-evidence.ts';

/** Everything that one column is judged by. */
export interface ColumnEvidence {
  readonly column: ColumnInput;
  readonly name: NameReading;
  /** What the description says, read like a name; null when there is none. */
  readonly description: NameReading | null;
  readonly values: ValueReading;
  readonly subject: SubjectReading;
  /** What is true of the source's owner, by regulation. */
  readonly applies: Readonly<Record<string, string>>;
}

/** Below this score a column is judged to hold nothing; between it and zero it is left to a person. */
const abstainBelow = -0.9;
/** The same where the name alone speaks: a weak one (`name`, `message`) decides nothing. */
const abstainBelowOpen = -1.9;
const maxAlternatives = 4;

/** Judges one column. Pure: the same evidence gives the same judgement. */
export function judgeColumn(evidence: ColumnEvidence, taxonomy: Taxonomy, calibration: Calibration): ColumnJudgement {
  const candidates = adjustByNeighbours(allCandidates(evidence), evidence).sort(
    (a, b) => b.score - a.score || (a.fine < b.fine ? -1 : 1),
  );
  const { column, subject } = evidence;
  const best = candidates[0];
  const derived = derivedForm(evidence);
  if (best !== undefined && best.score > 0 && isEmpty(evidence) && !isGrave(best.fine, taxonomy))
    return undecidedEmpty(evidence, candidates, taxonomy, calibration);
  if (best !== undefined && best.score > 0) {
    const chosen = candidates.filter((other) => other.score > 0 && other.score >= best.score - 2.5).slice(0, 3);
    const fine = cardForm(best.fine, derived, evidence);
    return {
      id: column.id,
      classes: classesOf(chosen, taxonomy, evidence),
      fine: [...new Set([fine, ...chosen.slice(1).map((candidate) => candidate.fine)])],
      category: taxonomy.byFine(fine)?.id ?? NONE,
      confidence: calibration.probability(best.score, groundOf(best.signals, best.score, subject.shortNames)),
      abstain: false,
      derived: derived ?? formOfCategory[fine] ?? null,
      evidence: best.signals,
      alternatives: alternatives(candidates.slice(1), evidence, taxonomy, calibration),
      relatesToSubject: subject.aboutPersons,
    };
  }
  return nothingFound(evidence, candidates, taxonomy, calibration);
}

/**
 * No category stands. NONE is a judgement and has reasons: a candidate that was weighed and rejected, words that make the
 * name one of a thing, values in which nothing is found. Without them the column is left to a person.
 */
function nothingFound(
  evidence: ColumnEvidence,
  candidates: readonly Candidate[],
  taxonomy: Taxonomy,
  calibration: Calibration,
): ColumnJudgement {
  // A short word that may be of another tongue was not rejected: it was not understood.
  const weighed = candidates.find(({ signals }) => !signals.some(({ signal }) => signal === 'language'));
  const reasons = weighed === undefined ? reasonsForNone(evidence) : weighed.signals;
  const traces = tracesIn(evidence.values);
  const sum = weighed?.score ?? reasons.reduce((all, { weight }) => all + weight, 0);
  const score = traces.length > 0 ? Math.max(sum, undecided) : sum;
  const { shortNames } = evidence.subject;
  const ground =
    weighed === undefined ? groundOfReasons(reasons, shortNames) : groundOf(weighed.signals, score, shortNames);
  const suspicion =
    traces.length > 0
      ? { classes: classesOf(traces, taxonomy, evidence), signals: traces.flatMap(({ signals }) => signals) }
      : suspicionOf(weighed, evidence, taxonomy);
  const isWeak = weighed !== undefined && isHalfKnown(evidence) && evidence.name.senses.every((s) => s.strength === 0);
  const isUnsettled = isWeak && !evidence.name.flag;
  const abstain =
    isUnsettled ||
    traces.length > 0 ||
    score > (weighed !== undefined && isOpen(weighed, evidence) ? abstainBelowOpen : abstainBelow);
  return {
    id: evidence.column.id,
    classes: abstain ? suspicion.classes : ['NONE'],
    fine: [],
    category: NONE,
    confidence: 1 - calibration.probability(score, ground),
    abstain,
    derived: null,
    evidence: abstain ? [...reasons, ...suspicion.signals] : reasons,
    alternatives: alternatives(candidates, evidence, taxonomy, calibration),
    relatesToSubject: evidence.subject.aboutPersons,
  };
}

function groundOfReasons(reasons: readonly Signal[], shortNames: number): Ground {
  if (reasons.some(({ signal }) => signal === 'values')) return { kind: 'values', shortNames };
  return { kind: reasons.some(({ detail }) => detail === allKnown) ? 'words' : 'head', shortNames };
}

/** What an undecided column may be: a possible security code, or free text of a person's row in which nobody looked. */
function suspicionOf(
  candidate: Candidate | undefined,
  evidence: ColumnEvidence,
  taxonomy: Taxonomy,
): { readonly classes: readonly CoarseClass[]; readonly signals: readonly Signal[] } {
  if (candidate === undefined) return { classes: [], signals: [] };
  const { subject, values } = evidence;
  const isUnread = textKinds.has(candidate.fine) && subject.aboutPersons && values.tried === 0;
  const said = isUnread ? 'free text in the row of a person, and no value was seen: anything may stand in it' : null;
  const isSuspected = isUnread || candidate.signals.some(({ signal }) => signal === suspected);
  return {
    classes: isSuspected ? classesOf([candidate], taxonomy, evidence) : [],
    signals: said === null ? [] : [{ signal: suspected, detail: said, weight: 0 }],
  };
}

/** Hardly a value was seen, and nothing speaks clearly against it. */
function isOpen({ signals }: Candidate, { values }: ColumnEvidence): boolean {
  return values.tried < 3 && signals.every(({ weight }) => weight > -2);
}

/** Categories that are a form of another by what they are. */
const formOfCategory: Readonly<Partial<Record<string, DerivedForm>>> = { card_last4: 'last4', card_token: 'token' };

/** A card number of which only some digits or a token remain is not counted as the number, whatever it is called; an encrypted one is. */
function cardForm(fine: string, derived: DerivedForm | null, { name, values }: ColumnEvidence): string {
  const { derived: named, words } = name;
  if (fine === 'card_number' && values.tried >= 3) {
    if (values.share('last-four') >= 0.95) return 'card_last4';
    if (values.derived === 'token') return 'card_token';
  }
  if (derived === 'last4' && cardKinds.has(fine)) return 'card_last4';
  if (derived === 'mask' && fine === 'card_number') return 'card_last4';
  const isToken =
    derived === 'token' && named === 'token' && !words.some((word) => /^(?:en|de)?cr[iy]pt|^cipher/.test(word));
  return fine === 'card_number' && isToken ? 'card_token' : fine;
}

/** Rows were seen and none held a value. */
function isEmpty({ column, values }: ColumnEvidence): boolean {
  return column.profile !== null && column.profile.rowsSeen > 0 && values.rows === 0;
}

/** What does harm as soon as somebody fills it: an empty column of this name stays flagged. */
function isGrave(fine: string, taxonomy: Taxonomy): boolean {
  const category = taxonomy.byFine(fine);
  return category !== undefined && (category.sensitivity !== 'personal' || category.id.includes('.government.'));
}

/** A name that speaks of ordinary personal data over a column that holds nothing: left to a person. */
function undecidedEmpty(
  evidence: ColumnEvidence,
  candidates: readonly Candidate[],
  taxonomy: Taxonomy,
  calibration: Calibration,
): ColumnJudgement {
  const { column, subject } = evidence;
  return {
    id: column.id,
    classes: [],
    fine: [],
    category: NONE,
    confidence: 0.5,
    abstain: true,
    derived: null,
    evidence: [
      { signal: 'empty', detail: 'rows were seen and none holds a value', weight: -4 },
      ...(candidates[0]?.signals ?? []),
    ],
    alternatives: alternatives(candidates, evidence, taxonomy, calibration),
    relatesToSubject: subject.aboutPersons,
  };
}

function allCandidates(evidence: ColumnEvidence): Candidate[] {
  const { column, name, description, values, subject } = evidence;
  const isDerived = name.derived !== null;
  const byName = nameCandidates(name, subject);
  const found = new Map<string, Candidate>();
  for (const candidate of byName) {
    const declared = isDerived ? null : typeAgainst(candidate.fine, column.type);
    const short = isDerived ? null : tooShort(candidate.fine, column.profile);
    const signals = [
      ...supportFor(candidate.fine, values, name),
      ...[declared, short].filter((signal) => signal !== null),
    ];
    found.set(candidate.fine, withSignals(candidate, signals));
  }
  for (const candidate of description === null ? [] : nameCandidates(description, subject)) {
    const known = found.get(candidate.fine);
    const said: Signal = {
      signal: 'description',
      detail: `the description speaks of ${candidate.fine}`,
      weight: known === undefined ? candidate.score * 0.35 - 0.6 : 0.8,
    };
    if (candidate.score <= 0) continue;
    if (known !== undefined) found.set(candidate.fine, withSignals(known, [said]));
    else
      found.set(
        candidate.fine,
        withSignals({ fine: candidate.fine, score: 0, signals: [] }, [
          said,
          ...supportFor(candidate.fine, values, name),
        ]),
      );
  }
  for (const finding of values.findings) {
    const { fine } = finding.detector;
    if (fine === null || finding.strength <= 0) continue;
    if (
      [...found.keys()].some((named) =>
        byName.some((c) => c.fine === named && speaksFor(fine, named) && (found.get(named)?.score ?? -9) > 0),
      )
    )
      continue;
    const candidate = byValuesAlone(fine, finding, evidence);
    // A form that so many values have by luck is no reason for nothing, either.
    if (candidate.score < undecided && finding.detector.chance >= fitsMuch) continue;
    const known = found.get(fine);
    if (known === undefined || known.score < candidate.score) found.set(fine, candidate);
  }
  const actor = actorOf(name, values);
  if (actor !== null && [...found.values()].every(({ score }) => score < actor.score)) found.set(actor.fine, actor);
  const token = tokenBesideCard(evidence);
  if (token !== null && [...found.values()].every(({ score }) => score < token.score)) found.set(token.fine, token);
  const service = serviceCodeBesideCard(evidence);
  if (service !== null) found.set(service.fine, service);
  const code = codeBesideCard(evidence);
  if (code !== null && (found.get(code.fine)?.score ?? -Infinity) < code.score) found.set(code.fine, code);
  return [...found.values()];
}

function withSignals(candidate: Candidate, signals: readonly Signal[]): Candidate {
  return {
    fine: candidate.fine,
    score: candidate.score + signals.reduce((sum, signal) => sum + signal.weight, 0),
    signals: [...candidate.signals, ...signals],
  };
}

function derivedForm({ name, values }: ColumnEvidence): DerivedForm | null {
  if (name.form !== null && (name.form !== 'token' || values.tried === 0)) return name.form;
  return values.derived ?? name.form;
}

function classesOf(
  chosen: readonly Candidate[],
  taxonomy: Taxonomy,
  { subject, applies }: ColumnEvidence,
): readonly CoarseClass[] {
  const classes = new Set<CoarseClass>();
  for (const { fine } of chosen) for (const coarse of taxonomy.byFine(fine)?.classes ?? []) classes.add(coarse);
  return classesAtHolder(classes, applies['hipaa'] === 'none', subject.aboutPatients);
}

function alternatives(
  candidates: readonly Candidate[],
  { subject }: ColumnEvidence,
  taxonomy: Taxonomy,
  calibration: Calibration,
): ColumnJudgement['alternatives'] {
  return candidates.slice(0, maxAlternatives).flatMap(({ fine, score, signals }) => {
    const category = taxonomy.byFine(fine)?.id;
    const against = [...signals].sort((a, b) => a.weight - b.weight)[0];
    return category === undefined
      ? []
      : [
          {
            category,
            confidence: calibration.probability(score, groundOf(signals, score, subject.shortNames)),
            rejectedBecause:
              against !== undefined && against.weight < 0 ? against.detail : 'another category explains it better',
          },
        ];
  });
}
