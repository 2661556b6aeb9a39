import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const above = tmpdir();
let folder = '';

/** All temporary files of a run lie in one folder, which goes with it, also when a test dies before it clears up. */
export function setup(): void {
  folder = mkdtempSync(join(above, 'lexline-test-'));
  // Database servers that tests start run as users of their own, and must get to their folders within.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
}

export function teardown(): void {
  process.env['TMPDIR'] = above;
  rmSync(folder, { recursive: true, force: true });
}
