import { measureWeight } from './body-measures.ts';
import { attributeKinds, careKinds, personNames, placeKinds, textKinds } from './fine-groups.ts';
import type { NameSense } from './names/read-name.ts';
import { personKinds } from './names/read-name.ts';
import type { SubjectReading } from './table-subject.ts';
import { isOfMatter, isOfRequests } from './things.ts';

const things = new Set(['organisation', 'product', 'reference', 'system', 'log']);
/** What an animal has as a person does. */
const ofBodies = new Set([...careKinds, ...attributeKinds, 'medical_record_number']);
/** Kinds that tables list besides those of bodies. */
const isKind = new Set([
  'political_opinion',
  'union_membership',
  'sexual_orientation',
  'citizenship_status',
  'health_condition',
]);
const petNames = new Set(['first_name', 'person_name']);
/** Words that are names of persons only as the whole name, beside each other. */
export const bareNames = /^(?:first|middle|last)$/;
/** Weak words that speak only as the whole name, in rows of persons. */
export const wholeNames = /^birth$/;

/** What it weighs, in log-odds, that the name says whose it is: `store_phone`, `customer_email`. Pure. */
export function ownerWeight({ of, fine, strength, ofPlace }: NameSense): number {
  if (textKinds.has(fine)) return 0;
  // The address and the telephone of a shop are the shop's, whoever stands beside it; its mailbox may be somebody's.
  if (ofPlace && !personKinds.has(of ?? '')) {
    if (placeKinds.has(fine)) return -7;
    if (fine === 'phone') return -6.4;
    if (fine === 'email') return -4.6;
  }
  if (of === null) return 0;
  if (personKinds.has(of) || of === 'payment')
    return personNames.has(fine) && strength === 0 ? 3.6 : strength === 2 ? 0.3 : 0.9;
  if (of === 'dealing') return fine === 'social_handle' ? -3 : 0;
  if (!things.has(of)) return 0;
  if (strength === 0) return -3.5;
  if (of === 'product' || of === 'reference') return fine === 'email' || fine === 'phone' ? -2 : -4;
  if (placeKinds.has(fine) || personNames.has(fine) || fine === 'social_handle') return -3;
  return fine === 'email' || fine === 'phone' ? -1.6 : -1;
}

