import { careKinds } from './fine-groups.ts';
import type { Candidate } from './name-evidence.ts';
import type { NameReading } from './names/read-name.ts';
import type { SubjectReading } from './table-subject.ts';

/** Names of the number of some insurance, without a word of health in them. */
const anyInsurance =
  /^(?:insurance|ins|insur|insr|insurer) (?:policy )?(?:id|no|nr|nbr|num|numb|number|code|ref|reference|policy)$/;
/** A key of an insurance, as opposed to the number on its paper. */
const isKey = /(?:^| )(?:id|key|code|ref|reference)$/;
const openAt = -0.4;
const ofHealth =
  /^(?:health|healthcare|medical|medic|med|hospital|clinic|clinical|dental|care|krankenkassen?|sante|salud)$/;

/**
 * `insurance_id` is an insured person's number among patients and beside data of care. Elsewhere it is the policy of a car, a
 * house, a parcel: an account of a person where the rows are persons, else a key of nobody that is left to a person. Pure.
 */
export function ofItsInsurance(
  candidate: Candidate,
  phrase: string,
  name: NameReading,
  subject: SubjectReading,
): Candidate {
  if (candidate.fine !== 'health_insurance_id' || !anyInsurance.test(phrase)) return candidate;
  if (name.words.some((word) => ofHealth.test(word)) || isAmongCare(subject)) return candidate;
  // A column by itself in a table of any name: the insurance that most people write down is that of their health.
  if (subject.alone && subject.tableName.subjects.length === 0) return candidate;
  const isKeyOnly = isKey.test(phrase);
  const less = subject.aboutPersons ? (isKeyOnly ? -2.8 : -2) : isKeyOnly ? -3.9 : -2.9;
  // What was likely before is left open, not ruled out.
  const weight = candidate.score > openAt ? Math.max(less, openAt - candidate.score) : less;
  const detail = 'nothing here is about care: it is the number of some insurance';
  const signals = [...candidate.signals, { signal: 'table', detail, weight }];
  return { fine: 'account_number', score: candidate.score + weight, signals };
}

function isAmongCare({ aboutPatients, aboutInsurance, named, tableName }: SubjectReading): boolean {
  const isCare = [...named].some(
    (fine) => careKinds.has(fine) || /^(?:medical_record_number|provider_npi|clinical_note)$/.test(fine),
  );
  const saysHealth = tableName.words.some((word) => ofHealth.test(word));
  return aboutPatients || isCare || saysHealth || (aboutInsurance && tableName.subjects.includes('patient'));
}
