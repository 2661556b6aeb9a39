import { categoryOf, classCarried } from '../../model/carried-class.ts';
import { NONE } from '../../model/classification.ts';
import type { Json } from '../../model/json.ts';
import { members, textMember } from './window.ts';

/** An entry of a kind whose meaning is known, as a sentence says it and piece by piece. */
export interface EnteredWords {
  /** `user:ann@example.com decided that it holds E-mail address, until 2027-06-30; reason: …`. */
  readonly says: string;
  /** The same of one that no longer stands, or stands no longer as it was. */
  readonly ended: string;
  readonly pieces: Readonly<Record<string, string>>;
  /** The same for entries that are one act of one person, of which a part may have ended; null: each entry is its own. */
  readonly act: string | null;
}

/** How an entry is worded: `label` names categories, `thing` what an identity stands for. */
export interface Wording {
  readonly by: string;
  readonly label: (category: string) => string;
  readonly thing: (uid: string) => string;
}

type Words = (body: Json | undefined, wording: Wording) => EnteredWords;

/** By the kind of the entry. What is not here is told member by member. */
const wordsOfKind: Readonly<Record<string, Words>> = {
  'review-decision': decisionWords,
  'review-proposal': proposalWords,
  'decided-on-other-evidence': otherEvidenceWords,
  'model-review': modelWords,
  stop: stopWords,
};

/** An entry in words that whoever signs for it reads; null: of its kind nothing but its members is known. Pure. */
export function enteredWords(kind: string, body: Json | undefined, wording: Wording): EnteredWords | null {
  return wordsOfKind[kind]?.(body, wording) ?? null;
}

function decisionWords(body: Json | undefined, wording: Wording): EnteredWords {
  const { by, label } = wording;
  const decides = effectWords(textMember(body, 'decision'), textMember(body, 'category'), label);
  const gone = texts(body, 'gone');
  const rejected = gone.filter((category) => category !== NONE);
  const pieces = {
    'decided by': by,
    decision: decides,
    ...(rejected.length === 0 ? {} : { 'no longer holds here': carriedInWords(rejected, label) }),
    ...(gone.includes(NONE) ? { 'taken back': '"nothing sensitive", which a person had said before' } : {}),
    ...endPiece(body),
    ...reasonPiece(textMember(body, 'comment')),
  };
  return {
    says: `${by} decided ${decides}${listed(pieces, ['decided by', 'decision'])}`,
    ended: `the decision of ${by} ${decides}${listed(pieces, ['decided by', 'decision'])}`,
    pieces: { ...pieces, ...endingPieces(body, label) },
    act: JSON.stringify([by, textMember(body, 'at')]),
  };
}

function proposalWords(body: Json | undefined, wording: Wording): EnteredWords {
  const { label } = wording;
  const by = textMember(body, 'by') ?? wording.by;
  const decides = effectWords(textMember(body, 'decision'), textMember(body, 'asked'), label);
  const takes = texts(body, 'takes');
  const pieces = {
    'proposed by': by,
    decision: decides,
    ...(takes.length === 0 ? {} : { 'would take away': carriedInWords(takes, label) }),
    ...endPiece(body),
  };
  const said = listed(pieces, ['proposed by', 'decision']);
  return {
    says: `${by} proposed to decide ${decides}${said}; it changes nothing until a second person agrees`,
    ended: `the proposal of ${by} to decide ${decides}${said}`,
    pieces,
    act: null,
  };
}

/** `that it holds E-mail address`. */
function effectWords(decision: string | null, category: string | null, label: Wording['label']): string {
  if (decision === 'reject')
    return category === null ? 'that what was found there is not so' : `that it does not hold ${label(category)}`;
  if (category === null || category === NONE) return 'that it holds nothing sensitive';
  return `that it holds ${label(category)}${decision === 'accept' ? ', as was suggested' : ''}`;
}

