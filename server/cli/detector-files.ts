import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { detectorPaths, detectorsSetting } from '../base/config-detectors.ts';
import type { GlobalOptions } from './composition.ts';

/**
 * The files of a user's own detectors for commands that need nothing else of a configuration: those named on the command
 * line, and those that `detectors` names in the configuration file, if there is one. Other members, and environment
 * variables that they ask for, are not looked at.
 */
export async function detectorFiles(
  named: string | undefined,
  { config }: Pick<GlobalOptions, 'config'>,
): Promise<readonly string[]> {
  const own = named === undefined ? [] : [resolve(named)];
  const file = config ?? 'lexline.yaml';
  if (config === undefined && !existsSync(file)) return own;
  const { readConfigFile } = await import('../base/config-file.ts');
  const text = readConfigFile(file, null);
  const { value } = text;
  const setting: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'detectors') : undefined;
  const parsed = detectorsSetting.safeParse(setting);
  if (!parsed.success) throw text.fail([{ path: ['detectors'], message: 'name a file, a folder or a list of them' }]);
  return [...own, ...detectorPaths(parsed.data).map((path) => resolve(dirname(resolve(file)), path))];
}
