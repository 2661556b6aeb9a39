import { wordsOf } from './search/words.ts';

/** Words for who learns at a school or university, in the languages that tables are named in; folded, as they begin. */
const learners =
  /^(?:students?|pupils?|learners?|schulers?|schuelers?|schulerin(?:nen)?|schuelerin(?:nen)?|studierende[nr]?|studenten|studentin(?:nen)?|eleves?|etudiante?s?|alumn[oa]s?|estudiantes?|alunn[oiae]|studente|studenti|studentess[ae]|leerling(?:en)?|alun[oa]s?|estudantes?|uczen|uczniowie|uczniow|studenci|elev(?:er|en|erna|erne)?|elever|oppilas|oppilaat|opiskelija[t]?|zak|zaci|zaku|ogrenci(?:ler)?|mathites|uchenik[i]?)$/u;
/** Whose rows they are beside that: a clinic's students are patients there. */
const cared =
  /^(?:patients?|patienten|patientin(?:nen)?|pacientes?|pazienti|pazient[ei]|inpatients?|outpatients?|clinic|hospital|ward)$/u;

/** Kinds of rows that may be those of learners: persons, those that health columns make patients of, and what nobody knows. */
const maybeLearners: ReadonlySet<string> = new Set(['person', 'patient', 'unknown']);

/**
 * Whose rows a law sees in a table: the table's subject, or `pupil` where its name says that they are of a school's pupils or
 * students. Their health data is in records of education, which the definition of PHI leaves out (45 CFR 160.103, under FERPA).
 */
export function subjectInLaw(kind: string, table: string): string {
  if (!maybeLearners.has(kind)) return kind;
  const words = wordsOf(table.split('.').at(-1) ?? table);
  return words.some((word) => learners.test(word)) && !words.some((word) => cared.test(word)) ? 'pupil' : kind;
}
