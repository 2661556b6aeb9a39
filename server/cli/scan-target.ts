import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { LexlineError } from '../base/errors.ts';
import { isNotThere, readFailure } from '../base/file-failure.ts';
import { suggest } from '../base/nearest.ts';
import { dialectNames, findDialect } from '../sql/dialect/dialects.ts';

/** What a scan was pointed at, as the one source of a made-up configuration. */
export interface ScanTarget {
  /** Words for the page: `dbt target`, `folder of SQL`, `SQL file`. */
  readonly kind: string;
  /** The last parts of the path: enough to know it by, nothing of the machine. */
  readonly shown: string;
  readonly connector: 'dbt' | 'sql-files';
  readonly settings: Readonly<Record<string, string>>;
}

/** Folders looked into below the one given, before it is called a folder without SQL. */
const mostFolders = 2000;

/**
 * Tells what lies at a path: dbt's target folder (or the project around it, or the manifest itself), a folder with SQL files
 * in it, or one SQL or DDL file. Fails with INPUT_INVALID, saying what was looked for, when it is none of these, cannot be
 * looked at, or when nobody knows the dialect.
 */
export async function findScanTarget(path: string, dialect: string | undefined): Promise<ScanTarget> {
  const place = resolve(path);
  const shown = basename(place) === 'target' ? place.split(/[\\/]/).slice(-2).join('/') : basename(place);
  if (dialect !== undefined && findDialect(dialect) === null)
    throw refused(`no dialect "${dialect}" is known`, `--dialect: ${suggest(dialect, dialectNames)}`);
  const found = await stat(place).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const sql = (kind: string): ScanTarget => ({
    kind,
    shown,
    connector: 'sql-files',
    settings: { path: place, ...(dialect === undefined ? {} : { dialect }) },
  });
  const dbt = (kind: string): ScanTarget => ({ kind, shown, connector: 'dbt', settings: { target: place } });
  if (found.isFile()) {
    if (/\.json$/i.test(place)) return dbt('dbt manifest');
    if (/\.(sql|ddl)$/i.test(place)) return sql('SQL file');
    throw refused(`${path} is neither a dbt manifest nor a file that ends in .sql or .ddl`, usage);
  }
  if (!found.isDirectory()) throw refused(`${path} is neither a folder nor a file`, usage);
  if (await isFile(join(place, 'manifest.json'))) return dbt('dbt target');
  if (await isFile(join(place, 'target', 'manifest.json'))) return dbt('dbt project');
  if (await isFile(join(place, 'dbt_project.yml')))
    throw refused(
      `${path} is a dbt project without target/manifest.json`,
      'dbt compile   (or dbt docs generate), then scan again',
    );
  if (await holdsSql(place)) return sql('folder of SQL');
  throw refused(`${path} holds no manifest.json of dbt and no file that ends in .sql or .ddl`, usage);
}

const usage =
  'lexline scan ./target        a dbt target folder, after dbt compile\nlexline scan ./sql           a folder of SQL or DDL files\nlexline scan ./schema.sql    one file';

function unreadable(path: string, error: unknown): LexlineError {
  const { why, remedy } = readFailure(error);
  return refused(isNotThere(error) ? `there is nothing at ${path}` : `${path} cannot be read: ${why}`, remedy);
}

function refused(message: string, remedy: string): LexlineError {
  return new LexlineError('INPUT_INVALID', `[scan] ${message}`, { remedy });
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}

/**
 * Breadth first and bounded, so that a home folder given by mistake is refused soon. Hidden folders are left out. A folder that
 * cannot be looked into may hold some: the one that was named is refused, of others the read says so.
 */
async function holdsSql(folder: string): Promise<boolean> {
  await readdir(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const waiting = [folder];
  for (let looked = 0; looked < mostFolders; looked++) {
    const next = waiting.shift();
    if (next === undefined) return false;
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      if (entry.isFile() && /\.(sql|ddl)$/i.test(entry.name)) return true;
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        waiting.push(join(next, entry.name));
    }
  }
  return false;
}
