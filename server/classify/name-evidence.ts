import type { Signal } from '../model/classification.ts';
import { cardKinds, codedKinds, datedKinds, personNames, textKinds } from './fine-groups.ts';
import { isCheck } from './check-results.ts';
import { isInUnits } from './body-measures.ts';
import { bareNames, contextWeight, ownerWeight, wholeNames } from './context-weights.ts';
import type { NameReading, NameSense } from './names/read-name.ts';
import { isOwn } from './names/own-phrases.ts';
import { personKinds } from './names/read-name.ts';
import { isShortCare } from './names/word-counts.ts';
import { singularOf } from './names/units.ts';
import { otherCard } from './other-cards.ts';
import { ownAccount } from './own-accounts.ts';
import { ofItsInsurance } from './policy-numbers.ts';
import { isPartOfRecord } from './records-of-care.ts';
import type { SubjectReading } from './table-subject.ts';
import { isOfMachine } from './things.ts';

/** Evidence for one category, in log-odds, as signals that a person can read. */
export interface Candidate {
  readonly fine: string;
  readonly score: number;
  readonly signals: readonly Signal[];
}

const strengths = ['weak', 'likely', 'outright'] as const;
const base = [-1.2, 1, 3.4] as const;

/** What the column's own name says, and what its table says about that. */
export function nameCandidates(name: NameReading, subject: SubjectReading): Candidate[] {
  const best = new Map<string, Candidate>();
  const recorded = recordedCare(name, subject);
  if (recorded !== null) best.set(recorded.fine, recorded);
  for (const spoken of name.senses) {
    // A bare `first` is a given name only beside a bare `last`.
    if (bareNames.test(spoken.phrase) && spoken.strength === 0 && !isBareName(name, subject)) continue;
    // `birth` is a date of birth where it is the whole name, `provider name` a person's among patients.
    if (spoken.strength === 0 && wholeNames.test(spoken.phrase) && name.wordCount > 1) continue;
    if (providerNames.test(spoken.phrase) && !subject.aboutPatients) continue;
    if (spoken.strength === 0 && isShortCare(spoken.fine, spoken.phrase) && !subject.aboutPatients) continue;
    // The reason of a treatment, not of a refusal.
    if (/^reason codes?$/.test(spoken.phrase) && name.wordCount > 1) continue;
    // Notes and comments in a record of care are clinical notes.
    const isNote = spoken.fine === 'free_text' && spoken.strength === 0 && subject.aboutPatients;
    const sense = isNote ? { ...spoken, fine: 'clinical_note' } : spoken;
    const said = ofItsInsurance(fromSense(sense, name, subject), sense.phrase, name, subject);
    for (const candidate of ofItsCard(said, name, subject)) {
      const known = best.get(candidate.fine);
      if (known === undefined || known.score < candidate.score) best.set(candidate.fine, candidate);
    }
  }
  const isPatients = name.personKey === 'patient' && name.words.some((word) => patientWord.test(word));
  if (best.size === 0 && (isPatients || isIdentifierOfPatient(name, subject))) {
    const key: Signal = { signal: 'name', detail: 'it is the key of a patient', weight: 2.4 };
    best.set('medical_record_number', { fine: 'medical_record_number', score: key.weight, signals: [key] });
  }
  if (name.calledBy !== null && name.senses.every(({ strength }) => strength === 0)) {
    const candidate = calledByPerson(name.calledBy, name, subject);
    best.set(candidate.fine, candidate);
  }
  return [...best.values()];
}

/** FHIR: `identifier` of the resource Patient is what a patient is known by in a system. */
function isIdentifierOfPatient({ words }: NameReading, { ownWords }: SubjectReading): boolean {
  return /^identifiers?(?: value)?$/.test(words.join(' ')) && patientWord.test(ownWords.at(-1) ?? '');
}

/** A patient in the languages of the lexicon, as opposed to a visit or a treatment, whose keys are those of care too. */
const patientWord = /^(?:patien|pacien|pazien|pasien|pacjen|potila|utent)/;

/** The number of a card that nobody pays with is that of a member, an insured person, a subscriber, or of nobody. */
function ofItsCard(candidate: Candidate, name: NameReading, subject: SubjectReading): readonly Candidate[] {
  if (candidate.fine === 'card_last4') return [ofItsTable(candidate, name, subject)];
  if (candidate.fine !== 'card_number') return [candidate];
  if (subject.taxNumbers.has(name.words.join(' '))) {
    const detail = 'it is a tax number of India, by the length of its type or by what stands beside it';
    return [{ fine: 'tax_id', score: 3, signals: [{ signal: 'name', detail, weight: 3 }] }];
  }
  const other = otherCard(name, subject.tableName, subject.named);
  if (other === null) return [candidate];
  const detail = `it is the number of a ${other.by} card, with which nobody pays`;
  const signals = [...candidate.signals, { signal: 'name-owner', detail, weight: -6 }];
  const rejected = { ...candidate, score: candidate.score - 6, signals };
  if (other.fine === null) return [rejected];
  const score = Math.min(candidate.score, 2.4);
  return [rejected, { fine: other.fine, score, signals: [{ signal: 'name', detail, weight: score }] }];
}

