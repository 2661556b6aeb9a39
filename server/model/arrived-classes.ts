import { coarseClasses, type CoarseClass } from './classification.ts';

/**
 * The coarse classes of a category that lineage brought to a field. They are those that the finding at its origin has: who
 * holds the origin decided whether health data is PHI there, and what identifies a patient is PHI wherever it is carried
 * (45 CFR 160.103). Health data of an origin outside of HIPAA becomes PHI where a holder receives it who is not known to be
 * outside. `usual`: the classes of the category alone; they stand where no origin can be found. Pure.
 */
export function arrivedClasses(
  usual: readonly CoarseClass[],
  atOrigin: ReadonlySet<CoarseClass>,
  isHolderOutside: boolean,
): readonly CoarseClass[] {
  if (atOrigin.size === 0) return usual;
  if (usual.includes('PHI') && !atOrigin.has('PHI') && !isHolderOutside) return usual;
  return coarseClasses.filter((one) => atOrigin.has(one));
}

/**
 * True when all that is said of these sources is that HIPAA does not bind their holder. Where several describe one thing, the
 * first that says something counts. `appliesOf`: what the configuration says of a source, by regulation.
 */
export function isOutsideHipaa(
  sources: readonly string[],
  appliesOf: (source: string) => Readonly<Record<string, string>> | undefined,
): boolean {
  return sources.map((source) => appliesOf(source)?.['hipaa']).find((role) => role !== undefined) === 'none';
}
