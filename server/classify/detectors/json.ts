import { digestOfText, has, lookAt, type Value } from '../../profile/value.ts';
import { loadLexicon } from '../names/lexicon.ts';
import { createNameReader, type NameReading } from '../names/read-name.ts';
import { cardDigits, isCardNumber } from './cards.ts';
import { isEmail } from './contact.ts';
import { detector, type Detector } from './detector.ts';
import { unmistakable } from '../mixtures.ts';
import { isFullName } from './person.ts';
import { isPhone } from './phone-form.ts';

interface Member {
  readonly key: string;
  readonly text: string;
}

/** Members looked at in one value, and the length of a value that is read. */
const maxMembers = 60;
const jsonMember = /"([^"\\]{1,64})"\s*:\s*(?:"((?:[^"\\]|\\.){0,200})"|(-?\d[\d.]{0,30}))/g;
const xmlMember = /<(?:\w{1,20}:)?([A-Za-z][\w.-]{1,63})(?: [^<>]{0,200})?>([^<>]{1,200})<\//g;

let readName: ((name: string) => NameReading) | undefined;
/** One value as read: all members, those that their keys name, and the types of resources. */
interface Reading {
  readonly members: readonly Member[];
  readonly byFine: ReadonlyMap<string, readonly Member[]>;
  readonly resources: readonly string[];
}

let last: { readonly value: Value; readonly reading: Reading } | undefined;

/** The members of a JSON or XML text with the values in them, also when the text was cut. The newest answer is remembered. */
function membersOf(value: Value): Reading {
  if (last?.value === value) return last.reading;
  const { text } = value;
  const members: Member[] = [];
  const byFine = new Map<string, Member[]>();
  const found: string[] = [];
  let named = { by: '', at: 0 };
  if (isContainer.test(text))
    for (const match of text.matchAll(text.startsWith('<') ? xmlMember : jsonMember)) {
      const key = match[1] ?? '';
      const each = { key, text: match[2] ?? match[3] ?? '' };
      if (each.text === '') continue;
      members.push(each);
      if (key === 'resourceType') found.push(each.text);
      const isPair = named.by !== '' && members.length - named.at <= pairReach && ofValue.test(key);
      for (const fine of namedBy(isPair ? named.by : key)) byFine.set(fine, [...(byFine.get(fine) ?? []), each]);
      if (ofName.test(key) && each.text.length <= 64) named = { by: each.text, at: members.length };
      if (members.length >= maxMembers) break;
    }
  last = { value, reading: { members, byFine, resources: found } };
  return last.reading;
}

/** `{"key": "email", "value": …}`: one member names what the next one holds. */
const ofName = /^(?:key|name|field|field_?name|attribute|attr|property|param|parameter|label|system|column|k)$/i;
const ofValue = /^(?:value|val|v|content|answer|text|data|new_?value|old_?value|from|to|value(?:String|Date|Code))$/i;

/** So many members behind the name its value stands at most. */
const pairReach = 3;

const isContainer = /^\s*[[{<]/;

/** Keys are read once; their digests are remembered, never the keys: they may be data. */
const maxRemembered = 5_000;
let readings = new Map<number, readonly string[]>();

/** What the key of a member names outright; empty when it names nothing. */
function namedBy(key: string): readonly string[] {
  const digest = digestOfText(key);
  const known = readings.get(digest);
  if (known !== undefined) return known;
  readName ??= createNameReader(loadLexicon());
  const named = readName(key)
    .senses.filter((sense) => sense.strength === 2 && sense.about === null && !sense.dated)
    .map((sense) => sense.fine);
  if (readings.size >= maxRemembered) readings = new Map();
  readings.set(digest, named);
  return named;
}

function inside(id: string, fine: string, title: string, alone: number, test: (reading: Reading) => boolean): Detector {
  return detector({
    id,
    fine,
    title,
    method: 'content',
    source: 'members of JSON (RFC 8259) and XML by their names and values',
    // A person's name is told from others by a list; what the key says outright, or a check digit, by nothing else.
    chance: alone >= 2.8 ? unmistakable : 0.002,
    minShare: 0.1,
    needs: has.brace,
    length: [8, 4_096],
    alone,
    named: 3,
    test: (value) => test(membersOf(value)),
  });
}

function member(id: string, fine: string, title: string, alone: number, test: (member: Member) => boolean): Detector {
  return inside(id, fine, title, alone, ({ members }) => members.some((each) => test(each)));
}

function keyed(id: string, fine: string, title: string, alone: number, accepts: (text: string) => boolean): Detector {
  const test = ({ byFine }: Reading): boolean => byFine.get(fine)?.some(({ text }) => accepts(text)) === true;
  // Pairs of a name and a value are read since then.
  return { ...inside(id, fine, title, alone, test), version: 2 };
}

const resources: Readonly<Record<string, RegExp>> = {
  diagnosis: /^(?:Condition|ClinicalImpression|DetectedIssue)$/,
  lab_result: /^(?:Observation|DiagnosticReport|Specimen|BodyStructure)$/,
  medication: /^(?:Medication(?:Request|Statement|Administration|Dispense)|Immunization)$/,
  procedure: /^(?:Procedure|ServiceRequest|CarePlan)$/,
  allergy: /^AllergyIntolerance$/,
  admission_date: /^(?:Encounter|EpisodeOfCare|Appointment)$/,
  health_insurance_id: /^(?:Coverage|Claim|ExplanationOfBenefit)$/,
  medical_record_number: /^Patient$/,
};
const anything = (): boolean => true;
const notPhrase = (text: string): boolean => text.length < 80;

/** What stands inside JSON and XML values. Paths are read by the lexicon of names, leaves by the detectors of their kind. */
export const json: readonly Detector[] = [
  member('json-email', 'email', 'E-mail address in a member', 3.5, ({ text }) => text.includes('@') && isEmail(text)),
  member(
    'json-card',
    'card_number',
    'Card number in a member',
    4,
    ({ text }) => text.length >= 13 && isCardNumber(cardDigits(text)),
  ),
  member(
    'json-name',
    'person_name',
    "A person's name in a member",
    2.6,
    ({ key, text }) =>
      /name|display|patient|customer|user|person|author|owner|recipient|contact|holder|naam|nom|nombre/i.test(key) &&
      isFullName(text),
  ),
  keyed('json-first-name', 'first_name', 'Member named as a given name', 2.4, notPhrase),
  keyed('json-last-name', 'last_name', 'Member named as a family name', 2.4, notPhrase),
  keyed('json-phone', 'phone', 'Member named as a telephone number', 3, (text) => isPhone(lookAt(text))),
  keyed('json-address', 'street_address', 'Member named as a street address', 2.4, notPhrase),
  keyed('json-birth', 'date_of_birth', 'Member named as a date of birth', 3, (text) => /\d{2,4}\D\d{1,2}/.test(text)),
  keyed('json-gender', 'gender', 'Member named as gender', 1.5, notPhrase),
  keyed('json-national-id', 'national_id', 'Member named as a national number', 3, (text) => /\d{4}/.test(text)),
  keyed('json-ip', 'ip_address', 'Member named as an IP address', 2.5, (text) => /[.:].*[.:]/.test(text)),
  keyed('json-credentials', 'credentials', 'Member named as a secret', 3, anything),
  keyed('json-iban', 'iban', 'Member named as an IBAN', 3, (text) => /^[A-Z]{2}\d{2}/.test(text)),
  keyed('json-mrn', 'medical_record_number', 'Member named as a record number', 2.5, notPhrase),
  keyed('json-diagnosis', 'diagnosis', 'Member named as a diagnosis', 2.5, anything),
  keyed('json-medication', 'medication', 'Member named as a medication', 2.2, anything),
  ...Object.entries(resources).map(([fine, names]) =>
    inside(`fhir-${fine.replaceAll('_', '-')}`, fine, `FHIR resource that holds ${fine}`, 3.2, ({ resources: found }) =>
      found.some((type) => names.test(type)),
    ),
  ),
];