/** A bare `last4` among bank accounts is that of an account, not of a card. */
function ofItsTable(candidate: Candidate, { words }: NameReading, { tableName, named }: SubjectReading): Candidate {
  const isBare = /^(?:last (?:4|four)|(?:last (?:4|four)|final four) digits|final four|ending in)$/.test(
    words.join(' '),
  );
  if (!isBare || [...cardKinds].some((fine) => fine !== 'card_last4' && named.has(fine))) return candidate;
  const holds = /\bbank account|^ach\b|\biban/.test(tableName.words.join(' '))
    ? 'bank_account'
    : tableName.senses.find(({ fine, strength }) => strength === 2 && isNumber(fine))?.fine;
  if (holds === undefined) return candidate;
  const signal: Signal = { signal: 'table', detail: `the rows are of ${holds}: the last four are of that`, weight: 0 };
  return { ...candidate, fine: holds, signals: [...candidate.signals, signal] };
}

const providerNames = /^(?:prov|provider) (?:name|nm)$/;

function isBareName({ wordCount }: NameReading, { columnNames }: SubjectReading): boolean {
  return wordCount === 1 && columnNames.has('first') && columnNames.has('last');
}

/** `code`, `description`, `value` in the rows of patients' medications say which medication. */
function recordedCare({ words }: NameReading, subject: SubjectReading): Candidate | null {
  if (subject.recordsCare === null || !subject.aboutPatients || !isPartOfRecord(words, subject.recordsCare))
    return null;
  const detail = `"${words.join(' ')}" in rows that record ${subject.recordsCare} of patients`;
  return { fine: subject.recordsCare, score: 1.9, signals: [{ signal: 'table', detail, weight: 1.9 }] };
}

/** `recipient`, `account_owner`: holds a name, a key or a number of such a person; among messages an address. */
function calledByPerson(kind: string, name: NameReading, subject: SubjectReading): Candidate {
  const said: Signal = {
    signal: 'name',
    detail: `it is called by a kind of ${kind}: a name, a key or a number`,
    weight: -1.2,
  };
  if (name.words.length === 1 && name.words[0] === 'patient' && subject.aboutPatients) {
    const among: Signal = { signal: 'table', detail: 'in a record of care it tells which patient', weight: 2.6 };
    return { fine: 'medical_record_number', score: said.weight + among.weight, signals: [said, among] };
  }
  if (!subject.aboutMail) return { fine: 'person_name', score: said.weight, signals: [said] };
  const among: Signal = { signal: 'table', detail: 'among messages such a person is an address', weight: 2.4 };
  return { fine: 'email', score: said.weight + among.weight, signals: [said, among] };
}

