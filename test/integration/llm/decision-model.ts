import type { CoarseClass } from '../../../server/model/classification.ts';
import { origins, type OriginName, type Shown } from './decision-world.ts';

/**
 * What decision 25 and docs/review.md say of one field, told again in sets and without any of the product's code: what machines,
 * tags and people said, what arrives, and what is to be shown.
 */
export interface ModelField {
  readonly isRecordOfCare: boolean;
  detector: Said | null;
  tag: Said | null;
  arriving: readonly OriginName[];
  /** In which all of these arrive. */
  form: Form;
  /** People's words by category; `none` among them. */
  readonly words: Map<string, Word>;
  proposal: ModelProposal | null;
  /** Counts decisions and ends of decisions. A proposal that nobody followed leaves what was there before. */
  turn: number;
  /** Counts proposals. */
  proposals: number;
  /** Detectors said another thing since somebody decided. */
  isMarked: boolean;
}
/** From the one of which most can be read to the one of which least can. */
export const forms = ['clear', 'partial', 'hashed'] as const;
export type Form = (typeof forms)[number];
interface Said {
  readonly category: string;
  readonly classes: readonly CoarseClass[];
  readonly form: Form;
}
interface Word {
  readonly says: 'holds' | 'holds not';
  /** With which it holds, or those that who rejected it saw. */
  readonly classes: readonly CoarseClass[];
  /** In which it holds, or the clearest that who rejected it saw. */
  readonly form: Form;
  readonly until: number | null;
  /** The word without an end that it stands before. */
  readonly before: Word | null;
}
interface ModelProposal {
  readonly number: number;
  readonly by: string;
  readonly kind: Kind;
  readonly category: string | null;
  readonly until: number | null;
  readonly takes: readonly string[];
}
export type Kind = 'accept' | 'correct' | 'reject';

export function emptyField(isRecordOfCare: boolean): ModelField {
  return {
    isRecordOfCare,
    detector: null,
    tag: null,
    arriving: [],
    form: 'clear',
    words: new Map(),
    proposal: null,
    turn: 0,
    proposals: 0,
    isMarked: false,
  };
}

const usual: Readonly<Record<string, readonly CoarseClass[]>> = {
  'user.contact.email': ['PII'],
  'user.contact.phone': ['PII'],
  'user.name': ['PII'],
  'user.health.diagnosis': ['PHI'],
  'user.payment.card.number': ['PCI'],
};
/** The classes of a category with those that it has by itself: where these arrive later, nothing is there that was not before. */
const withOwn = (category: string, classes: ReadonlySet<CoarseClass>): readonly CoarseClass[] => [
  ...new Set([...(usual[category] ?? []), ...classes]),
];
const needsTwo = new Set(['user.health.diagnosis', 'user.payment.card.number']);

interface HeldInModel {
  readonly classes: Set<CoarseClass>;
  readonly form: Form;
  readonly saidHere: boolean;
}
/** Everything that anybody says of the field or that reaches it, with all its classes; also what people rejected. */
function everything(field: ModelField): Map<string, HeldInModel> {
  const all = new Map<string, HeldInModel>();
  const put = (category: string, classes: readonly CoarseClass[], form: Form, saidHere: boolean): void => {
    const one = all.get(category) ?? { classes: new Set(), form, saidHere: false };
    for (const each of classes) one.classes.add(each);
    all.set(category, { ...one, form: clearer(one.form, form), saidHere: one.saidHere || saidHere });
  };
  for (const said of [field.detector, field.tag]) if (said !== null) put(said.category, said.classes, said.form, true);
  for (const [category, word] of field.words)
    if (category !== 'none' && word.says === 'holds') put(category, word.classes, word.form, true);
  for (const name of field.arriving) put(origins[name][0], origins[name][1], field.form, false);
  return all;
}

const clearer = (a: Form, b: Form): Form => (forms.indexOf(a) < forms.indexOf(b) ? a : b);
const upFrom = (form: Form): readonly Form[] => forms.slice(forms.indexOf(form));

/** In which a person says that it holds: as it was found, as people said, as it arrives, or as detectors say of the field. */
function formNamed(field: ModelField, category: string): Form {
  const word = field.words.get(category);
  const ofField = field.detector?.form ?? 'clear';
  if (field.detector?.category === category) return ofField;
  if (word?.says === 'holds') return word.form;
  return field.tag?.category !== category && everything(arrivingAlone(field)).has(category) ? field.form : ofField;
}

/** What is said of the field alone, and what arrives alone: a rejection is met by each of them. */
const saidAlone = (field: ModelField): ModelField => ({ ...field, arriving: [] });
const arrivingAlone = (field: ModelField): ModelField => ({ ...field, detector: null, tag: null, words: new Map() });

/** Somebody rejected it and saw all classes that it has by now, and a form as clear, as it is said here or as it arrives. */
function isEnded(field: ModelField, category: string, part: (field: ModelField) => ModelField): boolean {
  const word = field.words.get(category);
  if (word?.says !== 'holds not') return false;
  const now = everything(part(field)).get(category);
  return (
    now === undefined ||
    ([...now.classes].every((one) => word.classes.includes(one)) && upFrom(word.form).includes(now.form))
  );
}

function isRejected(field: ModelField, category: string): boolean {
  return isEnded(field, category, saidAlone) && isEnded(field, category, arrivingAlone);
}

