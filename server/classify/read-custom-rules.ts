import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LexlineError } from '../base/errors.ts';
import { readFailure } from '../base/file-failure.ts';
import { suggest } from '../base/nearest.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { parseCustomRules } from './custom-detectors.ts';
import { mergeRules, type CustomRules } from './custom-rules.ts';

const maxBytes = 4 * 1024 * 1024;

/**
 * Reads the files of a user's detectors, allow-lists and tuning; of a folder every `.yml` and `.yaml` below it. Null where
 * no path is given. Fails with CONFIG_INVALID, naming file and line of all mistakes of all files, when a file cannot be read or does not
 * hold, when two files define the same detector, and when one is silenced that none defines.
 */
export function readCustomRules(paths: readonly string[], taxonomy: Taxonomy): CustomRules | null {
  if (paths.length === 0) return null;
  const files = paths.flatMap((path) => filesOf(path));
  const parts: { readonly file: string; readonly rules: CustomRules }[] = [];
  const failures: LexlineError[] = [];
  for (const file of files)
    try {
      parts.push({ file, rules: parseCustomRules(readText(file), shown(file), taxonomy) });
    } catch (error) {
      failures.push(asRefusal(file, error));
    }
  // What one file says of detectors of another can be told only when all of them are read.
  if (failures.length === 0) failures.push(...acrossFiles(parts));
  const [first, ...rest] = failures;
  if (first === undefined) return mergeRules(parts.map(({ rules }) => rules));
  if (rest.length === 0) throw first;
  throw new LexlineError('CONFIG_INVALID', failures.map(({ message }) => message).join('\n'));
}

/** One id in two files, and own detectors that no file defines. */
function acrossFiles(parts: readonly { readonly file: string; readonly rules: CustomRules }[]): LexlineError[] {
  const failures: LexlineError[] = [];
  const owners = new Map<string, string>();
  for (const { file, rules } of parts)
    for (const id of new Set([...rules.detectors, ...rules.names].map((one) => one.id))) {
      const owner = owners.get(id);
      if (owner !== undefined) failures.push(refused(`${shown(file)}: ${id} is defined in ${shown(owner)} too`));
      owners.set(id, owner ?? file);
    }
  for (const { file, rules } of parts)
    for (const id of new Set(rules.tune.flatMap(({ disable }) => disable)))
      if (id.startsWith('custom-') && !owners.has(id))
        failures.push(refused(`${shown(file)}: there is no detector ${id}; ${suggest(id, [...owners.keys()])}`));
  return failures;
}

function filesOf(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => /\.ya?ml$/iu.test(name) && !/(^|[\\/])\./u.test(name)).sort();
    if (files.length === 0) throw refused(`${shown(path)} holds no .yml or .yaml file`);
    return files.map((name) => join(path, name));
  } catch (error) {
    throw asRefusal(path, error);
  }
}

function readText(file: string): string {
  try {
    if (statSync(file).size > maxBytes) throw refused(`${shown(file)} is larger than ${maxBytes} bytes`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw asRefusal(file, error);
  }
}

function asRefusal(path: string, error: unknown): LexlineError {
  if (error instanceof LexlineError) return error;
  return new LexlineError('CONFIG_INVALID', `[detectors] ${shown(path)} cannot be read: ${readFailure(error).why}`, {
    cause: error,
    remedy: 'name a file or folder that is there under "detectors" in lexline.yaml',
  });
}

function refused(why: string): LexlineError {
  return new LexlineError('CONFIG_INVALID', `[detectors] ${why}`);
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path;
}
