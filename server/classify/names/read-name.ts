import type { DerivedForm } from '../../model/classification.ts';
import type { Lexicon, Meaning, Strength } from './lexicon.ts';
import { pathTokens } from './tokens.ts';
import { formWithin } from './form-within.ts';
import { isOwn } from './own-phrases.ts';
import { isLed, isOfPlace, leads, subjectsOf } from './owners.ts';
import { aboutOf } from './steering.ts';
import { has, isExpiry, unitsOf, type Unit } from './units.ts';
import { countWords, isSilent, type WordCounts } from './word-counts.ts';

/** A category that a name speaks of, and what the words around say about it. */
export interface NameSense {
  readonly fine: string;
  readonly strength: Strength;
  /** The words that said so. */
  readonly phrase: string;
  readonly language: string;
  /** The word that makes the name about something else (`email count`), or null. */
  readonly about: string | null;
  /** A key or code stands after it: `gender_code`, `address_id`. */
  readonly keyed: boolean;
  /** A date word stands after it: `address_date`. */
  readonly dated: boolean;
  /** What kind of thing stands before it: `store_phone`, `customer_email`. */
  readonly of: string | null;
  /** It is a shop's, a branch's, a warehouse's, a hospital's, and no word says of whom there. */
  readonly ofPlace: boolean;
  /** A word that makes things of it stands before it: `list name`, or it is a member of something that is no person. */
  readonly ofThing: boolean;
  /** A thing stands after it and is the head: `credit card company`. */
  readonly headThing: boolean;
  /** Unknown words before and after it. */
  readonly unknownBefore: number;
  readonly unknownAfter: number;
  /** It was found in an outer segment of the path only. */
  readonly outer: boolean;
  /** A word so short that it may belong to any language, of which English knows nothing. */
  readonly shortForeign: boolean;
}

/** What a column's name says. */
export interface NameReading extends WordCounts {
  readonly senses: readonly NameSense[];
  /** It asks yes or no: `is_…`, `has_…`. */
  readonly flag: boolean;
  readonly derived: DerivedForm | null;
  /** The form that the name speaks of at all: `derived`, or a form that is part of a known phrase (`masked pan`). */
  readonly form: DerivedForm | null;
  /** Kind of person whose key it is (`customer_id` → customer), or null. */
  readonly personKey: string | null;
  /** Kinds of subject named anywhere in it. */
  readonly subjects: readonly string[];
  /** Languages other than English in which some of its words were found. */
  readonly languages: readonly string[];
  /** Its last part, word by word. */
  readonly words: readonly string[];
  /** What its last word, or its first, makes of it when that names no category: a fact about a thing, a time, a key. */
  readonly head: { readonly kind: 'thing' | 'date' | 'key'; readonly phrase: string } | null;
  /** It is called by nothing but a kind of person: `recipient`, `account_owner`. */
  readonly calledBy: string | null;
}

export const personKinds = new Set(['person', 'customer', 'employee', 'patient']);
const remembered = 50_000;

/** Reads names by a lexicon and remembers its answers (a bounded number of them). */
export function createNameReader(lexicon: Lexicon): (name: string) => NameReading {
  let cache = new Map<string, NameReading>();
  return (name) => {
    const known = cache.get(name);
    if (known !== undefined) return known;
    const reading = readName(name, lexicon);
    if (cache.size >= remembered) cache = new Map();
    cache.set(name, reading);
    return reading;
  };
}

/** Reads one name or printed path. Pure. */
export function readName(name: string, lexicon: Lexicon): NameReading {
  const units = unitsOf(pathTokens(name), lexicon);
  const last = units.at(-1)?.segment ?? 0;
  const inner = units.filter((unit) => unit.segment === last);
  const own = sensesOf(inner, units, []);
  const silent = inner.every((unit) =>
    unit.meanings.some((meaning) => meaning.kind === 'glue' || meaning.kind === 'key'),
  );
  const outerUnits = units.filter((unit) => unit.segment < last);
  const outer = silent && outerUnits.length > 0 ? sensesOf(outerUnits, units, inner) : [];
  const derived = derivedOf(inner);
  const senses = own.length === 0 || outer.some((sense) => sense.strength > 0) ? [...outer, ...own] : own;
  return {
    senses,
    flag: inner.length > 1 && has(inner[0], 'flag') && !(inner[0]?.meanings.some((m) => m.kind === 'sense') ?? false),
    derived,
    form: derived ?? formWithin(inner, lexicon),
    personKey: personKeyOf(inner, lexicon),
    subjects: [...new Set(units.flatMap((unit) => subjectsOf(unit)))],
    languages: [...new Set(units.flatMap((unit) => foreignOf(unit)))],
    ...countWords(inner, lexicon),
    words: inner.flatMap((unit) => unit.words),
    head: inner.length > 1 ? (headOf(inner.at(-1)) ?? headOf(inner[0], 'key')) : headOf(inner[0]),
    calledBy: calledByOf(inner),
  };
}

