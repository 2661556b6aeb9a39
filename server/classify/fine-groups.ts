/** What columns of one kind have in common: which forms of values contradict them, what context they need. */
function group(names: string): ReadonlySet<string> {
  return new Set(names.split(' '));
}

/** Names of persons: each of their detectors speaks for all of them. */
export const personNames = group('person_name first_name last_name cardholder_name');
/** Care as opposed to identifiers of care: a list of these without patients is a reference. */
export const careKinds = group(
  'diagnosis procedure medication lab_result allergy health_condition genetic admission_date',
);
export const cardKinds = group(
  'card_number card_expiry card_cvv card_track card_pin card_token card_last4 cardholder_name',
);
/** Places of a person: without a person in the row they are just places. */
export const placeKinds = group('city postal_code geo_coordinate street_address');
/** Attributes that say something only about somebody. */
export const attributeKinds = group(
  'age gender language occupation education nationality marital_status organization salary race_ethnicity religion birthplace date_of_birth date_of_death photo signature',
);
/** Attributes that are often stored as a code or a flag. */
export const codedKinds = group(
  'gender race_ethnicity religion marital_status nationality citizenship_status language education occupation union_membership political_opinion sexual_orientation criminal_offence child_data health_condition diagnosis procedure medication lab_result allergy genetic age date_of_birth salary inference provider_npi medical_record_number health_insurance_id admission_date card_expiry card_cvv card_pin credit_score',
);
/** Facts whose yes or no is the datum: a flag after the word leaves it what it is, other than `email_flag`. */
export const flaggedFacts = group(
  'health_condition diagnosis procedure medication lab_result allergy genetic race_ethnicity religion philosophical_belief union_membership political_opinion sexual_orientation criminal_offence citizenship_status marital_status gender child_data credit_score',
);
/** A date after the word leaves it what it is: the date of a diagnosis is health data. */
export const datedKinds = group(
  'diagnosis procedure medication lab_result allergy health_condition admission_date genetic criminal_offence date_of_birth date_of_death card_expiry child_data marital_status citizenship_status',
);
export const textKinds = group('free_text clinical_note message_content');
/** Numbers with a fixed form: words do not fit them. */
export const numberKinds = group(
  'phone card_number card_cvv card_last4 card_expiry iban bank_account routing_number account_number national_id ip_address mac_address date_of_birth geo_coordinate postal_code age salary',
);
export const wordKinds = group(
  'person_name first_name last_name cardholder_name city email occupation user_agent organization username social_handle nationality birthplace personal_url photo religion message_content free_text clinical_note street_address',
);
/** A detector of the same kind is sure to pass on real values of these; when none passes, the values are something else. */
export const decisiveKinds = group('email ip_address mac_address iban user_agent');

const families: readonly ReadonlySet<string>[] = [
  personNames,
  group('national_id tax_id person_id health_insurance_id medical_record_number'),
  group('iban bank_account account_number'),
  group('free_text clinical_note message_content'),
  group('device_id cookie_id'),
  group('social_handle personal_url username'),
  group('nationality citizenship_status birthplace'),
  group('city birthplace'),
  group('diagnosis health_condition'),
  group('street_address city'),
];

/** True when a detector of `found` speaks also for a column whose name says `named`. */
export function speaksFor(found: string, named: string): boolean {
  return found === named || families.some((family) => family.has(found) && family.has(named));
}
