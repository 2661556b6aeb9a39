import type { NameReading } from './names/read-name.ts';
import { careKinds } from './fine-groups.ts';

/** Words of tables that record care, by what kind of care. OMOP, MIMIC, HL7 FHIR and the usual words of practice software. */
const tables: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:conditions?|problems?|diagnos[ei]s|complaints?|symptoms?|dx|death|deaths|diagnosen|diagnosticos?|diagnostics?|diagnosi)$/,
    'diagnosis',
  ],
  [
    /^(?:observations?|measurements?|vitals?|vitalsigns?|labs?|labevents|chartevents|results?|obx|triage|microbiology(?:events)?|omr|cultures?|laborwerte|laborbefunde?|befunde|resultats|analyses|resultados|laboratorios?|analisi|vitalwerte)$/,
    'lab_result',
  ],
  [
    /^(?:medications?|meds|medrecon|emar|prescriptions?|prescribing|dispensing|rx|drugs?|pharmacy|immunizations?|immunisations?|vaccinations?|preventions?|dispenses?|exposures?|rezepte?|verordnungen|medikationen?|impfungen|ordonnances?|medicaments|vaccins|recetas?|medicamentos|vacunas|ricette|farmaci)$/,
    'medication',
  ],
  [
    /^(?:procedures?|procedureevents|operations?|surger(?:y|ies)|treatments?|therap(?:y|ies)|encounters?|careplans?|cptevents|hcpcsevents|behandlungen?|konsultationen|eingriffe|actes|soins|interventions|seances|tratamientos|cirugias|consultas|procedimientos|trattamenti|interventi)$/,
    'procedure',
  ],
  [/^(?:allerg(?:y|ies)|intolerances?|allergyintolerances?)$/, 'allergy'],
  [/^(?:notes?|noteevents|dictations?|progressnotes?|echart|anamnesis|consultations?)$/, 'clinical_note'],
];

/** What kind of care the rows of a table record, by its name; null where it says none. Pure. */
export function careOf({ words, senses }: NameReading): string | null {
  const named = words.flatMap((word) => tables.filter(([table]) => table.test(word)).map(([, fine]) => fine));
  return named.at(-1) ?? senses.find(({ fine, strength }) => strength > 0 && careKinds.has(fine))?.fine ?? null;
}

/** Of the words above those that mean nothing else: results, notes and complaints may be of anything. */
const sureTables =
  /^(?:dx|diagnos[ei]s|symptoms?|vitals?|vitalsigns?|labs?|labevents|chartevents|obx|medications?|meds|medrecon|emar|prescriptions?|rx|drugs?|immunizations?|immunisations?|vaccinations?|surger(?:y|ies)|encounters?|allerg(?:y|ies))$/;

/** True where a table's name says by itself that its rows record care. Pure. */
export function recordsCareOfSomebody({ words }: NameReading): boolean {
  return words.some((word) => sureTables.test(word));
}

/** Names that say in such rows which or how much, whatever the care. */
const anyCare =
  /^(?:codes?|description|desc|short (?:description|desc|title)|display|text|title|substance|values?|value (?:text|string|number|num|code|coded|numeric|integer|boolean|as (?:string|number))|result|results|result (?:value|text|code|num)|name|reaction|severity|reason|reasons|reason (?:code|description|reference)|comments?|notes?|remarks?|text|wert|werte|ergebnis|resultat|grund|bemerkung(?:en)?|kommentar|zusatz|bezeichnung|valeur|motif|commentaires?|libelle|resultado|valor|motivo|observaciones|comentarios?|descripcion|esito|valore|note)$/;
/** Names that are parts of a record of one kind of care only. */
const parts: Readonly<Partial<Record<string, RegExp>>> = {
  medication:
    /^(?:routes?|route (?:code|desc|source value)|freq(?:uency)?(?: code)?|strength|(?:prod|product) strength|form|sig|sig text|prn|as needed|brand(?: name)?|generic(?: name)?|trade name|bn|gn|gsn|custom name|qty|quantity|duration|repeats?|refills?|instructions?|directions?|special(?: instructions?)?|special instruction|take (?:min|max)|stop reason|infusion(?: rate| type)?|substitution|indication|schedule|regimen|max dose|compound|class|product (?:description|name|code|amount))$/,
  lab_result:
    /^(?:readings?|flags?|interpretation|organism|specimen|site|modifier|comparator|dilution|impression|findings?|test|test name|analyte|component|parameter|measure|measured value|label|item|ratio)$/,
  allergy: /^(?:onset|criticality|manifestations?|allergens?|agent|exposure route|type|category)$/,
  diagnosis:
    /^(?:stage|grade|onset|site|body site|laterality|outcome|acuity|chronicity|certainty|cause|primary|secondary|problem|complaint|evidence|course)$/,
  procedure:
    /^(?:site|body site|laterality|outcome|complications?|modifiers?|technique|approach|indication|surgeon|leistung(?:en)?|eintrag|verlauf|massnahmen?|actes?|prestations?|prestaciones|prestazioni)$/,
  clinical_note:
    /^(?:text|body|content|note|notes?|title|subject|summary|impression|findings|conclusion|assessment|subjective|objective|plan|entry|dictation|report|encounter|concerns?|ongoing concerns|reminders|history|additional notes?|interpretation)$/,
};

/** True where a name, in rows that record such care of patients, says what care it was. Pure. */
export function isPartOfRecord(words: readonly string[], care: string): boolean {
  const own = words.filter((word) => !/^\d+$/.test(word)).join(' ');
  return anyCare.test(own) || parts[care]?.test(own) === true;
}
