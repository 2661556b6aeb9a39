import { purposesNeeded, type EndpointConfig, type Purpose } from '../base/config-llm.ts';
import { categoryOf, classCarried, subjectCarried } from '../model/carried-class.ts';
import type { CoarseClass, DerivedClassification, Verdict } from '../model/classification.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { TableJudgement } from './classifier.ts';

/** A source as far as it says what may be told of it to whom. */
export interface SourcePolicy {
  readonly name: string;
  /** The endpoint that may see its metadata; null: none. */
  readonly llm: string | null;
  readonly applies: Readonly<Record<string, string>>;
}

export type Egress = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

const patients = new Set(['patient']);
/** Category of the verdict that a table is about patients. */
const patientSubject = 'subject.patient';

/**
 * May a table be described to an endpoint? Only where every source that describes it names that endpoint, and the endpoint
 * is marked for what the sources, the detectors and what `stands` in the graph say of it: health data, card data. A source
 * that is no longer configured allows nothing. Pure.
 */
export function mayLeave(
  endpoint: Pick<EndpointConfig, 'name' | 'purposes'>,
  sources: readonly (SourcePolicy | null)[],
  judgement: TableJudgement,
  stands: ReadonlySet<Purpose> = new Set(),
): Egress {
  const held = new Set(stands);
  if (patients.has(judgement.subject.kind)) held.add('phi');
  for (const { classes } of judgement.columns) {
    if (classes.some((each) => each === 'PHI')) held.add('phi');
    if (classes.some((each) => each === 'PCI')) held.add('pci');
  }
  return mayBeShown(endpoint, sources, held);
}

/**
 * What a table holds by verdicts of anybody (people, tags of a catalog, models) that were not rejected, and by categories and
 * classes that reached its fields along lineage. Pure.
 */
export function purposesHeld(
  verdicts: Iterable<Pick<Verdict, 'category' | 'state' | 'classes'>>,
  arrived: Iterable<Pick<DerivedClassification, 'category'>>,
  taxonomy: Pick<Taxonomy, 'classesOf'>,
): ReadonlySet<Purpose> {
  const classes = new Set<CoarseClass>();
  for (const verdict of verdicts) {
    if (verdict.state === 'rejected') continue;
    if (verdict.category === patientSubject) classes.add('PHI');
    for (const each of verdict.classes) classes.add(each);
  }
  for (const { category } of arrived) {
    const carried = classCarried(category);
    if (subjectCarried(category) !== null) {
      if (categoryOf(category) === patientSubject) classes.add('PHI');
      continue;
    }
    for (const each of carried === null ? taxonomy.classesOf(category) : [carried]) classes.add(each);
  }
  return new Set<Purpose>([
    ...(classes.has('PHI') ? (['phi'] as const) : []),
    ...(classes.has('PCI') ? (['pci'] as const) : []),
  ]);
}

/** The same rule where it is known what a table holds: `held` beside what its sources are bound to. Pure. */
export function mayBeShown(
  endpoint: Pick<EndpointConfig, 'name' | 'purposes'>,
  sources: readonly (SourcePolicy | null)[],
  held: ReadonlySet<Purpose>,
): Egress {
  for (const source of sources) {
    if (source === null) return { allowed: false, why: 'a source that is no longer configured describes it too' };
    if (source.llm !== endpoint.name)
      return { allowed: false, why: `the source ${source.name} does not name the endpoint ${endpoint.name}` };
  }
  const needed = new Set<Purpose>([...held, ...sources.flatMap((source) => purposesNeeded(source?.applies ?? {}))]);
  const missing = [...needed].filter((purpose) => !endpoint.purposes.includes(purpose));
  if (missing.length === 0) return { allowed: true };
  return { allowed: false, why: `the endpoint ${endpoint.name} is not marked for ${missing.sort().join(', ')}` };
}
