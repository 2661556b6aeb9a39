import { z } from 'zod';

/** Where people's own detectors, allow-lists and tuning are kept. */
export const detectorsSetting = z
  .union([z.string().min(1), z.array(z.string().min(1))])
  .optional()
  .describe('Your own detectors, allow-lists and tuning: a YAML file, a folder of them, or a list of both.');

/** The setting as a list of paths. */
export function detectorPaths(setting: string | readonly string[] | undefined): readonly string[] {
  return typeof setting === 'string' ? [setting] : (setting ?? []);
}
