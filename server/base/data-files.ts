import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LexlineError } from './errors.ts';

/**
 * Files and folders that are read while Lexline runs and are not code. `tsc` copies none of them: package.json ships exactly
 * these beside the built code, and a test holds the two lists together.
 */
export const shippedData = ['regulations', 'schema', 'docs/errors', 'web/dist'] as const;

/** From this file to the root of a checkout (`server/base/`), and of a built package (`dist/server/base/`). */
const roots = ['../../', '../../../'];

/**
 * The absolute path of a data file or folder that ships with Lexline, given from the root: `regulations/taxonomy`,
 * `schema/lexline.json`. Works from a checkout and from a built package. Fails with INTERNAL when the installation lacks it.
 */
export function dataFile(path: string): string {
  for (const root of roots) {
    const found = fileURLToPath(new URL(`${root}${path}`, import.meta.url));
    if (existsSync(found)) return found;
  }
  throw new LexlineError('INTERNAL', `[base] the installation lacks ${path}`, { remedy: 'install Lexline again' });
}
