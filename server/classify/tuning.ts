import { NONE } from '../model/classification.ts';
import { matches } from './allow-list.ts';
import type { ColumnJudgement, TableInput } from './classifier.ts';
import type { CustomContext, CustomRules, TuneEntry } from './custom-rules.ts';
import { tokens } from './names/tokens.ts';

/** What a user's settings make of one table. */
export interface Tuning {
  /** Detectors that are silent there. */
  readonly disabled: ReadonlySet<string>;
  /** A finding of less confidence is left to a person. */
  readonly reviewBelow: number;
  /** A user's own detectors whose context is not met. */
  readonly outOfContext: ReadonlySet<string>;
}

/** The settings that hold for a table, by its sources and its name. */
export function tuningOf(table: TableInput, custom: CustomRules): Tuning {
  const entries = custom.tune.filter((entry) => holdsFor(entry, table));
  const outOfContext = custom.contexts.filter((context) => !isMet(context, table)).map(({ id }) => id);
  return {
    disabled: new Set([...entries.flatMap(({ disable }) => disable), ...outOfContext]),
    reviewBelow: Math.max(0, ...entries.flatMap(({ reviewBelow }) => (reviewBelow === null ? [] : [reviewBelow]))),
    outOfContext: new Set(outOfContext),
  };
}

/** True when an entry is of one of the table's sources and of its name. A table of no source is met only by `*`. */
export function holdsFor(entry: Pick<TuneEntry, 'source' | 'table'>, { table, sources = [] }: TableInput): boolean {
  const ofSource = entry.source === '*' || sources.some((source) => matches(entry.source, source));
  return ofSource && matches(entry.table, table);
}

function isMet({ tables, beside }: CustomContext, table: TableInput): boolean {
  if (tables.length === 0 && beside.length === 0) return true;
  if (tables.some((pattern) => matches(pattern, table.table))) return true;
  const wanted = beside.map((phrase) => ` ${tokens(phrase).join(' ')} `);
  const names = table.columns.map(({ column }) => ` ${tokens(column).join(' ')} `);
  return wanted.some((phrase) => names.some((name) => name.includes(phrase)));
}

/** A judgement after a source's border: a finding that is not sure enough there is left to a person. */
export function applyBorder(judgement: ColumnJudgement, reviewBelow: number): ColumnJudgement {
  const { category, confidence, abstain } = judgement;
  if (abstain || category === NONE || confidence >= reviewBelow) return judgement;
  const detail = `the settings leave findings below ${reviewBelow} to a person`;
  return {
    ...judgement,
    classes: [],
    fine: [],
    category: NONE,
    abstain: true,
    derived: null,
    evidence: [{ signal: 'tuning', detail, weight: 0 }, ...judgement.evidence],
    alternatives: [{ category, confidence, rejectedBecause: detail }, ...judgement.alternatives],
  };
}
