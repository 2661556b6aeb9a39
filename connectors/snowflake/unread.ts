import { isLexlineError } from '../../server/base/errors.ts';
import { joinName } from '../../server/model/dataset-name.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import type { Warehouse } from '../kit/warehouse/warehouse.ts';
import { StatementRefused } from './failure.ts';
import { tooMuch } from './gaps.ts';

/** "Information schema query returned too much data." */
const tooMuchData = '090030';

/** A failure that costs one part of the account and not the read, as that part; anything else as it is. */
export function unreadOf(what: string, error: unknown): unknown {
  if (!isLexlineError(error)) return error;
  if (error instanceof StatementRefused && error.number === tooMuchData) return new UnreadPart(tooMuch(what));
  const isSlow = error instanceof StatementRefused && error.code === 'CONNECTOR_TIMEOUT';
  if (!isSlow && error.code !== 'CONNECTOR_BUDGET_SPENT') return error;
  return new UnreadPart({
    what,
    reason: isSlow ? 'source-failed' : 'not-read',
    detail: error.message,
    remedy:
      error.remedy ??
      (isSlow
        ? 'raise statementTimeoutSeconds, or take a larger warehouse'
        : 'raise the limit on credits, and sync again'),
  });
}

/** What cannot be read of one schema is said of that schema; the read of the others goes on. */
export function withUnreadParts(whole: Warehouse, database: string): Warehouse {
  const nameOf = (schema: string): string => `schema ${joinName([database, schema])}`;
  async function* pages<T>(schema: string, pagesOf: AsyncIterable<T> | undefined): AsyncIterable<T> {
    try {
      if (pagesOf !== undefined) yield* pagesOf;
    } catch (error) {
      throw unreadOf(nameOf(schema), error);
    }
  }
  const guarded = async <T>(what: string, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw unreadOf(what, error);
    }
  };
  return {
    about: (signal) => whole.about(signal),
    schemas: (signal) => guarded(`database ${database}`, whole.schemas(signal)),
    relations: (schema, signal) => pages(schema, whole.relations(schema, signal)),
    columns: (schema, names, signal) => guarded(nameOf(schema), whole.columns(schema, names, signal)),
    keys: (schema, names, signal) => guarded(nameOf(schema), whole.keys(schema, names, signal)),
    routines: (schema, signal) => pages(schema, whole.routines?.(schema, signal)),
    close: () => whole.close(),
  };
}