function isShortForeign({ words, meanings }: Unit, language: string): boolean {
  if (language === 'en' || isOwn(language) || !/^[a-z]{1,4}$/.test(words.join(' '))) return false;
  return meanings.every((meaning) => meaning.kind === 'sense' && meaning.language !== 'en');
}

function headOf(unit: Unit | undefined, but?: 'key'): NameReading['head'] {
  if (unit === undefined || has(unit, 'sense')) return null;
  const phrase = unit.words.join(' ');
  if (has(unit, 'not')) return { kind: 'thing', phrase };
  // `on` and `at` are times where they stand last, after what happened: `reviewed_at`.
  if (has(unit, 'date') && (but !== 'key' || !has(unit, 'glue'))) return { kind: 'date', phrase };
  return has(unit, 'key') && but !== 'key' ? { kind: 'key', phrase } : null;
}

function calledByOf(units: readonly Unit[]): string | null {
  const kinds = units.flatMap((unit) => subjectsOf(unit).filter((kind) => personKinds.has(kind)));
  const isPerson = (unit: Unit | undefined): boolean =>
    unit !== undefined && !has(unit, 'sense') && subjectsOf(unit).some((kind) => personKinds.has(kind));
  const end = units.at(-1);
  // `comment_author`: the last word is a person, one of them, whatever they are of.
  const isOne =
    isPerson(end) &&
    end?.words.at(-1)?.endsWith('s') === false &&
    !units.some((unit) => has(unit, 'not') && !(leads(end) && isLed(unit)));
  const isPlain = units.every((unit) => isSilent(unit) || isPerson(unit));
  return isPlain || isOne ? (kinds.at(-1) ?? null) : null;
}

/** `inner`: when the senses are those of an outer segment, the units of the last one, which steer them too. */
function sensesOf(units: readonly Unit[], all: readonly Unit[], inner: readonly Unit[]): NameSense[] {
  const found: NameSense[] = [];
  units.forEach((unit, index) => {
    const before = units.slice(0, index);
    const after = units.slice(index + 1);
    // `names of … of results` are names: what stands first is the head.
    const isOf = unit.words.length > 1 && unit.words.includes('of');
    const steering = isOf ? [] : [...after, ...inner].filter((other) => !isSense(other));
    for (const meaning of unit.meanings) {
      if (meaning.kind !== 'sense' || (isOnlyForm(unit, meaning) && isFormOfOther(unit, units))) continue;
      const headFirst = meaning.head === 'first';
      found.push({
        fine: meaning.fine,
        strength: has(unit, 'last4') && isBesideOther(unit, units) ? 0 : meaning.strength,
        phrase: unit.words.join(' '),
        language: meaning.language,
        about: aboutOf(steering, before, unit, meaning),
        keyed: steering.some((other) => has(other, 'key')),
        dated:
          steering.some((other) => has(other, 'date') && !has(other, 'glue')) ||
          (documents.has(meaning.fine) && after.some((other) => isExpiry(other))),
        of: ofWhat(before, headFirst ? after : [], all, unit),
        ofPlace: !unit.words.includes('contact') && isOfPlace(before, headFirst ? after : []),
        ofThing:
          before.some((other) => has(other, 'not') && !has(other, 'glue')) ||
          (inner.length === 0 && isMemberOfThing(unit, all)),
        headThing: !headFirst && after.some((other) => isThing(other)),
        unknownBefore: before.filter((other) => other.meanings.length === 0).length,
        unknownAfter: headFirst ? 0 : after.filter((other) => other.meanings.length === 0).length,
        outer: inner.length > 0,
        shortForeign: isShortForeign(unit, meaning.language),
      });
    }
  });
  return found;
}

/** What is issued to somebody and runs out; when it does is not its number. */
const documents = new Set(
  'passport drivers_license national_id health_insurance_id certificate_number license_plate'.split(' '),
);
const derivedKinds = ['last4', 'hash', 'mask', 'token'] as const;
/** The nearest kind of subject before the sense, or after it where the head noun stands first. */
function ofWhat(before: readonly Unit[], after: readonly Unit[], all: readonly Unit[], unit: Unit): string | null {
  const outerBefore = all.slice(0, Math.max(0, all.indexOf(unit) - before.length));
  for (const other of [...before.toReversed(), ...after, ...outerBefore.toReversed()]) {
    const subjects = subjectsOf(other);
    const person = subjects.find((subject) => personKinds.has(subject));
    if (person !== undefined) return person;
    if (subjects[0] !== undefined) return subjects[0];
  }
  return null;
}

