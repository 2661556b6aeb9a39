import type { NameReading } from './names/read-name.ts';
import { personKinds } from './names/read-name.ts';

/** Words that say what a code stands for. */
const describing =
  /^(?:descriptions?|desc|descr|name|names|title|label|display|meaning|text|term|definition|bezeichnung|beschreibung|libelle|designation|descripcion|nombre|descrizione|denominazione|descricao|omschrijving)$/;
const coding =
  /^(?:codes?|cd|kode|codigo|codice|cod|schluessel|schlussel|icd|icd9|icd10|icdo|cpt|hcpcs|loinc|snomed|ndc|atc|drg|rxnorm|rxcui|iso|iso2|iso3|alpha2|alpha3|abbreviation|abbr|symbol|sku)$/;
/** What names a table as a list of what there is. */
const listing =
  /^(?:codes?|catalog|catalogue|catalogs|catalogues|list|lists|schedules?|master|dictionary|dictionaries|dict|directory|types?|ref|reference|references|lookup|lookups|lkp|formulary|definitions?|vocabulary|terminology|taxonomy|nomenclature|katalog|kataloge|verzeichnis|stammdaten|nomenclatura|nomenklatur|tarif|tarifs|catalogo|tariff|tariffs|compendium|panel|panels|icd|icd9|icd10|cpt|hcpcs|loinc|snomed|rxnorm|ndc|atc|drg)$/;
/** What is known of substances, and of those that meet: of all patients and of none. */
const knowledge = /^(?:interactions?|contraindications?|incompatibilit(?:y|ies)|wechselwirkung(?:en)?|strengths?)$/;
/** Keys of something that happened to somebody, and what only such a row tells. */
export const happened =
  /^(?:patients?|patienten?|pacientes?|pazient[ei]|pts?|pat|persons?|people|members?|customers?|clients?|employees?|users?|bene|beneficiar(?:y|ies)|subjects?|resident|residents|encounters?|visits?|admissions?|admit|admitted|discharge|discharged|stays?|hadm|appointments?|claims?|cases?|episodes?|specimens?|onset|diagnosed|prescribed|performed|administered|dispensed|observed|recorded|recorder|collected|result|results|refills?|prescriber|attending|provider|practitioner|physician|doctor|nurse|mrn|chart|given|taken|resolved|history|records?|prescriptions?|immunizations?|vaccinations?|surger(?:y|ies)|orders?|billed|paid|outcome|dosage instruction)$/;
/** Times at which an entry of a list holds or was changed. */
const ofTheList =
  /^(?:valid|effective|created|updated|modified|changed|inserted|loaded|expiry|expiration|expires|introduced|introduction|approved|approval|discontinued|version|release|released|last|added|deleted|retired|published|publication|active|begin|from|to|deprecated|obsolete|revised|revision)$/;

/**
 * True for a list of codes and what they mean: a code, words for it, no key of a person or of anything that happened to one,
 * no time other than those of the list itself. Judged by the columns; the table's name is needed only where so few of
 * them are known that their silence says little. Pure.
 */
export function isCodeList(
  tableName: NameReading,
  columns: readonly NameReading[],
  /** The tables that its foreign keys lead to. */
  foreign: readonly NameReading[],
): boolean {
  if (foreign.some(({ words }) => words.some((word) => happened.test(word)))) return false;
  if (columns.length < 2 || tableName.words.some((word) => happened.test(word))) return false;
  if (tableName.subjects.some((kind) => personKinds.has(kind) && kind !== 'patient')) return false;
  if (columns.some((column) => tellsOfSomebody(column))) return false;
  const isListed = tableName.words.some((word) => listing.test(word));
  const hasCode = columns.some(({ words }) => words.some((word) => coding.test(word)));
  const hasKey = columns.some(({ words }) => isOwnKey(words, tableName.words));
  const isPaired = columns.some(({ words }) => isKeyWithWords(words, columns));
  const hasWords = columns.some(({ words }) => describing.test(words.at(-1) ?? '') || describing.test(words[0] ?? ''));
  if (isListed) return hasWords || hasCode;
  if (knowledge.test(tableName.words.at(-1) ?? '')) return true;
  if (isPaired && columns.length >= 3) return true;
  return (
    columns.length >= 3 &&
    hasWords &&
    hasCode &&
    (hasKey || columns.some(({ words }) => words.length === 1 && words[0] === 'code'))
  );
}

const known = new WeakMap<NameReading, boolean>();

/** True for a column that is a person's, points at one or tells that something happened. Remembered by reading: the same names stand in many tables. */
export function tellsOfSomebody(column: NameReading): boolean {
  const before = known.get(column);
  if (before !== undefined) return before;
  const tells = speaksOfSomebody(column);
  known.set(column, tells);
  return tells;
}

/** How long it takes, and what is needed for it: of every entry of a list. */
const ofEveryEntry =
  /^(?:.*\b(?:turn ?around|lead|processing|transport|storage|stability)\b.*|specimen (?:types?|kinds?|sources?|volume|container|tube|requirements?)|sample types?)$/;

function speaksOfSomebody({ words, subjects, personKey, calledBy, senses, head }: NameReading): boolean {
  if (personKey === null && calledBy === null && ofEveryEntry.test(words.join(' '))) return false;
  if (personKey !== null || calledBy !== null || words.some((word) => happened.test(word))) return true;
  if (senses.some(({ fine, strength }) => strength > 0 && identifying.has(fine))) return true;
  if (subjects.some((kind) => personKinds.has(kind) && !senses.some(({ strength }) => strength === 2))) return true;
  if (head?.kind !== 'date')
    return words.length === 1 && /^(?:values?|start|stop|end|dates?|time)$/.test(words[0] ?? '');
  return !words.some((word) => ofTheList.test(word));
}

const identifying = new Set(
  'person_name first_name last_name email phone date_of_birth national_id passport username person_id medical_record_number health_insurance_id street_address admission_date clinical_note'.split(
    ' ',
  ),
);

/** `dx_id` beside `dx_name`: a key and what it means. */
function isKeyWithWords(words: readonly string[], columns: readonly NameReading[]): boolean {
  if (words.length < 2 || !/^(?:id|code|cd|key|no|nr)$/.test(words.at(-1) ?? '')) return false;
  const stem = words.slice(0, -1).join(' ');
  return columns.some((other) => {
    const last = other.words.at(-1) ?? '';
    return other.words.slice(0, -1).join(' ') === stem && describing.test(last);
  });
}

/** `id`, or the table's own name with `id`. */
function isOwnKey(words: readonly string[], tableWords: readonly string[]): boolean {
  if (words.length === 1 && /^(?:id|code|key|uuid)$/.test(words[0] ?? '')) return true;
  const stem = words[0]?.slice(0, 4) ?? '';
  return /^(?:id|code|key|cd)$/.test(words.at(-1) ?? '') && tableWords.some((word) => word.startsWith(stem));
}
