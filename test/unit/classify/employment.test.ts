import { describe, expect, it } from 'vitest';
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
