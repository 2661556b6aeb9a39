import { isOutside, type Applies } from './applies.ts';
import { coarseClasses, type CoarseClass } from './classification.ts';

/**
 * The coarse classes of a category that lineage brought to a field: those of the category, those that any finding at any of its
 * origins has beside them, and PHI for health data where a holder receives it who is not said to be outside of HIPAA (45 CFR
 * 160.103, "created or received"). Health data that nothing makes PHI is personal data. `usual`: the classes of the category
 * alone; `carried`: what travelled beside it. Pure.
 */
export function arrivedClasses(
  usual: readonly CoarseClass[],
  carried: ReadonlySet<CoarseClass>,
  isHolderOutside: boolean,
): readonly CoarseClass[] {
  const held = new Set([...usual.filter((one) => one !== 'PHI' || !isHolderOutside), ...carried]);
  if (held.size === 0 && usual.length > 0) held.add('PII');
  return coarseClasses.filter((one) => held.has(one));
}

/**
 * The coarse classes of a category where it was found, whoever found it: what identifies a patient in a record of care is health
 * information too (45 CFR 160.103); health data is PHI unless its holder is said to be outside of HIPAA; there it is personal
 * data of a special category. Pure.
 */
export function classesAtHolder(
  found: Iterable<CoarseClass>,
  isHolderOutside: boolean,
  isRecordOfCare = false,
): readonly CoarseClass[] {
  const classes = new Set(found);
  if (isRecordOfCare && classes.has('PII')) classes.add('PHI');
  if (isHolderOutside && classes.delete('PHI')) classes.add('PII');
  return coarseClasses.filter((one) => classes.has(one));
}

/** True when all that is said of these sources is that HIPAA does not bind their holder. */
export function isOutsideHipaa(
  sources: readonly string[],
  appliesOf: (source: string) => Applies | undefined,
): boolean {
  return isOutside('hipaa', sources, appliesOf);
}