/** What is shown: all that is said and all that arrives, without what people rejected and what "nothing" hides. */
export function expectedShown(field: ModelField): Shown {
  const hides = field.words.has('none');
  const shown = new Map<string, Set<CoarseClass>>();
  for (const part of [saidAlone, arrivingAlone])
    for (const [category, { classes }] of everything(part(hides ? { ...field, detector: null, tag: null } : field)))
      if (!isEnded(field, category, part)) shown.set(category, new Set([...(shown.get(category) ?? []), ...classes]));
  return Object.fromEntries(
    [...shown].map(([category, classes]) => [category, inOrder(classes)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A person decided otherwise, and did not see what is there by now: the field asks again. */
export function mustAsk(field: ModelField): boolean {
  const arrived = [...everything(arrivingAlone(field)).keys()].filter((one) => !isEnded(field, one, arrivingAlone));
  const came = [...everything(field).keys()].filter((one) => field.words.get(one)?.says === 'holds not');
  return (field.words.has('none') && arrived.length > 0) || came.some((one) => !isRejected(field, one));
}

function inOrder(classes: ReadonlySet<CoarseClass>): string {
  return (['PII', 'PHI', 'PCI'] as const).filter((one) => classes.has(one)).join();
}

/** What somebody who looks has before them: equal, and they decide what they looked at. */
export function looked(field: ModelField, question: string): string {
  const held = [...everything(field)]
    .map(([category, { classes, form }]) => `${category} ${inOrder(new Set(withOwn(category, classes)))} ${form}`)
    .sort();
  return JSON.stringify([held, field.turn, field.proposal?.number ?? null, question]);
}

export interface Asked {
  readonly kind: Kind;
  readonly category: string | null;
  readonly by: string;
  readonly until: number | null;
}
/** The question of the queue, as it is shown. */
export interface Question {
  readonly cause: string;
  readonly suggestion: string | null;
}

/** What deciding must come to; changes the field accordingly. */
export function decideInModel(
  field: ModelField,
  asked: Asked,
  { cause, suggestion }: Question,
): { readonly state: string; readonly lowers: readonly string[] } {
  const refused = (state: string) => ({ state, lowers: [] });
  const waits = cause === 'proposed by a person, needs a second' ? field.proposal : null;
  // Without a category it is the proposal that is rejected.
  if (waits !== null && asked.kind === 'reject' && asked.category === null) {
    field.proposal = null;
    return { state: 'decided', lowers: [] };
  }
  const follows = waits !== null && asked.kind === 'accept';
  let { kind, category, until } = follows ? waits : asked;
  if (!follows && kind === 'accept') category = suggestion;
  if (!follows && kind === 'reject' && category === null && cause === 'decided on other evidence')
    category = suggestion;
  if (category === null && (kind !== 'reject' || cause === 'decided on other evidence'))
    return refused('INPUT_INVALID');

  const all = everything(field);
  const taken = [...all].filter(([each, { saidHere }]) => {
    if (isRejected(field, each)) return false;
    if (kind === 'reject') return category === null ? saidHere : each === category;
    if (category === 'none') return true;
    return kind === 'correct' && saidHere && each !== category;
  });
  if (kind === 'reject' && taken.length === 0 && !field.isMarked) return refused('INPUT_INVALID');
  const takes = taken.flatMap(([each, { classes, form }]) => [
    each,
    ...withOwn(each, classes).map((one) => `${each}#${one}`),
    ...upFrom(form).map((one) => `${each} ${one}`),
  ]);
  const lowers = taken
    .flatMap(([each, { classes }]) => (needsTwo.has(each) || classes.has('PHI') ? [each] : []))
    .sort();
  const { proposal } = field;
  const isSame =
    proposal !== null &&
    proposal.kind === kind &&
    proposal.category === category &&
    proposal.until === until &&
    takes.every((each) => proposal.takes.includes(each));
  if (follows && !isSame) return refused('REVIEW_CHANGED');
  if (lowers.length > 0 && isSame && proposal.by === asked.by) return refused('REVIEW_OWN_PROPOSAL');
  if (lowers.length > 0 && !isSame) {
    field.proposals += 1;
    field.proposal = { number: field.proposals, by: asked.by, kind, category, until, takes };
    return { state: 'proposed', lowers };
  }
  field.turn += 1;

  const say = (what: string, says: Word['says'], classes: readonly CoarseClass[], form: Form): void => {
    field.words.set(what, {
      says,
      classes,
      form,
      until,
      before: until === null ? null : lasting(field.words.get(what)),
    });
  };
  if (kind !== 'reject' && category !== null) {
    const form = formNamed(field, category);
    if (category !== 'none') field.words.delete('none');
    const own = new Set([...(usual[category] ?? []), ...(all.get(category)?.classes ?? [])]);
    if (field.isRecordOfCare && usual[category]?.includes('PII') === true) own.add('PHI');
    say(category, 'holds', [...own], form);
  }
  for (const [each, { classes, form }] of taken) say(each, 'holds not', withOwn(each, classes), form);
  field.proposal = null;
  field.isMarked = false;
  return { state: 'decided', lowers };
}

function lasting(word: Word | undefined): Word | null {
  if (word === undefined) return null;
  return word.until === null ? word : word.before;
}

/** Words whose time is over end, and what stood beneath them counts again. */
export function passInModel(field: ModelField, now: number): void {
  let ended = false;
  for (const [category, word] of field.words) {
    if (word.until === null || word.until > now) continue;
    ended = true;
    if (word.before === null) field.words.delete(category);
    else field.words.set(category, word.before);
  }
  if (ended) field.turn += 1;
}
