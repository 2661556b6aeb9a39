import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { LexlineError, messageOf } from '../../base/errors.ts';

/**
 * One YAML file, checked. `uniqueKeys`: whether a member may stand there twice is looked at; our own files have none. Fails
 * with CONFIG_INVALID, naming the file and what is wrong in it.
 */
export function readYaml<T>(
  file: string,
  schema: z.ZodType<T>,
  { uniqueKeys }: { readonly uniqueKeys: boolean } = { uniqueKeys: false },
): { readonly data: T; readonly text: string } {
  let text: string;
  let value: unknown;
  try {
    text = readFileSync(file, 'utf8');
    // No lines are counted for error messages, which halves the time of a start.
    value = parse(text, { prettyErrors: false, uniqueKeys });
  } catch (error) {
    throw new LexlineError('CONFIG_INVALID', `[rulebook] ${file}: ${messageOf(error)}`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { data: parsed.data, text };
  throw new LexlineError('CONFIG_INVALID', `[rulebook] ${file}: ${z.prettifyError(parsed.error)}`);
}

/** The YAML files of a folder, in the order of their names. */
export function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => join(folder, name));
}

/** A list written with commas; `?` after an entry: only half as telling. */
export function readList(list: string): readonly { readonly phrase: string; readonly isWeak: boolean }[] {
  return list.split(',').flatMap((raw) => {
    const phrase = raw.trim();
    if (phrase === '') return [];
    return [phrase.endsWith('?') ? { phrase: phrase.slice(0, -1), isWeak: true } : { phrase, isWeak: false }];
  });
}
