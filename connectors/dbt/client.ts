import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LexlineError } from '../../server/base/errors.ts';
import { parseJson } from '../../server/base/parse-json.ts';
import { findCompiled } from './compiled.ts';
import type { DbtConfig } from './config.ts';
import { parseCatalog, parseManifest, parseRunResults, parseSources } from './parse.ts';
import type { Catalog, Freshness, Manifest, RunResults } from './parse.ts';

/** What a run of dbt left behind, each with a digest of its bytes. */
export interface Artefacts {
  readonly manifest: Manifest;
  readonly catalog: Catalog | null;
  readonly runResults: RunResults | null;
  readonly sources: Freshness | null;
  /** Nodes whose SQL is that of an earlier compile, for want of any in the manifest. */
  readonly earlierSql: ReadonlySet<string>;
  /** Of the files that documents are made of: manifest, catalog, and compiled files where they stand in. */
  readonly documentsDigest: string;
  /** Of the files that observations are made of. */
  readonly observationsDigest: string;
}

interface Artefact<T> {
  readonly value: T;
  readonly digest: string;
}

/** Reads and parses the files of one target. Fails with ARTEFACT_INVALID, ARTEFACT_TOO_LARGE or ARTEFACT_VERSION. */
export async function readArtefacts(source: string, config: DbtConfig, signal: AbortSignal): Promise<Artefacts> {
  const files = await locate(source, config);
  const read = <T>(path: string, parse: (json: unknown, what: string) => T) =>
    readArtefact(source, path, config.maxBytes, parse, signal);
  const manifest = await read(files.manifest, parseManifest);
  if (manifest === null) throw missing(source, files.manifest);
  const catalog = await read(files.catalog, parseCatalog);
  const runResults = await read(files.runResults, parseRunResults);
  const sources = await read(files.sources, parseSources);
  for (const [name, found] of [
    ['catalog', catalog],
    ['runResults', runResults],
    ['sources', sources],
  ] as const) {
    const asked = config[name];
    if (asked !== undefined && found === null) throw missing(source, asked);
  }
  const found = await findCompiled(manifest.value.nodes, dirname(files.manifest), config.maxBytes, signal);
  return {
    manifest: { ...manifest.value, nodes: found.nodes },
    earlierSql: found.ids,
    catalog: catalog?.value ?? null,
    runResults: runResults?.value ?? null,
    sources: sources?.value ?? null,
    documentsDigest: `${manifest.digest}.${catalog?.digest ?? ''}.${found.digest}`,
    observationsDigest: `${runResults?.digest ?? ''}.${sources?.digest ?? ''}`,
  };
}

interface Files {
  readonly manifest: string;
  readonly catalog: string;
  readonly runResults: string;
  readonly sources: string;
}

async function locate(source: string, config: DbtConfig): Promise<Files> {
  const target = config.target ?? config.manifest ?? '';
  const folder = config.manifest === undefined ? await targetFolder(target) : join(config.manifest, '..');
  const file = (asked: string | undefined, name: string) => asked ?? join(folder, name);
  const isFile = config.target !== undefined && basename(target).endsWith('.json');
  if (isFile && !(await exists(target))) throw missing(source, target);
  return {
    manifest: config.manifest ?? (isFile ? target : join(folder, 'manifest.json')),
    catalog: file(config.catalog, 'catalog.json'),
    runResults: file(config.runResults, 'run_results.json'),
    sources: file(config.sources, 'sources.json'),
  };
}

/** The folder itself, its `target` when it is the project's, or the folder of a manifest given by its file name. */
async function targetFolder(target: string): Promise<string> {
  if (basename(target).endsWith('.json')) return join(target, '..');
  if (!(await exists(join(target, 'manifest.json'))) && (await exists(join(target, 'target', 'manifest.json'))))
    return join(target, 'target');
  return target;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Null when there is no such file. */
async function readArtefact<T>(
  source: string,
  path: string,
  maxBytes: number,
  parse: (json: unknown, what: string) => T,
  signal: AbortSignal,
): Promise<Artefact<T> | null> {
  const what = `[connectors/dbt] source "${source}": ${path}`;
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
  if (size === null) return null;
  if (size > maxBytes)
    throw new LexlineError('ARTEFACT_TOO_LARGE', `${what}: ${size} bytes, the limit is ${maxBytes}`, {
      remedy: `if it really is dbt's, set "maxBytes: ${size}" or more on the source`,
    });
  let bytes: Buffer;
  try {
    bytes = await readFile(path, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new LexlineError('ARTEFACT_INVALID', `${what}: the file cannot be read`, { cause: error });
  }
  const value = parse(parseJson(decode(bytes, what), what, maxBytes), what);
  return { value, digest: createHash('sha256').update(bytes).digest('hex').slice(0, 32) };
}

function decode(bytes: Buffer, what: string): string {
  if (bytes.includes(0))
    throw new LexlineError('ARTEFACT_INVALID', `${what}: a binary file, or one in UTF-16; dbt writes JSON in UTF-8`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new LexlineError('ARTEFACT_INVALID', `${what}: not UTF-8 text; dbt writes JSON in UTF-8`);
  }
}

function missing(source: string, path: string): LexlineError {
  return new LexlineError('ARTEFACT_INVALID', `[connectors/dbt] source "${source}": there is no file ${path}`, {
    remedy: 'run "dbt compile" (and "dbt docs generate" for column types) in the project, then sync again',
  });
}
