import { tellsOfSomebody, happened } from './code-list.ts';
import type { NameReading } from './names/read-name.ts';
import { personKinds } from './names/read-name.ts';
import { singularOf } from './names/units.ts';

/**
 * Kinds of things that persons have, as many, as tables that list them are called. Events (diagnoses, allergies, procedures)
 * are not among them: they happened to somebody.
 */
const kinds =
  /^(?:diseases?|illnesses|disorders|syndromes|pathogens|viruses|allergens|vaccines|blood (?:types|groups)|disabilities|genders|sexes|gender identities|pronouns|ethnicities|races|ethnic (?:groups|origins)|tribes|castes|religions|denominations|faiths|nationalities|citizenships|languages|mother tongues|marital (?:statuses|status)|civil statuses|sexual orientations|occupations|professions|job titles|job positions|education levels|degrees|qualifications|political parties|trade unions|unions|titles|salutations|specialties|specialities|medical specialties|body parts|organs|antibiotics|active ingredients|side effects|krankheiten|erkrankungen|krankheitsbilder|erreger|impfstoffe|allergene|blutgruppen|behinderungen|geschlechter|ethnien|volksgruppen|religionen|konfessionen|nationalitaeten|nationalitaten|staatsangehoerigkeiten|staatsangehorigkeiten|sprachen|familienstaende|familienstande|berufe|abschluesse|abschlusse|parteien|gewerkschaften|anreden|wirkstoffe|maladies|pathologies|vaccins|allergenes|groupes sanguins|sexes|genres|ethnies|religions|nationalites|langues|metiers|situations matrimoniales|civilites|enfermedades|vacunas|alergenos|grupos sanguineos|tipos de sangre|generos|sexos|etnias|religiones|nacionalidades|idiomas|ocupaciones|profesiones|estados civiles|malattie|vaccini|allergeni|gruppi sanguigni|generi|etnie|religioni|nazionalita|lingue|professioni|doencas|vacinas|alergenios|religioes|nacionalidades|profissoes|ziekten|vaccins|geslachten|nationaliteiten|talen|beroepen|sykdommer|sygdomme|sjukdomar|yrker|yrken|choroby|szczepionki|plcie|religie|zawody)$/;
/** Things of care that a table lists as often as it records them: what the columns are called must say that it lists them. */
const listedOrRecorded =
  /^(?:symptoms|signs|symptome|symptomes|sintomas|sintomi|drugs|medicines|medications|medicamentos|medicaments|medikamente|arzneimittel|farmaci|farmacos|lab ?tests|laboratory tests|medical tests|analytes|tests|assays|laborparameter|untersuchungen|examens|examenes|medicijnen|geneesmiddelen|legemidler|leki)$/;
/** Names of people as such, counted. */
const names =
  /^(?:first ?names|given ?names|fore ?names|last ?names|sur ?names|family ?names|baby ?names|names|vornamen|nachnamen|familiennamen|prenoms|noms de famille|nombres|apellidos|nomi|cognomi|nomes|sobrenomes|voornamen|achternamen|imiona|nazwiska)$/;
/** Says of names how many have one, or from where: not whose they are. */
const ofNames =
  /^(?:count|counts|cnt|frequency|freq|rank|ranking|popularity|share|percent|percentage|probability|prob|total|occurrences|origin|origins|meaning|anzahl|haeufigkeit|haufigkeit|rang|frequence|frecuencia|frequenza|frequencia)$/;
/** Words of a table's name that say it is a list, and nothing of what. */
const listWords =
  /^(?:dict|dictionary|dictionaries|list|lists|master|lookup|lookups|lkp|lu|ref|reference|references|catalog|catalogue|katalog|register|dim|dimension|tbl|table|tab|t|all|known|standard|supported|available|liste|lista|verzeichnis|stammdaten|types?|codes?)$/;
/** What an entry of such a list says of itself, as the last word of a column. */
const ofEntries =
  /^(?:id|uuid|key|code|cd|codes|number|no|name|names|title|label|display|description|desc|descr|definition|text|type|category|group|class|family|parent|chapter|section|abbreviation|abbr|short|symbol|synonyms?|alias|aliases|icd|icd9|icd10|icd11|loinc|snomed|atc|ndc|rxcui|rxnorm|pzn|cpt|hcpcs|cas|ean|gtin|unit|units|uom|low|high|lower|upper|min|max|minimum|maximum|range|normal|reference|method|specimen|form|forms|strength|strengths|manufacturer|maker|brand|generic|laboratory|laboratorio|laboratoire|hersteller|labor|ingredients?|ingredient|activo|actif|attivo|ativo|substance|wirkstoff|principio|price|cost|preis|prix|precio|prezzo|pack|package|size|indications?|contraindications?|effects?|interactions?|prevalence|incidence|active|enabled|status|order|sort|position|rank|created|updated|at|version|codigo|nombre|descripcion|tipo|unidad|nome|descricao|bezeichnung|beschreibung|einheit|libelle|nom|unite)$/;
/** Only goods have these: beside them a dose is what one unit holds. */
const ofGoods =
  /^(?:manufacturer|maker|hersteller|laboratory|laboratorio|laboratoire|ingredients?|activo|actif|attivo|ativo|wirkstoff|price|preis|prix|precio|prezzo|atc|ndc|pzn|ean|gtin|generic|brand)$/;
