import { loadCatalogue } from '../../../rulebook/catalogue.ts';
import type { Holding, Survey, SurveyedDataset, SurveyedField } from '../../survey/survey.ts';

/** One field that holds, or beside health data amounts to, protected health information. */
export interface EphiField {
  readonly dataset: SurveyedDataset;
  readonly field: SurveyedField;
  readonly holding: Holding;
  /** Letter of 164.514(b)(2)(i), used as a label and nothing else; null: none of them. */
  readonly identifier: string | null;
  /** `health data` says something of health, `identifier` says whose it is, `relates to the person` stands in that row. */
  readonly role: 'health data' | 'identifier' | 'relates to the person';
  /** Fields of the same dataset that make the link: identifiers beside health data, health data beside identifiers. */
  readonly beside: readonly string[];
  /** The regulation's word and whether it is known to bind the holder. */
  readonly term: string;
}

/**
 * Every field of ePHI: health data, each field that says whose row it is in a dataset with health data or of patients, and
 * what was carried out of such a record elsewhere.
 * Treated copies are fields too: nothing here is ever called de-identified.
 */
export function ephiFields(survey: Survey): readonly EphiField[] {
  return [...survey.datasets.values()].flatMap((dataset) => {
    const pairs = dataset.holding.flatMap((field) => field.holdings.map((holding) => ({ field, holding })));
    const health = pairs.filter(({ holding }) => isHealth(holding.category));
    const ofPatients = dataset.subject?.kind === 'patient';
    const keyed = pairs.some(({ holding }) => isPatientKey(holding.category));
    const isRecord = health.length > 0 || keyed || ofPatients;
    // What was carried out of a record of care stays PHI in a dataset that says nothing of health.
    const identifiers = pairs.filter(
      ({ holding }) =>
        !isHealth(holding.category) && isOfPerson(holding) && (isRecord || holding.classes.includes('PHI')),
    );
    if (!isRecord && identifiers.length === 0) return [];
    const binds = pairs.some(({ holding }) =>
      holding.terms.some(({ regulation, applies }) => regulation === 'hipaa' && applies),
    );
    const term = binds ? 'PHI' : 'health data; PHI only where a covered entity or business associate holds it';
    const lettered = identifiers.filter(({ holding }) => identifierOf(holding.category) !== null);
    const names = (of: typeof pairs): readonly string[] => [...new Set(of.map(({ field }) => field.path))];
    return [
      ...health.map(({ field, holding }) => ({
        ...place(dataset, field, holding, term, names(lettered)),
        role: 'health data' as const,
      })),
      ...identifiers.map(({ field, holding }) => ({
        ...place(dataset, field, holding, term, names(health)),
        role: identifierOf(holding.category) === null ? ('relates to the person' as const) : ('identifier' as const),
      })),
    ];
  });
}

function place(
  dataset: SurveyedDataset,
  field: SurveyedField,
  holding: Holding,
  term: string,
  beside: readonly string[],
): Omit<EphiField, 'role'> {
  const others = beside.filter((path) => path !== field.path);
  return { dataset, field, holding, term, identifier: identifierOf(holding.category), beside: others };
}

/** Numbers by which care knows a patient: they say whose row it is, and nothing of their health. */
function isPatientKey(category: string): boolean {
  return under('user.health.record_number', category) || under('user.health.insurance_id', category);
}

/** A provider's number is public and no patient's. */
function isOfPerson({ category, classes }: Holding): boolean {
  return !under('user.health.provider_id', category) && (classes.includes('PII') || isPatientKey(category));
}

function isHealth(category: string): boolean {
  if (under('user.health.provider_id', category) || isPatientKey(category)) return false;
  return under('user.health', category);
}

function under(prefix: string, category: string): boolean {
  return category === prefix || category.startsWith(`${prefix}.`);
}

/** The identifier of 164.514(b)(2)(i) that a category falls under, by our mapping; the deepest entry counts. */
export function identifierOf(category: string): string | null {
  const entries = loadCatalogue('hipaa').mapping.terms.filter(
    ({ group, category: prefix }) => group === 'identifier' && under(prefix, category),
  );
  const deepest = entries.toSorted((a, b) => b.category.length - a.category.length)[0];
  return deepest?.term?.replace(/^identifier /u, '') ?? null;
}
