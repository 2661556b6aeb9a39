import { readFileSync } from 'node:fs';
import { dataFile } from './data-files.ts';
import { parseJson } from './parse-json.ts';

/** The release that runs, as package.json says it. */
export function productVersion(): string {
  const manifest = parseJson(readFileSync(dataFile('package.json'), 'utf8'), 'package.json');
  return manifest !== null && typeof manifest === 'object' && 'version' in manifest
    ? String(manifest.version)
    : '0.0.0';
}
