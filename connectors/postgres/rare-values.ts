import { z } from 'zod';
import { isLexlineError } from '../../server/base/errors.ts';
import type { FieldProfile } from '../../server/model/profile.ts';
import type { ProfileMessage, ProfileOptions } from '../connector.ts';
import type { Target } from './profile-sql.ts';

/** A field of which a sample shows fewer values than this, in a table that was not read whole, is looked at once more. */
const fewValues = 30;
/** Rows with a value that the second look takes, at most. */
export const maxFilled = 200;
/** Counts and shapes of one field, as the database computes them. */
export const countsRow = z.object({
  field: z.number(),
  rows: z.number(),
  nulls: z.number(),
  empty: z.number(),
  distinct_values: z.number(),
  min_length: z.number(),
  max_length: z.number(),
  shapes: z.array(z.tuple([z.string(), z.number()])).nullable(),
});

/** What was seen of one field, and why its few values could not be looked for, if they could not. */
export interface Looked {
  readonly profile: FieldProfile;
  readonly missed: string | null;
}

/** The profiles of a table, and a gap for the fields whose few values could not be looked for. */
export function* shown(target: Target, looked: readonly Looked[]): Iterable<ProfileMessage> {
  for (const { profile } of looked) yield { type: 'profile', profile };
  const missed = looked.filter((each) => each.missed !== null);
  if (missed.length === 0) return;
  const fields = missed.map(({ profile }) => profile.path.join('.')).join(', ');
  yield {
    type: 'gap',
    gap: {
      what: `rare values of ${target.schema}.${target.name}`,
      reason: 'not-read',
      detail: `a sample shows few values of ${fields}, and looking for more was not possible: ${missed[0]?.missed ?? ''}`,
      remedy: 'raise statementTimeoutMs of the source, or decide these fields in the review',
    },
  };
}

/** True where rows beyond the sample may hold what it misses. */
export function isSparse(target: Target, rows: number, filled: number, { maxRows }: ProfileOptions): boolean {
  return filled < fewValues && (rows >= maxRows || target.rows > rows);
}

/** The second look; null when it was made, else why it could not be. A lost connection is thrown. */
export async function lookForFilled(signal: AbortSignal, work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    signal.throwIfAborted();
    if (!isLexlineError(error) || !answered.includes(error.code)) throw error;
    return error.code === 'CONNECTOR_TIMEOUT' ? 'it took too long' : 'the server refused';
  }
}

/** What a server answers to a statement that it does not run; anything else is a lost connection. */
export const answered: readonly string[] = ['CONNECTOR_MISSING_RIGHTS', 'CONNECTOR_TIMEOUT', 'CONNECTOR_UNEXPECTED'];

/** What a row of counts holds. */
export type Counts = z.output<typeof countsRow>;

/** Rows that hold a value, seen beside a sample that hardly does. */
export function withFilled(sample: Counts, filled: Counts): Counts {
  const seen = sample.rows - sample.nulls - sample.empty > 0;
  return {
    ...filled,
    rows: sample.nulls + sample.empty + filled.rows,
    nulls: sample.nulls,
    empty: sample.empty,
    min_length: seen ? Math.min(sample.min_length, filled.min_length) : filled.min_length,
    max_length: Math.max(sample.max_length, filled.max_length),
  };
}
