import { LexlineError } from '../../base/errors.ts';

/** A time as the entries have it, so that texts compare as times do. Fails with INPUT_INVALID. */
export function entryTime(time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  const at = new Date(time);
  if (Number.isNaN(at.getTime()))
    throw new LexlineError('INPUT_INVALID', `[stores/ledger] "${time.slice(0, 40)}" is not a time`);
  return at.toISOString();
}
