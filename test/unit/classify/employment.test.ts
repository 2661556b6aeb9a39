import { describe, expect, it } from 'vitest';
import { isOfEmployment } from '../../../server/classify/employment.ts';
import { loadLexicon } from '../../../server/classify/names/lexicon.ts';
import { createNameReader } from '../../../server/classify/names/read-name.ts';
import { loadCatalogues } from '../../../server/rulebook/catalogue.ts';
import { subjectInLaw } from '../../../server/rulebook/subject-in-law.ts';
import { catalogueCitations } from '../../../server/rulebook/terms.ts';
import { classifier } from './column.ts';

const catalogues = loadCatalogues(['hipaa', 'gdpr']);

/** The provisions cited for the last column of a table of these columns. */
function citedFor(table: string, columns: string): readonly string[] {
  const names = columns.split(' ');
  const judged = classifier.classify({
    table,
    description: null,
    primaryKey: [],
    foreignKeys: [],
    applies: {},
    columns: names.map((column) => ({ id: column, column, type: 'text', description: null, tags: [], profile: null })),
  });
  const last = judged.columns.at(-1);
  if (last === undefined) throw new Error('no column');
  return catalogueCitations(last.category, last.derived, catalogues, {
    applies: { hipaa: 'covered-entity', gdpr: 'controller' },
    subject: subjectInLaw(judged.subject.kind, table),
  }).map(({ provision }) => provision);
}

const phi = 'HIPAA:160.103#protected-health-information';
const hr =
  'employee_id first_name last_name email phone hire_date salary department_id disability_status sick_leave_reason';

describe('health data that an employer holds as such', () => {
  it.each([
    ['employees', hr],
    ['staff', hr],
    ['hr_employee', hr],
    ['hr_employee_master', 'emp_no last_name sick_days pan_no uan_no aadhaar_no disability_status'],
    ['mitarbeiter', hr],
    ['empleados', hr],
    ['personnel', hr],
    ['workers', hr],
    ['people', hr],
    ['persons', 'person_id first_name last_name email hire_date salary disability_status'],
    ['employees', 'employee_id first_name last_name email allergies medication diagnosis'],
    ['absences', 'absence_id employee_id start_date end_date sick_leave_reason'],
    ['krankmeldungen', 'id mitarbeiter_id von bis diagnose'],
    ['applicants', 'id first_name last_name email resume_url disability_status'],
    ['candidates', 'id first_name last_name email phone disability_status'],
    ['bewerber', 'id vorname nachname email schwerbehinderung'],
  ])('is no PHI of HIPAA and stays special under the GDPR: %s(%s)', (table, columns) => {
    const cited = citedFor(table, columns);
    expect(cited).not.toContain(phi);
    expect(cited).toContain('GDPR:9(1)');
  });

  it.each([
    ['patients', 'patient_id first_name last_name email date_of_birth mrn diagnosis'],
    ['patients', 'patient_id first_name last_name employee_id hire_date email diagnosis'],
    ['encounters', 'encounter_id patient_id employee_id visit_date diagnosis'],
    ['encounters', 'employee_health_clinic patient_id visit_date diagnosis'],
    ['employee_health_clinic_encounters', 'encounter_id employee_id patient_id visit_date diagnosis'],
    ['employees', 'employee_id first_name last_name patient_id diagnosis'],
    ['doctors', 'doctor_id first_name email patient_name diagnosis'],
    ['claims', 'claim_id employee_id amount diagnosis_code'],
    ['employee_health_plan_enrollment', 'employee_id first_name last_name diagnosis'],
    ['trial_candidates', 'candidate_id first_name last_name email diagnosis'],
    ['candidates', 'trial_id candidate_id first_name last_name email diagnosis'],
    ['customers', 'customer_id first_name last_name email diagnosis'],
  ])('is told from that of a patient, of a plan or of a trial: %s(%s)', (table, columns) => {
    expect(citedFor(table, columns)).toContain(phi);
  });
});

describe('whose rows tell of a working life', () => {
  const read = createNameReader(loadLexicon());
  it.each([
    ['a table that is called by employees', 'employees', 'reason', [], 0, true],
    ['a matter of work with the key of an employee', 'absences', 'start reason', ['employee'], 0, true],
    ['a matter of work and of employees', 'hr_employee_master', 'reason', [], 2, true],
    ['a matter of work without such a key', 'absences', 'start reason', [], 0, false],
    ['two facts of work with the key of an employee', 'things', 'department salary', ['employee'], 0, true],
    ['one fact of work with the key of an employee', 'things', 'start salary', ['employee'], 0, false],
    ['two facts without a key, one of them how somebody was taken on', 'people', 'hire_date salary', [], 2, true],
    ['how somebody was taken on alone', 'people', 'hire_date', [], 2, false],
    ['two facts without a key', 'people', 'department salary', [], 2, false],
    ['two facts in a list of employees', 'staff_list', 'department salary', [], 2, true],
    ['one fact in a list of employees', 'staff_list', 'salary reason', [], 2, false],
    ['two facts in what is written of employees', 'employee_history', 'department salary', [], 2, false],
    ['who applies, told by two kinds of columns', 'applicants', 'reason', [], 2, true],
    ['who applies, told by one', 'applicants', 'reason', [], 1, false],
    ['who applies, with a fact of work', 'applicants', 'resume_url', [], 0, true],
    ['the same beside the key of a customer', 'orders', 'hire_date salary', ['customer'], 2, false],
    ['the same beside the key of a patient', 'absences', 'hire_date salary', ['patient', 'employee'], 2, false],
    ['the same of customers', 'customers', 'hire_date salary', [], 2, false],
    ['the same of care', 'hospital_staff', 'hire_date salary', ['employee'], 2, false],
    ['the same beside the number of a patient', 'people', 'hire_date salary mrn', [], 2, false],
  ])('%s', (_, table, columns, kinds, identifying, is) => {
    expect(isOfEmployment(read(table), columns.split(' ').map(read), kinds, identifying)).toBe(is);
  });
});
