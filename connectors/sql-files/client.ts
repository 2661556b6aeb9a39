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

/** What lies at a path. */
export interface Listed {
  /** Files of SQL, by name in code unit order. */
  readonly names: readonly string[];
  /** Folders below it that could not be looked into. */
  readonly closed: readonly string[];
}

/** The files of a folder (or the one file). Links to folders are not followed. Fails with ARTEFACT_INVALID when there are none. */
export async function listFiles(source: string, path: string, signal: AbortSignal): Promise<Listed> {
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw new LexlineError(
      'ARTEFACT_INVALID',
      `[connectors/sql-files] source "${source}": there is nothing at ${path}`,
      { remedy: 'name the folder or file with "path", from the folder of lexline.yaml on' },
    );
  if (found.isFile()) return { names: [basename(path)], closed: [] };
  const names: string[] = [];
  const closed: string[] = [];
  await walk(path, '', { names, closed }, signal);
  if (closed.includes(''))
    throw new LexlineError('ARTEFACT_INVALID', `[connectors/sql-files] source "${source}": ${path} cannot be read`, {
      remedy: 'give the user that runs Lexline the right to list it',
    });
  if (names.length > maxFiles)
    throw new LexlineError(
      'ARTEFACT_TOO_LARGE',
      `[connectors/sql-files] source "${source}": more than ${maxFiles} SQL files under ${path}: name a smaller folder`,
    );
  if (names.length === 0 && closed.length === 0)
    throw new LexlineError(
      'ARTEFACT_INVALID',
      `[connectors/sql-files] source "${source}": no file that ends in .sql or .ddl under ${path}`,
      { remedy: 'put files of SQL there, or name another folder with "path"' },
    );
  return { names: names.sort(), closed: closed.sort() };
}

async function walk(
  folder: string,
  prefix: string,
  found: { readonly names: string[]; readonly closed: string[] },
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) found.closed.push(prefix.slice(0, -1));
  for (const entry of entries ?? []) {
    if (found.names.length > maxFiles) return;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) await walk(join(folder, entry.name), `${prefix}${entry.name}/`, found, signal);
    else if (endings.test(entry.name)) found.names.push(`${prefix}${entry.name}`);
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
