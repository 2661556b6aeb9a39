import type { Readable } from 'node:stream';
import type { Json } from '../model/json.ts';
import { isLexlineError, messageOf, type ErrorCode } from '../base/errors.ts';
import { redactText } from '../base/redact.ts';
import type { CommandIo } from './command-io.ts';

/** Longest input line taken: 64 MiB. A longer one is answered with an error and skipped. */
const maxLineBytes = 64 * 1024 * 1024;

/** A JSON object of one input line. */
export type JsonRow = Readonly<Record<string, unknown>>;

type Line = { readonly text: string } | { readonly tooLong: true };

/**
 * Reads JSON Lines on standard input and writes one line per input line, in order, each as soon as it and those before it
 * are answered. A bad line, or an `answer` that throws, becomes `{id, error: {code, message}}` and the rest goes on.
 * `concurrency` rows are worked on at once (default 1).
 */
export async function answerJsonLines(options: {
  readonly io: CommandIo;
  readonly signal: AbortSignal;
  readonly concurrency?: number;
  readonly answer: (row: JsonRow) => Promise<Readonly<Record<string, unknown>>>;
}): Promise<void> {
  const { io, signal, concurrency = 1, answer } = options;
  const written: Promise<void>[] = [];
  let before: Promise<void> = Promise.resolve();
  for await (const line of linesOf(io.stdin)) {
    signal.throwIfAborted();
    before = writeAfter(before, answerLine(line, answer, signal), io);
    // A failure is met where the line is waited for; until then it must not count as unhandled.
    before.catch(() => {});
    written.push(before);
    if (written.length >= concurrency) await written.shift();
  }
  await before;
}

/** Writes an answer once it is there and everything before it was written, whether or not more input comes. */
async function writeAfter(before: Promise<void>, answer: Promise<string>, io: CommandIo): Promise<void> {
  const text = await answer;
  await before;
  await io.out(text);
}

async function answerLine(
  line: Line,
  answer: (row: JsonRow) => Promise<Readonly<Record<string, unknown>>>,
  signal: AbortSignal,
): Promise<string> {
  if ('tooLong' in line) return errorLine(null, 'INPUT_INVALID', `the line is longer than ${maxLineBytes} bytes`);
  let row: unknown;
  try {
    row = JSON.parse(line.text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    return errorLine(null, 'INPUT_INVALID', 'the line is not valid JSON');
  }
  if (row === null || typeof row !== 'object' || Array.isArray(row))
    return errorLine(null, 'INPUT_INVALID', 'the line is not a JSON object');
  const members: JsonRow = { ...row };
  const { id: given } = members;
  const id = typeof given === 'string' || typeof given === 'number' ? given : null;
  try {
    return `${JSON.stringify(await answer(members))}\n`;
  } catch (error) {
    signal.throwIfAborted();
    return errorLine(id, isLexlineError(error) ? error.code : 'INTERNAL', redactText(messageOf(error)));
  }
}

function errorLine(id: Json, code: ErrorCode, message: string): string {
  return `${JSON.stringify({ id, error: { code, message } })}\n`;
}

/** Splits at line feeds only: a JSON string may hold U+2028 or a lone carriage return. */
async function* linesOf(stream: Readable): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8');
  let parts: Buffer[] = [];
  let size = 0;
  const take = (): Line => {
    const line = size > maxLineBytes ? ({ tooLong: true } as const) : { text: decoder.decode(Buffer.concat(parts)) };
    parts = [];
    size = 0;
    return line;
  };
  const keep = (part: Buffer): void => {
    size += part.length;
    if (size > maxLineBytes) parts = [];
    else parts.push(part);
  };
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    let rest = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      keep(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      yield take();
    }
    if (rest.length > 0) keep(rest);
  }
  if (size > 0) yield take();
}