/** What the table's subject weighs, in log-odds, for a sense of a column's name that weighs `said` by itself. Pure. */
export function contextWeight(sense: NameSense, subject: SubjectReading, said: number): number {
  const { fine, strength } = sense;
  const persons = subject.aboutPersons;
  if (strength === 0 && fine === 'message_content') return subject.aboutMail ? 2.6 : 0;
  if (fine === 'message_content' && subject.kind === 'system' && !subject.aboutMail) return -4.5;
  if (strength === 0 && fine === 'email') return subject.aboutMail ? 0 : -3;
  if (strength === 0 && fine === 'credentials' && /^authori[sz]ation$/.test(sense.phrase))
    return isOfRequests(subject) ? 2.4 : 0;
  if (strength === 0 && fine === 'credentials') return persons || subject.kind === 'log' ? 2.4 : 0;
  if (strength === 0 && fine === 'social_handle') return persons ? 2.4 : -2;
  const isPersons = sense.of !== null && personKinds.has(sense.of);
  if (subject.ofKinds && (ofBodies.has(fine) || personNames.has(fine) || isKind.has(fine))) return -9;
  if (subject.ofAnimals && !isPersons && (ofBodies.has(fine) || (petNames.has(fine) && strength < 2))) return -9;
  if (subject.ofPlaces && !isPersons && placeKinds.has(fine)) return -6;
  if (strength === 0 && fine === 'salary') return subject.kind === 'employee' || subject.named.has('salary') ? 3.4 : -3;
  const thing = !persons && things.has(subject.kind) && subject.kind !== 'log';
  const measured = measureWeight(sense, said, subject);
  if (measured !== null) return measured;
  if (careKinds.has(fine) || fine === 'health_insurance_id')
    if (subject.tableName.words.some((word) => /^(?:repairs?|warrant(?:y|ies))$/.test(word))) return -8;
  if (careKinds.has(fine)) {
    if (isOfMatter(subject)) return -8;
    if (subject.kind === 'reference' || subject.kind === 'product') return persons ? -1 : -8;
    // A ward with nobody in it: beds, counts, shifts.
    if (/^ward\b/.test(sense.phrase) && subject.namesNobody && !subject.alone) return -5;
    if (subject.aboutPatients || isOfClaims(subject)) return strength === 2 ? 0.6 : 2.6;
    if (subject.aboutDealings) return -6;
    if (subject.kind === 'system') return -3;
    return strength === 2 ? (persons ? 0.3 : -0.8) : -1.2;
  }
  if (fine === 'clinical_note' && strength === 0) return isDescription(sense.phrase) ? 0.4 : 2.2;
  if (fine === 'clinical_note' || fine === 'medical_record_number') return subject.aboutPatients ? 1 : 0;
  if (fine === 'free_text') return subject.aboutPatients ? 1 : persons ? 0.4 : -1;
  // A club has members too, a newspaper subscribers.
  if (fine === 'health_insurance_id' && strength === 1 && /^(?:member|subscriber|beneficiary) ?id$/.test(sense.phrase))
    return subject.aboutPatients || subject.aboutInsurance || isOfClaims(subject) ? 2.6 : -3;
  // A rating, a score, a propensity: of whom, only the rows say.
  if (fine === 'inference' && strength < 2 && !persons) return -2.2;
  if (fine === 'child_data') return subject.aboutChildren ? 3 : strength === 2 ? 0 : -1;
  if (fine === 'provider_npi') return subject.aboutPatients ? 1.5 : strength === 2 ? -0.8 : -2;
  // A permit to stay or work in rows of persons; one to build or to park elsewhere.
  if (fine === 'citizenship_status' && strength === 0) return persons ? 3 : -2;
  if (bareNames.test(sense.phrase) && strength === 0) return 4;
  if (wholeNames.test(sense.phrase) && strength === 0) return persons ? 2.6 : 0;
  if (personNames.has(fine) && strength === 0) {
    const context = personNameContext(subject);
    return sense.of !== null && personKinds.has(sense.of) ? Math.max(0, context) : context;
  }
  if (fine === 'city' && strength < 2) return persons || subject.named.has('street_address') ? 1.2 : -2.6;
  if (placeKinds.has(fine) && sense.of !== null && personKinds.has(sense.of)) return 0.5;
  if (placeKinds.has(fine) && subject.aboutDealings && !persons)
    return strength === 2 ? 0.2 : placeOfNobody(sense, subject) / 2;
  // A meter is a thing; where it hangs somebody lives.
  if (thing && suppliedPlace.test(sense.phrase)) return -0.8;
  if (placeKinds.has(fine)) return thing ? -5.5 : persons ? 0.8 : placeOfNobody(sense, subject);
  if (fine === 'device_id' && (thing || (strength < 2 && !persons))) return thing ? -2.5 : -1.5;
  if (fine === 'biometric' && strength < 2) return persons ? 0 : subject.kind === 'payment' ? -2.5 : -1.5;
  if (attributeKinds.has(fine)) return thing ? -6.5 : persons ? 0.6 : 0;
  if (subject.kind === 'reference' && !persons) return -1.5;
  return persons ? 0.3 : 0;
}

/** Where a customer is supplied, in rows of meters and lines. */
const suppliedPlace = /^(?:premises?|supply|service|installation) addr(?:ess)?$/;

/**
 * Bills of care to an insurer: of a diagnosis or a treatment, and of a member who is seldom called a patient. What is
 * repaired is diagnosed and claimed for, too.
 */
function isOfClaims({ tableName, named, columnNames }: SubjectReading): boolean {
  const isBill = (named.has('diagnosis') || named.has('procedure')) && tableName.words.some((w) => /^claims?$/.test(w));
  return isBill && ![tableName.words.join(' '), ...columnNames].some((name) => repaired.test(name));
}

const repaired =
  /\b(?:repairs?|warrant(?:y|ies)|vehicles?|vin|odometer|mileage|parts?|devices?|labou?r (?:hours?|hrs|cost|rate)|baggage|freight)\b/;

/** A place in rows that name nobody: most such places are shops, stations and towns. */
function placeOfNobody({ fine, strength }: NameSense, subject: SubjectReading): number {
  if (subject.alone || subject.kind === 'log') return strength === 2 ? -0.4 : -0.6;
  if (fine === 'street_address') return strength === 2 ? -0.8 : -3.2;
  return fine === 'geo_coordinate' ? -6 : -4.5;
}

/** A bare `name`: of a person only where the rows are persons. */
function personNameContext(subject: SubjectReading): number {
  if (personKinds.has(subject.kind)) return 2.6;
  if (subject.kind === 'payment') return 1;
  if (things.has(subject.kind)) return -3;
  return subject.aboutPersons ? 2 : -0.6;
}

function isDescription(phrase: string): boolean {
  return /^(?:description|details|reason|answer|summary|text|content)$/.test(phrase);
}
