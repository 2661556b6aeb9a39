import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { stringify } from 'yaml';
import { parseConfig, type Config, type ConfigOptions } from '../base/config.ts';
import { parseConfigText, readConfigFile } from '../base/config-file.ts';

/**
 * The configuration as if it had only these members: for a command that needs no other and must not fail because of them,
 * or of environment variables that they ask for. Without a file: what holds by default. Fails with CONFIG_INVALID.
 */
export async function configPart(
  { file, isNamed }: { readonly file: string; readonly isNamed: boolean },
  members: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  options: ConfigOptions,
): Promise<Config> {
  if (!isNamed && !existsSync(file)) return parseConfig({}, process.cwd(), options);
  const { value } = readConfigFile(file, null);
  const kept =
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).filter(([name]) => members.includes(name)))
      : {};
  return parseConfig(parseConfigText(stringify(kept), file, env).value, dirname(resolve(file)), options);
}
