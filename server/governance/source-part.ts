import type { Activity, Governance, System } from './objects.ts';
import { isSelected, type Selectable } from './selectors.ts';

/** What people entered, as a report of one source alone needs it. */
export interface SourcePart {
  /** Without systems and activities all of whose datasets other sources show, and without the rules that only these name. */
  readonly governance: Governance;
  /** Systems and activities with datasets that other sources show, in the order in which they were entered. */
  readonly outside: readonly OutsidePart[];
}

/** A system or processing activity that reaches beyond the source. */
export interface OutsidePart {
  readonly kind: 'system' | 'processing activity';
  readonly id: string;
  readonly name: string;
  /** Its datasets that the source shows. */
  readonly inside: number;
  /** Its datasets that only other sources show. */
  readonly outside: number;
  /** Those other sources, in the order of names. */
  readonly sources: readonly string[];
}

/**
 * Parts what was entered by the datasets of one source. What means no dataset at all stays: nobody connected it, whichever
 * source is looked at. `datasets`: all that can be seen; those that no source describes count for none.
 */
export function sourcePart(governance: Governance, datasets: readonly Selectable[], source: string): SourcePart {
  const place = (kind: OutsidePart['kind'], { id, name, datasets: selectors }: System | Activity): OutsidePart => {
    const meant = selectors.length === 0 ? [] : datasets.filter((one) => isSelected(selectors, one));
    const others = meant.filter(({ sources }) => sources.length > 0 && !sources.includes(source));
    const sources = [...new Set(others.flatMap((one) => one.sources))].toSorted();
    const inside = meant.filter((one) => one.sources.includes(source)).length;
    return { kind, id, name, inside, outside: others.length, sources };
  };
  const outside = [
    ...governance.systems.map((one) => place('system', one)),
    ...governance.activities.map((one) => place('processing activity', one)),
  ].filter((one) => one.outside > 0);
  // Ids are shared by all lists.
  const left = new Set(outside.flatMap(({ id, inside }) => (inside === 0 ? [id] : [])));
  const activities = governance.activities.filter(({ id }) => !left.has(id));
  const named = rulesOf(activities);
  const namedByOthers = rulesOf(governance.activities.filter(({ id }) => left.has(id)));
  return {
    governance: {
      ...governance,
      systems: governance.systems.filter(({ id }) => !left.has(id)),
      activities,
      // A rule without datasets is of those who name it; left without them it would hold for everybody.
      retention: governance.retention.filter(
        ({ id, datasets: own }) => own.length > 0 || named.has(id) || !namedByOthers.has(id),
      ),
    },
    outside,
  };
}

function rulesOf(activities: readonly Activity[]): ReadonlySet<string> {
  return new Set(activities.flatMap(({ retention }) => retention));
}
