import { relative } from 'node:path';
import { dataFile } from '../base/data-files.ts';
import { isLexlineError, LexlineError, messageOf, type ErrorCode } from '../base/errors.ts';
import { redactText } from '../base/redact.ts';
import type { ExitStatus } from './command.ts';
import { OutputClosed, type CommandIo } from './command-io.ts';

/** Codes of mistakes that are found before anything is written anywhere. */
const beforeAnything =
  /^(ASOF|CONFIG|INPUT|NODE|NOT_FOUND|OUTPUT|PORT|QUERY|SIGN_IN|SQL|STORE_NEWER|STORE_UNAVAILABLE)/;

/**
 * Shows an error on standard error: what happened, what to do, what was not changed, where to read on. Returns the exit
 * status, always 2, except when the reader of the output went away: that is nobody's mistake.
 */
export function showError(
  error: unknown,
  host: { readonly io: CommandIo; readonly signal: AbortSignal },
  json: boolean,
): ExitStatus {
  if (error instanceof OutputClosed) return 0;
  const known = host.signal.aborted ? interrupted() : asKnown(error);
  const message = redactText(known.message);
  const unchanged = unchangedBy(known.code);
  if (json) {
    host.io.err(`${JSON.stringify({ error: { code: known.code, message, remedy: known.remedy, unchanged } })}\n`);
    return 2;
  }
  const lines = [`lexline: [${known.code}] ${message}`];
  if (known.remedy !== null) lines.push(`  what to do: ${redactText(known.remedy).replaceAll('\n', '\n    ')}`);
  lines.push(`  not changed: ${unchanged}`, `  more: ${pageOf(known.code)}`);
  host.io.err(`${lines.join('\n')}\n`);
  return 2;
}

function interrupted(): LexlineError {
  return new LexlineError('CANCELLED', '[cli] stopped on request', {
    remedy: 'run the same command again: what was read is kept, a sync goes on where it was stopped',
  });
}

function asKnown(error: unknown): {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string | null;
} {
  if (isLexlineError(error)) return { code: error.code, message: error.message, remedy: error.remedy ?? null };
  return {
    code: 'INTERNAL',
    message: `[cli] ${messageOf(error)}`,
    remedy: 'report this with the command you ran; LEXLINE_LOG=debug shows where it happened',
  };
}

/** What certainly did not change. */
export function unchangedBy(code: ErrorCode): string {
  if (code === 'STORE_CORRUPT') return 'nothing was repaired or thrown away, the damaged file is as it was';
  return beforeAnything.test(code)
    ? 'nothing was written'
    : 'the graph and the ledger stand as of the last whole revision';
}

/** The documentation page of a code, as a path to open. */
function pageOf(code: ErrorCode): string {
  const page = `docs/errors/${code}.md`;
  try {
    const path = dataFile(page);
    const near = relative(process.cwd(), path);
    return near.startsWith('..') ? path : near;
  } catch {
    return page;
  }
}
