import type { Gap } from '../model/provenance.ts';
import { dynamicSql, dynamicSqlWarning, type SqlLineage } from '../sql/sql-lineage.ts';
import { isFollowed } from './alter-created.ts';
import { scrubText } from './scrub-text.ts';

/** Names that could not be told, listed one by one up to this many a job. */
const maxListed = 50;

/** A text of a job, and what of its names found no end. */
export interface ReadText {
  readonly lineage: SqlLineage;
  readonly unresolved: ReadonlySet<string>;
  readonly job: string;
  /** How a gap calls the text. */
  readonly what: string;
}

/** What of a text is not known, each with what to do: one gap a cause, without literals. */
export function sqlGaps(text: ReadText, isKnown: (table: string) => boolean): readonly Gap[] {
  const names = [...text.unresolved].filter((name) => name !== dynamicSql).sort();
  return [
    ...(text.unresolved.has(dynamicSql) ? [dynamicGap(text)] : parseGaps(text)),
    ...alteredGaps(text, isKnown),
    ...unresolvedGaps(names, text.what),
  ];
}

/** SQL that is put together at run time says by itself why its text was not understood in full. */
function dynamicGap({ lineage, what }: ReadText): Gap {
  const others = lineage.warnings.filter((warning) => warning !== dynamicSqlWarning);
  const why = 'SQL is put together when it runs: which tables that reads and writes is not seen';
  return {
    what,
    reason: lineage.parseStatus === 'failed' ? 'unparsed-sql' : 'partly-parsed-sql',
    detail: scrubText([why, ...others].join('; ')),
    remedy:
      'let the source tell the statements that were run (its statement log), or send OpenLineage events of this job',
  };
}

function parseGaps({ lineage, what }: ReadText): readonly Gap[] {
  if (lineage.parseStatus === 'full') return [];
  const said = lineage.error === null ? lineage.warnings.join('; ') : lineage.error.message;
  const reason = lineage.parseStatus === 'failed' ? 'unparsed-sql' : 'partly-parsed-sql';
  const detail = scrubText(said === '' ? 'only its tables could be told' : said);
  return [
    { what, reason, detail, remedy: 'look at the dialect of the source, then at the text alone: lexline sql lineage' },
  ];
}

/** Columns that change in a way that is not followed: a field must not be missing, or still be there, silently. */
function alteredGaps({ lineage, job, what }: ReadText, isKnown: (table: string) => boolean): readonly Gap[] {
  const count = lineage.events.filter((event) => {
    if (event.type !== 'alter' || event.change.type === 'comment' || event.change.type === 'retype') return false;
    return !isKnown(event.table) || !isFollowed(event.change, job, null);
  }).length;
  if (count === 0) return [];
  const detail = `${count} ${count === 1 ? 'change' : 'changes'} of columns by ALTER TABLE not followed: nothing says what the table is, or which text runs first; fields may be missing or no longer there`;
  return [{ what, reason: 'partly-parsed-sql', detail, remedy: 'sync the database itself, or give its present DDL' }];
}

function unresolvedGaps(names: readonly string[], what: string): readonly Gap[] {
  if (names.length === 0) return [];
  const listed = names.slice(0, maxListed).join(', ');
  const more = names.length > maxListed ? ` and ${names.length - maxListed} more` : '';
  const detail = `no edge was made for ${listed}${more}: not found, or it could be one of several`;
  const remedy = 'connect the source that holds them, or write them with their table and schema';
  return [{ what, reason: 'unresolved-name', detail: scrubText(detail), remedy }];
}
