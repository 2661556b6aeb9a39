import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { detectorsPage } from '../../../scripts/detector-docs.ts';

it('docs/detectors.md is what the detectors say of themselves (node scripts/detector-docs.ts)', () => {
  const page = readFileSync(new URL('../../../docs/detectors.md', import.meta.url), 'utf8');
  expect(page).toBe(detectorsPage());
});