function otherEvidenceWords(body: Json | undefined, { label }: Wording): EnteredWords {
  const said = (name: string): string => foundInWords(textMember(body, name), label);
  const pieces = { 'a person decided': said('decision'), 'found then': said('before'), 'found now': said('now') };
  return {
    says: `waits for a person again: it was decided to be ${pieces['a person decided']} when the detectors found ${pieces['found then']}, and they now find ${pieces['found now']}`,
    ended: 'the question whether a decision still holds after the detectors found something else',
    pieces,
    act: null,
  };
}

function foundInWords(found: string | null, label: Wording['label']): string {
  const [category = '', form] = (found ?? '').split('/');
  const words = category === '' || category === 'abstained' ? 'nothing that they are sure of' : label(category);
  return form === undefined ? words : `${words} (${form})`;
}

function modelWords(body: Json | undefined, { by, label }: Wording): EnteredWords {
  const model = textMember(body, 'by') ?? by;
  const says = texts(body, 'says');
  const pieces = {
    model,
    'the model says': says.length === 0 ? 'nothing' : carriedInWords(says, label),
    'asks because of': texts(body, 'reasons').join(', ').replaceAll('-', ' '),
  };
  return {
    says: `waits for a person: ${model} says ${pieces['the model says']}, and is not followed alone (${pieces['asks because of']})`,
    ended: `the question that ${model} had raised`,
    pieces,
    act: null,
  };
}

function stopWords(body: Json | undefined, { by, label, thing }: Wording): EnteredWords {
  const [category, to] = [textMember(body, 'category'), textMember(body, 'to')];
  const stopped = `${category === null ? 'everything' : label(category)} goes no further${to === null ? '' : ` towards ${thing(to)}`}`;
  const until = textMember(body, 'expiresAt');
  const pieces = {
    'set by': by,
    stop: stopped,
    until: until ?? 'somebody ends it',
    ...reasonPiece(textMember(body, 'reason')),
  };
  return {
    says: `${by} set a stop: ${stopped}${listed(pieces, ['set by', 'stop'])}`,
    ended: `the stop of ${by}: ${stopped}${listed(pieces, ['set by', 'stop'])}`,
    pieces,
    act: null,
  };
}

function endPiece(body: Json | undefined): Readonly<Record<string, string>> {
  const until = textMember(body, 'validUntil');
  return { until: until ?? 'somebody decides anew' };
}

function reasonPiece(reason: string | null): Readonly<Record<string, string>> {
  return { reason: reason === null || reason.trim() === '' ? 'none given' : reason.trim().replaceAll(/\s+/gu, ' ') };
}

/** What a decision says of single categories ends by itself, and each may do so at its own time. */
function endingPieces(body: Json | undefined, label: Wording['label']): Readonly<Record<string, string>> {
  const ends = members(body)['ends'];
  if (!Array.isArray(ends)) return {};
  return Object.fromEntries(
    ends.flatMap((end: Json): readonly (readonly [string, string])[] => {
      const [category, until] = [textMember(end, 'category'), textMember(end, 'until')];
      return category === null || until === null ? [] : [[`${label(category)} until`, until]];
    }),
  );
}

/** `Health condition, E-mail address as PHI`: categories, and classes that travel beside them. */
function carriedInWords(all: readonly string[], label: Wording['label']): string {
  return all
    .map((each) => {
      const carried = classCarried(each);
      return carried === null ? label(categoryOf(each)) : `${label(categoryOf(each))} as ${carried}`;
    })
    .join(', ');
}

/** `, until 2027-06-30; reason: …`: what a sentence has not said yet. */
function listed(pieces: Readonly<Record<string, string>>, said: readonly string[]): string {
  return Object.entries(pieces)
    .filter(([name]) => !said.includes(name))
    .map(([name, value]) => (name === 'until' ? `, until ${value}` : `; ${name}: ${value}`))
    .join('');
}

function texts(body: Json | undefined, name: string): readonly string[] {
  const value = members(body)[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
