import { existsSync } from 'node:fs';
import type { CommandContext } from './command.ts';
import type { LineModel } from './composition.ts';

/**
 * The model that `lexline classify` may ask; null where the configuration names none. A configuration without `llm` is not
 * read further: the command needs nothing of it.
 */
export async function openLineModel(
  { compose, global }: Pick<CommandContext, 'compose' | 'global'>,
  endpoint: string | undefined,
): Promise<LineModel | null> {
  const file = global.config ?? 'lexline.yaml';
  if (global.config === undefined && !existsSync(file)) return null;
  const { readConfigFile } = await import('../base/config-file.ts');
  const { value } = readConfigFile(file, null);
  if (typeof value !== 'object' || value === null || Reflect.get(value, 'llm') === undefined) return null;
  return compose.lineModel(endpoint);
}
