import { classesAtHolder } from '../model/arrived-classes.ts';
import { coarseClasses, type CoarseClass, type Verdict } from '../model/classification.ts';
import { digestOf } from '../model/json.ts';
import type { SourceTag } from '../model/document.ts';
import { propagatedBy } from '../propagate/origins.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import { evidenceTags } from './table-input.ts';
import { deniesItself } from './tag-denial.ts';

/** By source: our class or category → the tag people already have there. */
export type TagMaps = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** A tag that says no more than a coarse class stands for the class as a whole. */
const wholeClass: Record<CoarseClass, string> = { PII: 'user', PHI: 'user.health', PCI: 'user.payment' };

/**
 * What the tags of the sources say about a field, as `imported` verdicts. A tag that a source propagated by itself is marked
 * so that nothing starts from it. A coarse tag takes the category that the detectors found within its class, if they did.
 */
export function importedVerdicts(
  field: EntityRecord,
  context: {
    readonly tagMaps: TagMaps;
    readonly taxonomy: Pick<Taxonomy, 'category' | 'classesOf'>;
    /** What is said of the holder of the field, by regulation. */
    readonly applies: Readonly<Record<string, string>>;
    /** The rows of its table are records of care. */
    readonly isRecordOfCare: boolean;
    /** Category that the detectors prefer for this field, or null. */
    readonly preferred: string | null;
    readonly at: string;
  },
): readonly Verdict[] {
  const verdicts = new Map<string, Verdict>();
  for (const { tag, source } of evidenceTags(field)) {
    for (const [ours, theirs] of Object.entries(context.tagMaps.get(source) ?? {})) {
      if (!isSameTag(tag, theirs, ours)) continue;
      const verdict = importedVerdict(field.uid, source, tag, ours, context);
      const before = verdicts.get(verdict.category);
      if (before === undefined || before.by.startsWith(propagatedBy)) verdicts.set(verdict.category, verdict);
    }
  }
  return [...verdicts.values()].sort((a, b) => (a.category < b.category ? -1 : 1));
}

/**
 * `name`, `name=value` or `name:value`, regardless of case. A bare name stands for every value but those that take back what
 * it says: `pii=false` is no `pii`, and means something only where the map names that value.
 */
function isSameTag(tag: SourceTag, theirs: string, ours: string): boolean {
  const { name, value } = tag;
  const wanted = theirs.toLowerCase();
  const own = name.toLowerCase();
  if (own === wanted) return !deniesItself(tag, ours);
  return value !== undefined && [`${own}=${value.toLowerCase()}`, `${own}:${value.toLowerCase()}`].includes(wanted);
}

function importedVerdict(
  field: string,
  source: string,
  tag: SourceTag,
  ours: string,
  { taxonomy, applies, isRecordOfCare, preferred, at }: Parameters<typeof importedVerdicts>[1],
): Verdict {
  const coarse = coarseClasses.find((each) => each === ours.toUpperCase());
  const category = coarse === undefined ? ours : categoryWithin(coarse, preferred, taxonomy);
  const known = taxonomy.category(category);
  const isOutside = applies['hipaa'] === 'none';
  return {
    field,
    decider: 'imported',
    by: tag.setBy === 'propagated' ? `${propagatedBy}${source}` : source,
    category,
    state: 'accepted',
    // Whoever tags it PHI says so; a category is that only where HIPAA may bind.
    classes:
      coarse === 'PHI'
        ? [coarse]
        : classesAtHolder(coarse === undefined ? taxonomy.classesOf(category) : [coarse], isOutside, isRecordOfCare),
    fine: known === undefined ? [] : [known.fine],
    confidence: 1,
    derived: null,
    evidence: [{ signal: 'tag', detail: `${tag.name} in ${source}, set by ${tag.setBy}`, weight: 0 }],
    citations: [],
    key: digestOf([
      'imported',
      source,
      tag,
      ours,
      category,
      ...(isOutside ? ['outside of HIPAA'] : []),
      ...(isRecordOfCare ? ['record of care'] : []),
    ]),
    at,
  };
}

function categoryWithin(coarse: CoarseClass, preferred: string | null, taxonomy: Pick<Taxonomy, 'classesOf'>): string {
  return preferred !== null && taxonomy.classesOf(preferred).includes(coarse) ? preferred : wholeClass[coarse];
}
