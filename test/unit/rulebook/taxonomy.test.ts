import { describe, expect, it } from 'vitest';
import { loadTaxonomy, parseTaxonomy } from '../../../server/rulebook/taxonomy.ts';

const contract =
  'person_name first_name last_name email phone street_address city postal_code geo_coordinate username social_handle person_id organization date_of_birth age gender nationality race_ethnicity religion marital_status political_opinion sexual_orientation language birthplace date_of_death photo biometric signature child_data occupation salary education ip_address mac_address device_id cookie_id user_agent national_id passport drivers_license tax_id vehicle_id license_plate iban bank_account routing_number bic crypto_wallet card_number card_expiry card_cvv card_track card_pin card_token card_last4 cardholder_name medical_record_number health_insurance_id provider_npi diagnosis procedure medication lab_result allergy health_condition admission_date clinical_note genetic credentials free_text criminal_offence union_membership citizenship_status philosophical_belief neural_data message_content browsing_history purchase_history inference account_number certificate_number personal_url'.split(
    ' ',
  );
const entry = (id: string, fine: string): string =>
  `  - {id: ${id}, fine: ${fine}, classes: [PII], sensitivity: personal, quasi: false, subjects: [], definition: d, contrast: c}`;

describe('the taxonomy', () => {
  const taxonomy = loadTaxonomy();

  it('has a category behind every fine name of the contract', () => {
    expect(contract.filter((fine) => taxonomy.byFine(fine) === undefined)).toEqual([]);
  });

  it('gives the coarse classes of a category, and none for what it does not know', () => {
    expect(taxonomy.classesOf('user.contact.email')).toEqual(['PII']);
    expect(taxonomy.classesOf('user.health.diagnosis')).toEqual(['PHI']);
    expect(taxonomy.classesOf('user.payment.card.number')).toEqual(['PCI']);
    expect(taxonomy.classesOf('none')).toEqual([]);
    expect(taxonomy.classesOf('no.such')).toEqual([]);
  });

  it('knows birth date, postal code and sex as quasi-identifiers', () => {
    for (const fine of ['date_of_birth', 'postal_code', 'gender']) expect(taxonomy.byFine(fine)?.quasi).toBe(true);
    expect(taxonomy.byFine('email')?.quasi).toBe(false);
  });

  it('refuses two entries of one name', () => {
    const text = (second: string): string => `version: 1\ncategories:\n${entry('a.b', 'x')}\n${second}\n`;
    expect(() => parseTaxonomy(text(entry('a.b', 'y')))).toThrow(/a\.b is there twice/);
    expect(() => parseTaxonomy(text(entry('a.c', 'x')))).toThrow(/x is there twice/);
    expect(parseTaxonomy(text(entry('a.c', 'y'))).categories).toHaveLength(2);
  });

  it('refuses an entry that lacks something, naming it', () => {
    expect(() => parseTaxonomy('version: 1\ncategories: [{id: a.b}]')).toThrow(/fine/);
  });
});
