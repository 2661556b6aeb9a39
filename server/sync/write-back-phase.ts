import { instant } from '../base/clock.ts';
import { isLexlineError } from '../base/errors.ts';
import { scrubText } from '../ingest/scrub-text.ts';
import { isOutsideHipaa } from '../model/arrived-classes.ts';
import { digestOf } from '../model/json.ts';
import { createChangeBook } from '../writeback/change-book.ts';
import type { WriteBackSummary } from '../writeback/write-back.ts';
import { writeAfterSync } from '../writeback/write-after-sync.ts';
import type { Run } from './run.ts';

/** What the last planning was made from. Nothing is planned again while all of it stands and nothing was left to write. */
const kind = 'write-back-planned';

/**
 * Brings tags back to the source at the end of its sync, where its settings say so. A source that refuses or fails here
 * makes a gap: what was read and judged stands.
 */
export async function writeBackPhase(run: Run): Promise<WriteBackSummary | null> {
  const { context, source, connection, signal } = run;
  const { writeBack } = source;
  if (writeBack === undefined || writeBack.mode === 'off') return null;
  if (connection.write === undefined) {
    run.addGaps([refusal(source.name, 'unsupported', `its connector ${source.connectorName} cannot write`)], null);
    return null;
  }
  const { graph, ledger, state } = context.stores;
  const n = (await graph.head()).published;
  if (n === 0) return null;
  const digest = digestOf([n, writeBack, source.tagMap ?? {}]);
  const before = await state.get(kind, source.name);
  if (isPlanned(before, digest, instant(context.clock))) return before.summary;
  try {
    const summary = await writeAfterSync({
      graph,
      n,
      state,
      ledger,
      book: createChangeBook(state),
      source: { name: source.name, tagMap: source.tagMap ?? {}, writeBack },
      writer: connection.write,
      classesOf: (category) => context.taxonomy.classesOf(category),
      isOutside: (of) => isOutsideHipaa(of, (name) => context.sources.get(name)?.applies),
      actor: run.request.actor,
      at: instant(context.clock),
      signal,
    });
    if (summary === null) return null;
    if (summary.stopped !== null) run.addGaps([refusal(source.name, 'source-failed', summary.stopped)], null);
    const isOver = summary.stopped === null && summary.leftOver === 0;
    const standing: WriteBackSummary = { ...summary, written: 0, failed: 0, refused: summary.refused + summary.failed };
    if (isOver) await state.put(kind, source.name, { digest, summary: { ...standing } });
    else await state.remove(kind, source.name);
    return summary;
  } catch (error) {
    signal.throwIfAborted();
    if (!isLexlineError(error)) throw error;
    run.addGaps([refusal(source.name, 'source-failed', scrubText(error.message))], null);
    return null;
  }
}

function isPlanned(
  body: unknown,
  digest: string,
  now: string,
): body is { readonly digest: string; readonly summary: WriteBackSummary } {
  if (typeof body !== 'object' || body === null || Reflect.get(body, 'digest') !== digest) return false;
  const summary: unknown = Reflect.get(body, 'summary');
  const retryAt: unknown = typeof summary === 'object' && summary !== null ? Reflect.get(summary, 'retryAt') : null;
  return typeof retryAt !== 'string' || now < retryAt;
}

function refusal(source: string, reason: 'source-failed' | 'unsupported', detail: string) {
  return {
    what: `tags of ${source}`,
    reason,
    detail: `not all tags were written back: ${detail}`,
    remedy: `lexline write-back ${source}`,
  } as const;
}