const doses = /^(?:dose|doses|dosis|dosage|dosierung|posologie|dosaggio|dosagem)$/;

/**
 * True for a table named, as many, by a kind of thing that it lists (`diseases`, `genders`, `first_names_dict`): no column is
 * a person's, points at one or tells that something happened. A table of what is recorded as often as it is listed
 * (`symptoms`, `lab_tests`) must be said a list by all its columns. Pure.
 */
export function isKindList(
  tableName: NameReading,
  columns: readonly NameReading[],
  /** The tables that its foreign keys lead to. */
  foreign: readonly NameReading[],
): boolean {
  if (columns.length < 2) return false;
  const telling = columns.filter(({ words }) => !ofDisplay.test(words.join(' ')));
  const own = kindOf(tableName);
  const isSaidList = own.length < tableName.words.length;
  const isOfNames = names.test(own);
  const isSure = kinds.test(own);
  if (!isSure && !isOfNames && !listedOrRecorded.test(own)) return false;
  if (foreign.some((table) => isOfSomebody(table))) return false;
  if (telling.some((column) => isOthers(column, own, isOfNames))) return false;
  if (isOfNames) return isSaidList || columns.some(({ words }) => ofNames.test(words.at(-1) ?? ''));
  return isSure || isSaidList || telling.every((column) => isEntrys(column, columns));
}

/** In which order entries are shown: nobody ordered anything. */
const ofDisplay = /^(?:sort|display|list|view) (?:order|seq|position)$/;
/** A bare word for a name is that of the entry. */
const bareName = /^(?:nombre|nome|nom|nomi|naam|navn|namn|nazwa)$/;

/** The words that say what is listed, without those that say that it is a list. */
function kindOf({ words }: NameReading): string {
  return words.filter((word, i) => !listWords.test(word) || (i === words.length - 1 && /^types$/.test(word))).join(' ');
}

function isOfSomebody({ words, subjects }: NameReading): boolean {
  return words.some((word) => happened.test(word)) || subjects.some((kind) => personKinds.has(kind));
}

/** It tells of somebody, or is the key of something that is neither the entry nor a group of entries. */
function isOthers(column: NameReading, own: string, isOfNames: boolean): boolean {
  const { words, senses, personKey, calledBy } = column;
  const isListed = senses.some(({ fine }) => (isOfNames ? ofAnyName.has(fine) : listed.has(fine)));
  if (personKey !== null || calledBy !== null || words.some((word) => happened.test(word))) return true;
  const isBound = words.some((word) => bounds.test(word));
  if (!isBound && senses.some(({ fine, strength }) => strength === 2 && ofPersons.has(fine))) return true;
  const isName = !isOfNames && bareName.test(words.join(' '));
  if (!isListed && !isName && tellsOfSomebody(column)) return true;
  if (
    isOfNames &&
    senses.some(({ fine }) => fine === 'last_name') &&
    !/last|sur|family|nach|apell|cogn|sobre|achter|nazw/.test(own)
  )
    return true;
  if (!/^(?:id|uuid|fk|key)$/.test(words.at(-1) ?? '') || words.length < 2) return false;
  const stem = words.slice(0, -1).join(' ');
  const isOwn = own.split(' ').some((word) => singularOf(word).startsWith(stem.slice(0, 4))) || stem.length === 0;
  return !isOwn && !isListed && !words.slice(0, -1).some((word) => ofEntries.test(word) || groups.test(word));
}

/** Between what all of a kind lies: `min_salary` of a job title is nobody's salary. */
const bounds = /^(?:min|max|minimum|maximum|avg|average|mean|median|typical|standard)$/;
/** What entries of lists are put in order by. */
const groups =
  /^(?:groups?|category|categories|types?|class|classes|family|parent|chapter|section|country|region|continent|language|source|vendor|supplier|producer|domain|unit|import|external|ext|products?|items?|articles?|recipes?|dish(?:es)?|menus?|foods?|meals?|ingredients?|produkt|artikel|gericht|rezept|produit|plat|producto|plato)$/;
const listed = new Set(
  'diagnosis medication lab_result allergy health_condition procedure genetic gender race_ethnicity religion nationality citizenship_status marital_status language occupation education sexual_orientation political_opinion union_membership'.split(
    ' ',
  ),
);
/** What only a row about somebody holds, beside what identifies. */
const ofPersons = new Set(
  'salary organization date_of_birth date_of_death credentials username account_number iban bank_account card_number credit_score national_id passport email phone street_address person_id medical_record_number health_insurance_id admission_date clinical_note signature biometric ip_address device_id'.split(
    ' ',
  ),
);
const ofAnyName = new Set('first_name last_name person_name gender language nationality race_ethnicity'.split(' '));

function isEntrys({ words, senses }: NameReading, columns: readonly NameReading[]): boolean {
  const last = words.at(-1) ?? '';
  if (doses.test(last)) return columns.some((other) => other.words.some((word) => ofGoods.test(word)));
  const isBare = senses.some(
    ({ phrase, fine, strength }) =>
      strength > 0 && listed.has(fine) && phrase === words.join(' ') && !/result|value/.test(phrase),
  );
  return ofEntries.test(last) || ofGoods.test(words[0] ?? '') || bounds.test(words[0] ?? '') || isBare;
}
