import { describe, expect, it } from 'vitest';
import { classifier, judgeFirst, judgeTable, tableOf } from './column.ts';

const named = (names: readonly string[]): Readonly<Record<string, null>> =>
  Object.fromEntries(names.map((name) => [name, null]));

describe('a table called by the kinds that it lists', () => {
  it.each([
    ['diseases', ['disease_name', 'icd10', 'prevalence']],
    ['krankheiten', ['icd', 'bezeichnung']],
    ['vaccines', ['vaccine_name', 'disease']],
    ['impfstoffe', ['id', 'impfstoff', 'hersteller']],
    ['symptoms', ['symptom_id', 'symptom_name']],
    ['blood_types', ['id', 'blood_type']],
    ['allergens', ['id', 'allergen', 'allergen_group']],
    ['allergens', ['product_id', 'allergen']],
    ['symptoms', ['disease_id', 'symptom_id']],
    ['lab_tests', ['loinc', 'test_name', 'unit', 'ref_low', 'ref_high']],
    ['medicamentos', ['id', 'principio_activo', 'dosis', 'laboratorio']],
    ['medicamentos', ['codigo', 'nombre', 'principio_activo']],
    ['genders', ['gender_id', 'gender']],
    ['ethnicities', ['code', 'ethnicity', 'sort_order']],
    ['religions', ['id', 'religion']],
    ['occupations', ['id', 'occupation', 'soc_code']],
    ['dim_genders', ['gender_key', 'gender']],
    ['first_names_dict', ['first_name', 'gender', 'frequency']],
    ['surnames', ['surname', 'count']],
    ['vornamen', ['vorname', 'anzahl']],
  ])('%s (%j) is a reference, and nothing in it is sensitive', (table, names) => {
    const { columns, subject } = judgeTable(table, named(names));
    expect(subject.kind).toBe('reference');
    for (const column of columns) expect(column.abstain ? ['NONE'] : column.classes).toEqual(['NONE']);
  });

  it('stays one with values, and its values are those of the kinds', () => {
    const { columns } = judgeTable('religions', {
      id: [1, 2, 3, 4, 5, 6],
      religion: ['Catholic', 'Protestant', 'Muslim', 'Jewish', 'Hindu', 'Buddhist'],
    });
    expect(columns[1]?.classes).toEqual(['NONE']);
  });

  it.each([
    ['diseases', 'disease_name', ['patient_id', 'icd10']],
    ['diseases', 'disease_name', ['first_name', 'last_name']],
    ['diseases', 'disease_name', ['ssn']],
    ['diseases', 'disease_name', ['visit_no']],
    ['diseases', 'disease_name', ['diagnosed_on']],
    ['diseases', 'disease_name', ['person']],
    ['vaccines', 'vaccine', ['date', 'lot']],
    ['medications', 'medication', ['id', 'dose', 'frequency']],
    ['symptoms', 'symptom_name', ['id', 'severity']],
    ['symptoms', 'symptom_name', ['onset_date']],
    ['vaccines', 'vaccine_name', ['person_id']],
    ['medications', 'medication_name', ['dose', 'start_date']],
    ['lab_tests', 'test_name', ['loinc', 'result_value']],
    ['allergies', 'allergy', ['id', 'reaction']],
  ])('%s.%s beside %j is about patients', (table, column, beside) => {
    expect(judgeFirst(table, named([column, ...beside])).classes).toContain('PHI');
  });

  it.each([
    ['genders', 'gender', ['user_id']],
    ['ethnicities', 'ethnicity', ['respondent_id']],
    ['employees_genders', 'gender', ['id']],
    ['occupations', 'occupation', ['id', 'employer', 'salary']],
    ['first_names', 'first_name', ['user_id']],
    ['first_names', 'first_name', ['id', 'last_name', 'count']],
    ['first_names', 'first_name', ['id']],
    ['titles', 'job_title', ['emp_no', 'from_date']],
    ['qualifications', 'degree', ['id', 'staff_name']],
  ])('%s.%s beside %j is about persons', (table, column, beside) => {
    expect(judgeFirst(table, named([column, ...beside])).classes).toContain('PII');
  });

  it('is none where a foreign key leads to a table of persons', () => {
    const table = tableOf('genders', { gender: null, ref: null });
    const pointing = (to: string) =>
      classifier.classify({ ...table, foreignKeys: [{ columns: ['ref'], table: to }] }).columns[0]?.classes;
    expect(pointing('shop.public.gender_groups')).toEqual(['NONE']);
    expect(pointing('shop.public.customers')).toEqual(['PII']);
  });

  it('hides no address of a person that somebody put into it', () => {
    const { columns } = judgeTable('vaccines', { vaccine_name: null, contact_email: null });
    expect(columns[1]?.classes).toContain('PII');
  });
});
