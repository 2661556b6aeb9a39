import { setTimeout as sleep } from 'node:timers/promises';
import { isLexlineError } from '../base/errors.ts';
import type { Query } from '../query/query.ts';

/** How often the newest revision is asked for. Another process may publish it, so nobody can tell us. */
const everyMs = 1000;

type Revision = Awaited<ReturnType<Query['at']>>;

/** The newest revision and then each newer one, until the signal ends it. Before the first publish it waits. */
export async function* followRevisions(query: Pick<Query, 'at'>, signal: AbortSignal): AsyncGenerator<Revision, void> {
  let last = 0;
  while (!signal.aborted) {
    const newest = await newestOf(query);
    if (newest !== null && newest.n > last) {
      last = newest.n;
      yield newest;
    }
    try {
      await sleep(everyMs, undefined, { signal, ref: false });
    } catch {
      return;
    }
  }
}

async function newestOf(query: Pick<Query, 'at'>): Promise<Revision | null> {
  try {
    return await query.at();
  } catch (error) {
    if (isLexlineError(error) && error.code === 'ASOF_BEFORE_FIRST_REVISION') return null;
    throw error;
  }
}
