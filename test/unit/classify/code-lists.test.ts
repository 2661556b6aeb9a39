import { describe, expect, it } from 'vitest';
import { classifier, judgeFirst, judgeTable, tableOf } from './column.ts';

describe('a list of codes and what they mean', () => {
  it.each([
    ['diagnosis_codes', ['diagnosis_code', 'description', 'valid_from']],
    ['fee_schedule', ['cpt_code', 'description', 'fee']],
    ['icd10', ['code', 'description']],
    ['drug_catalog', ['drug_code', 'drug_name', 'strength', 'manufacturer']],
    ['procedures', ['id', 'procedure_code', 'procedure_name', 'price']],
    ['allergens', ['id', 'code', 'allergen_name', 'allergy_group']],
    ['d_labitems', ['item_code', 'item_label', 'loinc_code', 'category']],
    ['clarity_edg', ['dx_id', 'dx_name', 'ref_bill_code']],
    ['countries', ['iso_code', 'name', 'nationality']],
    ['medikamente_katalog', ['pzn', 'bezeichnung', 'wirkstoff']],
  ])('%s is about nobody', (table, names) => {
    const { columns, subject } = judgeTable(table, Object.fromEntries(names.map((name) => [name, null])));
    expect(subject.kind).toBe('reference');
    for (const { classes, abstain } of columns) if (!abstain) expect(classes).toEqual(['NONE']);
    expect(columns.some(({ classes }) => classes.some((one) => one === 'PHI'))).toBe(false);
  });

  it.each([
    ['patient_diagnosis', { icd10_code: null, description: null, patient_id: null }],
    ['diagnosis_codes', { icd10_code: null, description: null, patient_id: null }],
    ['diagnoses', { icd_code: null, description: null, encounter_id: null }],
    ['diagnoses', { icd_code: null, description: null, diagnosis_date: null }],
    ['procedures', { cpt_code: null, description: null, performed_by: null }],
    ['visit_codes', { icd_code: null, description: null, visit_no: null }],
    ['prescriptions', { drug_code: null, drug_name: null, refills: null }],
  ])('%s with a person, a visit or a day of its own is none', (table, names) => {
    expect(judgeFirst(table, names).classes).toContain('PHI');
  });

  it('is told by a key beside what it means only where nobody is met', () => {
    expect(judgeFirst('stg', { dx_id: null, dx_name: null, amount: null }).classes).toEqual(['NONE']);
    expect(judgeFirst('stg', { dx_id: null, dx_name: null, mrn: null }).classes).toContain('PHI');
    expect(judgeFirst('stg', { dx_id: null, dx_grade: null, amount: null }).classes).toContain('PHI');
  });

  it('is none either where a foreign key leads to visits', () => {
    const table = tableOf('treatment_codes', { cpt_code: null, description: null, zref: null });
    const pointing = (to: string) =>
      classifier.classify({ ...table, foreignKeys: [{ columns: ['zref'], table: to }] }).subject.kind;
    expect(pointing('clinic.public.code_chapters')).toBe('reference');
    expect(pointing('clinic.public.visits')).not.toBe('reference');
  });

  it('is not told by a word alone: a list of students is of students', () => {
    expect(judgeFirst('student_list', { name: null, code: null, address: null }).fine).toContain('person_name');
    expect(judgeFirst('customer_codes', { email: null, code: null, name: null }).fine).toContain('email');
  });
});
