import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { composition, rooms, type Room } from './architecture/rooms.ts';
import { cruiseHouse } from './architecture/rules.ts';
import { longFiles } from './architecture/long-files.ts';
import { errorCodes } from '../server/base/errors.ts';

const root = join(import.meta.dirname, '..');

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.includes('node_modules'))
    .map((name) => join(folder, name).replaceAll('\\', '/'));
}

describe('the house', () => {
  it('has imports that run downhill only, without a cycle, and every file was read', async () => {
    const sources = [...filesUnder('server', '.ts'), ...filesUnder('connectors', '.ts')];
    const { read, violations } = await cruiseHouse(root);
    expect(sources.length).toBeGreaterThan(30);
    expect(read).toBeGreaterThanOrEqual(sources.length);
    expect(violations).toEqual([]);
  });

  it('lists rooms in an order in which every room names only rooms before it', () => {
    for (const [i, { name, may }] of rooms.entries())
      for (const other of may)
        expect(
          rooms.slice(0, i).map((room) => room.name),
          `${name} → ${other}`,
        ).toContain(other);
  });
});

describe('the checker itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-house-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds a planted import between any two rooms exactly where it is not allowed', async () => {
    const planted: { readonly from: string; readonly to: string; readonly allowed: boolean }[] = [];
    const write = (file: string, text: string): void => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    };
    for (const room of rooms) write(room.sample, 'export interface Planted { readonly x: 1 }\n');
    write('connectors/planted-two/planted.ts', 'export interface Planted { readonly x: 1 }\n');
    // Only rooms that are folders can be given files of their own to import from.
    for (const from of rooms.filter(isFolder))
      for (const to of rooms) {
        const file = from.sample.replace('planted.ts', `imports-${to.name.replaceAll(' ', '-')}.ts`);
        write(file, importOf(file, to.sample));
        planted.push({ from: file, to: to.sample, allowed: from.name === to.name || from.may.includes(to.name) });
      }
    const sibling = 'connectors/planted-one/imports-sibling.ts';
    write(sibling, importOf(sibling, 'connectors/planted-two/planted.ts'));
    planted.push({ from: sibling, to: 'connectors/planted-two/planted.ts', allowed: false });

    const { violations } = await cruiseHouse(folder);
    const found = violations.map(({ from, to }) => `${from} → ${to}`);
    expect(planted.length).toBeGreaterThan(500);
    for (const { from, to, allowed } of planted)
      expect({ import: `${from} → ${to}`, refused: found.includes(`${from} → ${to}`) }).toEqual({
        import: `${from} → ${to}`,
        refused: !allowed,
      });
  });

  it('finds a cycle, a stray file and a look outside the product', async () => {
    const stray = mkdtempSync(join(folder, 'stray-'));
    const write = (file: string, text: string): void => {
      mkdirSync(dirname(join(stray, file)), { recursive: true });
      writeFileSync(join(stray, file), text);
    };
    write('server/model/a.ts', "import { b } from './b.ts';\nexport type A = 1;\nexport const a = () => b;\n");
    write('server/model/b.ts', "import { a } from './a.ts';\nexport const b = () => a;\n");
    write('server/cellar/c.ts', "import type { A } from '../model/a.ts';\nexport type C = A;\n");
    write('server/model/d.ts', "import type { T } from '../../test/t.ts';\nexport type D = T;\n");
    write('test/t.ts', 'export type T = 1;\n');
    write('connectors/connector.ts', 'export type K = 1;\n');
    const { violations } = await cruiseHouse(stray);
    expect(new Set(violations.map(({ rule }) => rule))).toEqual(
      new Set(['a cycle', 'a file belongs to no room', 'the product looks outside']),
    );
  });

  function isFolder(room: Room): boolean {
    return room.sample.endsWith('planted.ts') && room.name !== composition;
  }

  function importOf(from: string, to: string): string {
    const path = relative(dirname(from), to).replaceAll('\\', '/');
    return `import type { Planted } from '${path.startsWith('.') ? path : `./${path}`}';\nexport type Own = Planted;\n`;
  }
});

describe('the files', () => {
  it('are at most 300 lines long, but for those with a reason', () => {
    const folders = ['server', 'connectors', 'test', 'bench', 'scripts', 'examples', 'web/src'];
    const long = folders
      .flatMap((folder) => [...filesUnder(folder, '.ts'), ...filesUnder(folder, '.tsx')])
      .filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 301);
    expect(long.toSorted()).toEqual(Object.keys(longFiles).toSorted());
  });

  it('draw by chance from a seed that is written down, so that what fails once fails again', () => {
    const drawing = filesUnder('test', '.ts')
      .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
      .filter(({ text }) => /from 'fast-check'/u.test(text));
    expect(drawing.length).toBeGreaterThan(10);
    for (const { file, text } of drawing) {
      const draws = text.match(/\b(?:fc\.assert|fc\.sample|(?<!\.)assert)\(/gu) ?? [];
      const seeds = text.match(/\bseed(?:: [\d_]+)? ?[,}]/gu) ?? [];
      expect(seeds.length, file).toBeGreaterThanOrEqual(draws.length);
    }
  });

  it('explain every error code on a page of its own, and no other', () => {
    const pages = filesUnder('docs/errors', '.md')
      .map((file) => file.replace('docs/errors/', '').replace('.md', ''))
      .filter((page) => page !== 'README');
    expect(pages.toSorted()).toEqual(Object.keys(errorCodes).toSorted());
    for (const code of pages) {
      const text = readFileSync(join(root, `docs/errors/${code}.md`), 'utf8');
      for (const heading of [`# ${code}`, '## What happened', '## What was not changed', '## What to do'])
        expect(text, code).toContain(heading);
    }
  });
});

describe('the pages', () => {
  const pages = [
    ...filesUnder('docs', '.md'),
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
    ...filesUnder('connectors', '.md'),
    ...filesUnder('examples', '.md'),
    ...filesUnder('server', '.md'),
  ];

  it('name files that are there', () => {
    for (const page of pages)
      for (const [, named = ''] of readFileSync(join(root, page), 'utf8').matchAll(
        /`((?:server|connectors|test|regulations|schema|scripts|web|docs|examples|bench)\/[\w./-]+)`/gu,
      ))
        expect(existsSync(join(root, named)) || isMade(named), `${page} names ${named}`).toBe(true);
  });

  it('link to pages that are there', () => {
    for (const page of pages)
      for (const [, link = ''] of readFileSync(join(root, page), 'utf8').matchAll(
        /\]\((?!https?:|#)([^)#\s]+)[^)]*\)/gu,
      ))
        expect(existsSync(join(root, dirname(page), link)), `${page} links to ${link}`).toBe(true);
  });

  /** Folders that builds and runs make. */
  function isMade(path: string): boolean {
    return path.startsWith('web/dist');
  }
});

describe('package.json', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'devDependencies' | 'optionalDependencies',
    Record<string, string>
  >;

  it('pins every dependency to one version', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    for (const [name, version] of Object.entries(all))
      expect(version, name).toMatch(/^(npm:(@[^/]+\/)?[^@]+@)?\d+\.\d+\.\d+(-[a-z0-9.]+)?$/u);
  });

  it('has a lock file with every package of every platform, and no address of a registry', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
    expect(lock).not.toMatch(/"resolved":|https?:\/\/[^"]*(npm|registry)[^"]*\.tgz/u);
  });
});
