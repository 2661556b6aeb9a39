import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, matchesGlob, relative, sep } from 'node:path';
import { createGunzip } from 'node:zlib';
import { LexlineError } from '../../server/base/errors.ts';

const endings = /\.(?:ndjson|jsonl|json)(?:\.gz)?$/iu;
const packed = /\.gz$/iu;
/** A file of more than one value that is no list of lines. */
const whole = /\.json(?:\.gz)?$/iu;
/** More files than this is a wrong folder. */
const maxFiles = 20_000;
/** Bytes at the head of a file by which it is recognised. */
const headBytes = 1024;

/** How far a file was read. A file whose head changed or that became shorter is another one. */
export interface FilePlace {
  readonly head: string;
  /** Bytes of complete lines that were read; of a packed file or a `.json`, its size. */
  readonly read: number;
  /** It broke off while it was read: it is read again once it is another one. */
  readonly broken?: boolean | undefined;
}

/** A file cannot be read to its end: a packed one that is cut off, or a disk that fails. */
export class BrokenFile extends Error {}

export interface EventFile {
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

/** One line of a file, or the whole of a `.json`. */
export interface FileLine {
  readonly text: string;
  /** Where it begins. */
  readonly offset: number;
  /** Where the next begins. */
  readonly next: number;
  /** The last line of a file may be still being written: no line end followed it. */
  readonly ended: boolean;
}

/** The files that a path names, by name in code unit order. Fails with ARTEFACT_INVALID or ARTEFACT_TOO_LARGE. */
export async function listEventFiles(source: string, path: string, signal: AbortSignal): Promise<readonly EventFile[]> {
  const found = await stat(path).catch(() => null);
  const name = `[connectors/openlineage] source "${source}"`;
  if (found?.isFile() === true) return [{ name: basename(path), path, size: found.size }];
  const isPattern = found === null && /[*?[{]/u.test(path);
  if (found === null && !isPattern)
    throw new LexlineError('ARTEFACT_INVALID', `${name}: there is nothing at ${path}`, {
      remedy: 'name the folder or file with "path", from the folder of lexline.yaml on',
    });
  const root = isPattern ? fixedPart(path) : path;
  const files: EventFile[] = [];
  await walk(root, signal, files, (file) => (isPattern ? matchesGlob(file, path) : endings.test(file)), root);
  if (files.length > maxFiles)
    throw new LexlineError('ARTEFACT_TOO_LARGE', `${name}: more than ${maxFiles} files: name a smaller folder`);
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The folder before the first part of a pattern that stands for several. */
function fixedPart(pattern: string): string {
  const parts = pattern.split(/[/\\]/u);
  const first = parts.findIndex((part) => /[*?[{]/u.test(part));
  return parts.slice(0, first).join(sep) || (pattern.startsWith('/') ? '/' : '.');
}

async function walk(
  folder: string,
  signal: AbortSignal,
  files: EventFile[],
  wanted: (file: string) => boolean,
  root: string,
): Promise<void> {
  signal.throwIfAborted();
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (files.length > maxFiles) return;
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(path, signal, files, wanted, root);
    else if (entry.isFile() && wanted(path)) {
      const found = await stat(path).catch(() => null);
      if (found !== null) files.push({ name: relative(root, path).split(sep).join('/'), path, size: found.size });
    }
  }
}

/** Digest of the first bytes of a file; null when it cannot be read. */
export async function headOf({ path }: EventFile): Promise<string | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const text = buffer.subarray(0, bytesRead);
    // Up to the first line end, so that a file that grows keeps its head.
    const end = text.indexOf(10);
    return createHash('sha256')
      .update(end === -1 ? text : text.subarray(0, end))
      .digest('hex')
      .slice(0, 16);
  } finally {
    await file.close();
  }
}

/** A file in which what was read once may still grow: lines, not packed. */
export function grows({ name }: EventFile): boolean {
  return !packed.test(name) && !whole.test(name);
}

/** The lines of a file from a place on. A line longer than `maxBytes` comes as an empty text. */
export async function* linesOf(file: EventFile, from: number, maxBytes: number): AsyncIterable<FileLine> {
  const handle = await open(file.path);
  try {
    const stream = handle.createReadStream({ start: grows(file) ? from : 0, autoClose: false });
    const bytes = packed.test(file.name) ? unpacked(stream) : stream;
    const limit = whole.test(file.name) ? maxBytes * 64 : maxBytes;
    yield* cut(bytes, grows(file) ? from : 0, limit, !whole.test(file.name));
  } finally {
    await handle.close();
  }
}

/** What is packed in a stream; an error of the stream is one of what comes out. */
function unpacked(stream: NodeJS.ReadableStream): AsyncIterable<unknown> {
  const gunzip = createGunzip();
  stream.on('error', (error: Error) => gunzip.destroy(error));
  return stream.pipe(gunzip);
}

/** Chunks as they come; what they break off with is a {@link BrokenFile}. */
async function* whileReadable(bytes: AsyncIterable<unknown>): AsyncIterable<unknown> {
  try {
    for await (const chunk of bytes) yield chunk;
  } catch (error) {
    throw new BrokenFile('the file breaks off', { cause: error });
  }
}

async function* cut(
  bytes: AsyncIterable<unknown>,
  from: number,
  limit: number,
  byLine: boolean,
): AsyncIterable<FileLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let offset = from;
  const take = (ended: boolean): FileLine => {
    const text = length > limit ? '' : Buffer.concat(parts).toString('utf8');
    const line = { text, offset, next: offset + length + (ended ? 1 : 0), ended };
    [parts, length, offset] = [[], 0, line.next];
    return line;
  };
  for await (const chunk of whileReadable(bytes)) {
    let rest = chunk as Buffer;
    for (let end = byLine ? rest.indexOf(10) : -1; end !== -1; end = rest.indexOf(10)) {
      if (length <= limit) parts.push(rest.subarray(0, end));
      length += end;
      yield take(true);
      rest = rest.subarray(end + 1);
    }
    if (length <= limit) parts.push(rest);
    length += rest.length;
  }
  if (length > 0) yield take(false);
}