/** The segment before names neither a person nor is it a mere container. */
function isMemberOfThing(unit: Unit, all: readonly Unit[]): boolean {
  const parent = all.filter((other) => other.segment === unit.segment - 1);
  if (parent.length === 0 || parent.some((other) => subjectsOf(other).some((kind) => isPersonal(kind)))) return false;
  return !parent.some((other) => containers.has(other.words.join(' ')) || isSense(other));
}

const containers = new Set(
  'profile data detail details attribute attributes property properties field fields info information trait traits record records value values metadata meta payload body object item merge custom user users contact contacts person account source context'.split(
    ' ',
  ),
);

function isPersonal(kind: string): boolean {
  return personKinds.has(kind) || kind === 'payment';
}

function isThing(unit: Unit): boolean {
  if (has(unit, 'glue') || isSense(unit)) return false;
  const kinds = subjectsOf(unit);
  return kinds.length > 0 && kinds.every((kind) => kind === 'organisation' || kind === 'product');
}

/** Word by word, as `member id` is a phrase of its own and still the key of a member; `person_name_id` is the key of a name. */
function personKeyOf(units: readonly Unit[], lexicon: Lexicon): string | null {
  const words = units.flatMap((unit) => unit.words).map((word) => lexicon.meanings(word));
  const isKey = (meanings: readonly Meaning[] | undefined): boolean =>
    meanings?.some(({ kind }) => kind === 'key') ?? false;
  if (words.length < 2 || !(isKey(words.at(-1)) || isNumberOfPerson(units))) return null;
  const named = units.slice(0, -1).flatMap((unit) => subjectsOf(unit));
  if (named.some((kind) => personKinds.has(kind))) return named.findLast((kind) => personKinds.has(kind)) ?? null;
  const before = words.slice(0, -1).findLast((meanings) => !isKey(meanings)) ?? [];
  const kinds = before.flatMap((meaning) => (meaning.kind === 'subject' ? [meaning.subject] : []));
  return kinds.findLast((kind) => personKinds.has(kind)) ?? null;
}

/** `demographic_no`, `patient_nr`: a person's number is a key of one; `contact_no` is a telephone's. */
function isNumberOfPerson(units: readonly Unit[]): boolean {
  const [of, end] = units.slice(-2);
  if (
    units.length < 2 ||
    of === undefined ||
    !/^(?:no|nr|num|nbr|number|nummer|numero)$/.test(end?.words.join(' ') ?? '')
  )
    return false;
  return (
    !has(of, 'sense') && !/^contacts?$/.test(of.words.join(' ')) && subjectsOf(of).some((kind) => personKinds.has(kind))
  );
}

function derivedOf(units: readonly Unit[]): DerivedForm | null {
  for (const kind of derivedKinds)
    if (units.some((unit) => has(unit, kind) && (!has(unit, 'sense') || isFormOfOther(unit, units)))) return kind;
  return null;
}

/** A word that names a category by itself (`token`, a credential) is the form of another where there is another. */
function isFormOfOther(unit: Unit, units: readonly Unit[]): boolean {
  return derivedKinds.some((kind) => has(unit, kind)) && units.some((other) => other !== unit && has(other, 'sense'));
}

/** It names a category by itself only where nothing else does: the last four are those of a card unless the name says of what. */
function isOnlyForm(unit: Unit, { strength }: Extract<Meaning, { kind: 'sense' }>): boolean {
  return strength === 0 || has(unit, 'last4');
}

/** The last four of something that is neither a card nor a person: `order_last4`. */
function isBesideOther(unit: Unit, units: readonly Unit[]): boolean {
  return units.some(
    (other) =>
      other !== unit && !has(other, 'glue') && !isNumeral(other) && !subjectsOf(other).some((kind) => isPersonal(kind)),
  );
}

function isNumeral({ words }: Unit): boolean {
  return words.every((word) => /^\p{N}+$/u.test(word));
}

/** Languages of a unit that English does not know; a short word may belong to any language and tells nothing. */
function foreignOf({ meanings, words }: Unit): string[] {
  if (words.length === 1 && /^[a-z]{1,4}$/.test(words[0] ?? '')) return [];
  return meanings.some(({ language }) => language === 'en' || isOwn(language))
    ? []
    : meanings.map((meaning) => meaning.language);
}

function isSense(unit: Unit): boolean {
  return unit.meanings.some((meaning) => meaning.kind === 'sense' && meaning.strength > 0);
}
