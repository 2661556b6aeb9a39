import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LexlineError } from '../base/errors.ts';
import { readFailure } from '../base/file-failure.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { parseCustomRules } from './custom-detectors.ts';
import { mergeRules, type CustomRules } from './custom-rules.ts';

const maxBytes = 4 * 1024 * 1024;

/**
 * Reads the files of a user's detectors, allow-lists and tuning; of a folder every `.yml` and `.yaml` below it. Null where
 * no path is given. Fails with CONFIG_INVALID, naming file and line, when a file cannot be read or does not hold, and when
 * two files define the same detector.
 */
export function readCustomRules(paths: readonly string[], taxonomy: Taxonomy): CustomRules | null {
  if (paths.length === 0) return null;
  const files = paths.flatMap((path) => filesOf(path));
  const parts = files.map((file) => ({ file, rules: parseCustomRules(readText(file), shown(file), taxonomy) }));
  const owners = new Map<string, string>();
  for (const { file, rules } of parts)
    for (const { id } of [...rules.detectors, ...rules.names]) {
      const owner = owners.get(id) ?? file;
      if (owner !== file) throw refused(`${shown(file)}: ${id} is defined in ${shown(owner)} too`);
      owners.set(id, owner);
    }
  return mergeRules(parts.map(({ rules }) => rules));
}

function filesOf(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => /\.ya?ml$/iu.test(name) && !/(^|[\\/])\./u.test(name)).sort();
    if (files.length === 0) throw refused(`${shown(path)} holds no .yml or .yaml file`);
    return files.map((name) => join(path, name));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function readText(file: string): string {
  try {
    if (statSync(file).size > maxBytes) throw refused(`${shown(file)} is larger than ${maxBytes} bytes`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(path: string, error: unknown): LexlineError {
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
