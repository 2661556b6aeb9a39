import type { NameReading } from './names/read-name.ts';

/** What an employer keeps of those who work there, by what its tables are called; beside the key of an employee. */
const matters =
  /^(?:hr|hris|hcm|absences?|absenteeism|leaves?|sickleaves?|vacations?|pto|fmla|timesheets?|timecards?|shifts?|rosters?|attendances?|payrolls?|payslips?|salar(?:y|ies)|wages?|compensations?|accommodations?|disabilit(?:y|ies)|onboarding|offboarding|terminations?|performance|appraisals?|grievances?|injur(?:y|ies)|accidents?|osha|abwesenheit(?:en)?|fehlzeit(?:en)?|krankmeldung(?:en)?|krankenstand|urlaub|urlaube|lohn|gehalt|gehaelter|arbeitsunfaelle|schwerbehinderung(?:en)?|conges?|arrets?|paie|paies|ausencias|bajas|vacaciones|nominas?|assenze|ferie|permessi|stipendi|buste|faltas|afastamentos|ferias|verzuim|verlof)$/;
/** Who asks for work. */
const applicants =
  /^(?:applicants?|jobapplicants?|jobapplications?|candidates?|bewerber|bewerberinnen|bewerbung(?:en)?|kandidaten|candidats?|candidatures?|postulants?|candidat[oiae]s?|postulantes?|solicitantes?|sollicitanten)$/;
/** Facts of a working life, of which two tell whose rows they are; the first few by themselves tell of a place of work. */
const taken =
  /^(?:hire|hired|hiring|hires|rehire|rehired|termination|terminated|onboarding|einstellungsdatum|eintrittsdatum|austrittsdatum|embauche|contratacion|assunzione|admissao|indienst)$/;
const work =
  /^(?:salar(?:y|ies)|wages?|payroll|department|dept|manager|supervisor|job|position|resume|cv|applied|application|vacancy|recruiter|interview|gehalt|abteilung|vorgesetzter|stelle|lebenslauf|salaire|departement|poste|salario|departamento|puesto|stipendio|reparto|ruolo|cargo)$/;
/** Words of care and of plans that pay for it: what they name is kept as a provider or a plan, even of those who work there. */
const care =
  /^(?:patients?|patienten?|patientin(?:nen)?|pacientes?|pazient[ei]|mrn|clinics?|clinical|klinik(?:en)?|hospitals?|encounters?|visits?|admissions?|wards?|treatments?|therap(?:y|ies)|appointments?|consultations?|prescriptions?|claims?|eob|insurances?|insured|plans?|benefits?|enrol(?:l)?ments?|enrol(?:l)?ees?|beneficiar(?:y|ies)|members?|subscribers?|trials?|study|studies|studie|studien|donors?|transplants?|behandlung(?:en)?|versicherte|leistung(?:en)?)$/;
/** Words of a patient or of a test on persons among the columns. */
const cared =
  /^(?:patients?|patienten?|patientin|pacientes?|pazient[ei]|pt|mrn|encounters?|trials?|study|donors?|transplants?|behandlung|claims?)$/;

/** True where a name has a word of the kind. */
function says({ words }: NameReading, kind: RegExp): boolean {
  return words.some((word) => kind.test(word));
}

/**
 * True where a table's rows are what an employer holds of its employees and of who applies, whatever they tell of their health:
 * the table is called by them, or by a matter of work and by them or with the key of one, or its columns tell of a working life. Not where a
 * name speaks of care, of a patient or of a plan. `kinds` are the persons that keys and
 * foreign keys lead to, `identifying` counts the kinds of columns that identify somebody. Pure.
 */
export function isOfEmployment(
  tableName: NameReading,
  columns: readonly NameReading[],
  kinds: readonly string[],
  identifying: number,
): boolean {
  const isOfOthers = ['customer', 'patient'].some((kind) => kinds.includes(kind) || tableName.calledBy === kind);
  if (isOfOthers || says(tableName, care) || columns.some((column) => says(column, cared))) return false;
  if (tableName.calledBy === 'employee') return true;
  if (tableName.subjects.at(-1) === 'employee' && says(tableName, matters)) return true;
  const facts = columns.filter((column) => says(column, taken) || says(column, work)).length;
  const isTaken = columns.some((column) => says(column, taken));
  if (says(tableName, applicants)) return identifying > 1 || facts > 0;
  if (kinds.includes('employee')) return says(tableName, matters) || facts > 1;
  return facts > 1 && (isTaken || tableName.subjects.at(-1) === 'employee');
}
