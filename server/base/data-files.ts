import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LexlineError } from './errors.ts';

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
