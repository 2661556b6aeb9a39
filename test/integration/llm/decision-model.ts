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
interface Said {
  readonly category: string;
  readonly classes: readonly CoarseClass[];
}
interface Word {
  readonly says: 'holds' | 'holds not';
  /** With which it holds, or those that who rejected it saw. */
  readonly classes: readonly CoarseClass[];
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

/** Everything that anybody says of the field or that reaches it, with all its classes; also what people rejected. */
function everything(field: ModelField): Map<string, { classes: Set<CoarseClass>; saidHere: boolean }> {
  const all = new Map<string, { classes: Set<CoarseClass>; saidHere: boolean }>();
  const put = (category: string, classes: readonly CoarseClass[], saidHere: boolean): void => {
    const one = all.get(category) ?? { classes: new Set(), saidHere: false };
    for (const each of classes) one.classes.add(each);
    all.set(category, { ...one, saidHere: one.saidHere || saidHere });
  };
  for (const said of [field.detector, field.tag]) if (said !== null) put(said.category, said.classes, true);
  for (const [category, word] of field.words)
    if (category !== 'none' && word.says === 'holds') put(category, word.classes, true);
  for (const name of field.arriving) put(origins[name][0], origins[name][1], false);
  return all;
}

/** What is said of the field alone, and what arrives alone: a rejection is met by each of them. */
const saidAlone = (field: ModelField): ModelField => ({ ...field, arriving: [] });
const arrivingAlone = (field: ModelField): ModelField => ({ ...field, detector: null, tag: null, words: new Map() });

/** Somebody rejected it and saw all classes that it has by now, as it is said here or as it arrives. */
function isEnded(field: ModelField, category: string, part: (field: ModelField) => ModelField): boolean {
  const word = field.words.get(category);
  if (word?.says !== 'holds not') return false;
  const now = everything(part(field)).get(category)?.classes ?? new Set<CoarseClass>();
  return [...now].every((one) => word.classes.includes(one));
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
    .map(([category, { classes }]) => `${category} ${inOrder(new Set(withOwn(category, classes)))}`)
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
  const takes = taken.flatMap(([each, { classes }]) => [
    each,
    ...withOwn(each, classes).map((one) => `${each}#${one}`),
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

  const say = (what: string, says: Word['says'], classes: readonly CoarseClass[] = []): void => {
    field.words.set(what, { says, classes, until, before: until === null ? null : lasting(field.words.get(what)) });
  };
  if (kind !== 'reject' && category !== null) {
    if (category !== 'none') field.words.delete('none');
    const own = new Set([...(usual[category] ?? []), ...(all.get(category)?.classes ?? [])]);
    if (field.isRecordOfCare && usual[category]?.includes('PII') === true) own.add('PHI');
    say(category, 'holds', [...own]);
  }
  for (const [each, { classes }] of taken) say(each, 'holds not', withOwn(each, classes));
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
