import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LexlineError } from '../../server/base/errors.ts';

/** One file of SQL, or why it could not be read. */
export interface SqlFile {
  /** Relative to the folder, with `/` between the parts. */
  readonly name: string;
  readonly text: string | null;
  readonly digest: string;
  readonly problem: string | null;
}

const endings = /\.(sql|ddl)$/i;
/** More files than this is a wrong folder. */
const maxFiles = 50_000;

/** The files of a folder (or the one file), by name in code unit order. Links to folders are not followed. Fails with ARTEFACT_INVALID when there are none. */
export async function listFiles(source: string, path: string, signal: AbortSignal): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw new LexlineError(
      'ARTEFACT_INVALID',
      `[connectors/sql-files] source "${source}": there is nothing at ${path}`,
    );
  if (found.isFile()) return [basename(path)];
  const names: string[] = [];
  await walk(path, '', names, signal);
  if (names.length > maxFiles)
    throw new LexlineError(
      'ARTEFACT_TOO_LARGE',
      `[connectors/sql-files] source "${source}": more than ${maxFiles} SQL files under ${path}: name a smaller folder`,
    );
  if (names.length === 0)
    throw new LexlineError(
      'ARTEFACT_INVALID',
      `[connectors/sql-files] source "${source}": no file that ends in .sql or .ddl under ${path}`,
    );
  return names.sort();
}

async function walk(folder: string, prefix: string, names: string[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (names.length > maxFiles) return;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) await walk(join(folder, entry.name), `${prefix}${entry.name}/`, names, signal);
    else if (endings.test(entry.name)) names.push(`${prefix}${entry.name}`);
  }
}

/** Reads one file. A file that is no SQL text is a problem of that file, not an error. */
export async function readSqlFile(path: string, name: string, maxBytes: number): Promise<SqlFile> {
  const found = await stat(path).catch(() => null);
  const file = found?.isFile() === true ? path : join(path, ...name.split('/'));
  const failed = (problem: string): SqlFile => ({ name, text: null, digest: problem, problem });
  const size = await stat(file).then(
    (it) => it.size,
    () => null,
  );
  if (size === null) return failed('the file cannot be read');
  if (size > maxBytes) return failed(`${size} bytes, the limit is ${maxBytes}`);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return failed('the file cannot be read');
  const text = decode(bytes);
  if (text === null) return failed('not a text in UTF-8 or UTF-16');
  return { name, text, digest: createHash('sha256').update(bytes).digest('hex').slice(0, 32), problem: null };
}

function decode(bytes: Buffer): string | null {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  if (encoding === 'utf-8' && bytes.includes(0)) return null;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