function fromSense(sense: NameSense, name: NameReading, subject: SubjectReading): Candidate {
  const signals: Signal[] = [
    {
      signal: 'name',
      detail: `"${sense.phrase}" (${sense.language}) names ${sense.fine}: ${strengths[sense.strength]}`,
      weight: base[sense.strength],
    },
  ];
  const add = (signal: string, detail: string, weight: number): void => {
    if (weight !== 0) signals.push({ signal, detail, weight });
  };
  const { fine } = sense;
  const coded = codedKinds.has(fine);
  if (sense.outer) add('name-outer', 'only an outer part of the path says so', -0.4);
  if (name.flag && !(coded && sense.strength === 2)) add('name-flag', 'the name asks yes or no', -6);
  if (sense.about !== null && name.derived === null && !(linked.has(fine) && /^(?:url|uri|link)$/.test(sense.about)))
    add('name-about', `"${sense.about}" makes it about something else`, coded && isKindWord(sense.about) ? -0.8 : -6);
  if (sense.keyed)
    add(
      'name-key',
      'a key or code stands after it',
      fine === 'salary' && /^(?:id|key|ref)$/.test(name.words.at(-1) ?? '')
        ? -4.5
        : coded
          ? sense.strength === 2
            ? -0.2
            : -1.5
          : isNumber(fine)
            ? -0.5
            : -4.5,
    );
  if (!isNumber(fine) && isRowKey(name, subject)) add('name-key', 'it is the key of the rows of this very table', -5.5);
  if (sense.dated && !datedKinds.has(fine)) add('name-date', 'a date word stands after it', -5);
  if (sense.headThing) add('name-about', 'the thing after it is what is named', -4.5);
  if (sense.unknownAfter > 0 && !isInUnits(sense, name))
    add('name-rest', `${sense.unknownAfter} unknown words stand after it`, -1.6 * Math.min(2, sense.unknownAfter));
  if (sense.unknownBefore > 0)
    add('name-rest', `${sense.unknownBefore} unknown words stand before it`, -0.5 * Math.min(3, sense.unknownBefore));
  if (isShortForeign(sense) && !subject.languages.has(sense.language))
    add('language', `a short word, and nothing else here is in ${sense.language}`, -4);
  if (isRatherOther(sense, name, subject))
    add('language', `the other words here are rather of another language than ${sense.language}`, -2.6);
  if (sense.ofThing && sense.strength === 0 && !textKinds.has(fine))
    add('name-owner', 'the word before makes it the name of a thing', -3);
  if (fine === 'age' && sense.phrase === 'age' && name.wordCount > 1 && !personKinds.has(sense.of ?? ''))
    add('name-owner', 'the age is of something else', -3.5);
  if (isCheck(sense, name)) add('name-about', 'it is what a check of it said', -9);
  if (fine === 'ip_address' && isOfMachine(name, subject)) add('name-owner', 'it is the address of a machine', -8);
  if (fine === 'mac_address' && subject.namesNobody && isOfMachine(name, subject))
    add('name-owner', 'it is the address of a machine', -8);
  const own = ownAccount(fine, name, subject);
  if (own !== null) add('name-owner', own.detail, own.weight);
  const owner = ownerWeight(sense);
  add('name-owner', `it is of a ${sense.of ?? ''}`, owner);
  const context = contextWeight(sense, subject, base[sense.strength]);
  add('table', `the table is about ${subject.kind}`, context);
  // Of what a word that nobody knows is the name: of a thing or of a person in some role.
  if (personNames.has(fine) && sense.strength === 0 && sense.of === null && sense.unknownBefore > 0 && context < 0)
    add('name-owner', 'whose name it is, nobody knows', name.strange > 0 ? (context < -2 ? 1.5 : 0.8) : 0);
  return { fine, score: signals.reduce((sum, signal) => sum + signal.weight, 0), signals };
}

/** `allergy_id` in `allergies`, `id_address` in `ps_address`: names no more than the row. */
function isRowKey({ words }: NameReading, { ownWords, columnNames }: SubjectReading): boolean {
  // Where the rows have an `id`, `dx_id` of `pat_enc_dx` tells which diagnosis.
  if (words.length < 2 || columnNames.has('id')) return false;
  const isId = (word: string | undefined): boolean => /^(?:id|uid|uuid|guid|key|pk|sk)$/.test(word ?? '');
  const rest = isId(words.at(-1)) ? words.slice(0, -1) : isId(words[0]) ? words.slice(1) : [];
  const own = ownWords.slice(-rest.length);
  return rest.length > 0 && own.length === rest.length && rest.every((word, i) => isSameWord(word, own[i] ?? ''));
}

/** One and many: `allergy` and `allergies`, `diagnosis` and `diagnoses`. */
function isSameWord(one: string, many: string): boolean {
  return one === many || singularOf(many) === singularOf(one) || many === one.replace(/(?:is|e?)$/, 'es');
}

/** Two languages know the phrase, and more of the table's other words are of the other one. */
function isRatherOther(
  { phrase, language }: NameSense,
  { senses }: NameReading,
  { languages }: SubjectReading,
): boolean {
  const met = (one: string): number => languages.get(one) ?? 0;
  return language !== 'en' && senses.some((other) => other.phrase === phrase && met(other.language) > met(language));
}

function isShortForeign({ language, phrase }: NameSense): boolean {
  return language !== 'en' && !isOwn(language) && /^[a-z]{1,4}$/.test(phrase);
}

/** What is often kept as an address of it. */
const linked = new Set(['social_handle', 'personal_url', 'photo', 'signature', 'biometric']);

function isKindWord(word: string): boolean {
  return /^(?:types?|group|groups|categor(?:y|ies)|status|class|kind|level|code|result|results|unit|units|range|list|reason|source|score|method|amount|amt|quantity|rate|value|label|typ|sts|grp|cat|lvl)$/.test(
    word,
  );
}

function isNumber(fine: string): boolean {
  return /(?:_id|_number|national_id|passport|drivers_license|iban|bic|vehicle_id|license_plate|card_token|credentials|cookie_id|certificate_number|crypto_wallet|person_id)$/.test(
    fine,
  );
}
