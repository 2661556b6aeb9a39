import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../../connectors/connectors.ts';

const folder = join(import.meta.dirname, '../../../connectors');
const folders = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
  .map(({ name }) => name);

describe('the registry of connectors', () => {
  it('lists every folder, and nothing else', () => {
    expect(Object.keys(connectors).sort()).toEqual([...folders].sort());
  });

  it.each(folders)('loads %s under its own name', async (name) => {
    expect((await connectors[name]?.())?.name).toBe(name);
  });

  it.each(folders)('finds the same files in %s as in every other', (name) => {
    const files = readdirSync(join(folder, name));
    expect(files).toEqual(expect.arrayContaining(['README.md', 'client.ts', 'config.ts', 'connector.ts', 'map.ts']));
  });

  it.each(folders)('has a page for %s that names each of its settings', async (name) => {
    const page = readFileSync(join(folder, '../docs/connectors', `${name}.md`), 'utf8');
    const config = readFileSync(join(folder, name, 'config.ts'), 'utf8');
    const settings = [...config.matchAll(/^ {2,4}(\w+): (?:z\b|globs)/gm)].map((match) => match[1] ?? '');
    expect(settings.length).toBeGreaterThan(1);
    for (const setting of settings) expect(page).toContain(`\`${setting}\``);
  });

  it.each(folders)('has a page for %s with the heads of every page, and something below each', (name) => {
    const page = readFileSync(join(folder, '../docs/connectors', `${name}.md`), 'utf8');
    for (const head of ['Settings', 'Rights', 'What is read', 'What is not read', 'Limits', 'Tested'])
      expect(sectionOf(page, head).length, `"${head}" of ${name}.md`).toBeGreaterThan(40);
    expect(sectionOf(page, 'Rights'), `${name}.md: rights to paste`).toMatch(/^```\w+\n/mu);
    const tested = sectionOf(page, 'Tested');
    expect(tested, `${name}.md: against what`).toMatch(/^- \*\*Against:\*\* .*(?:real|emulator|contract)/mu);
    expect(tested, `${name}.md: in which versions`).toMatch(/^- \*\*Versions:\*\* .{5,}/mu);
  });

  it.each(folders)('loads the driver of %s in a port or a worker alone', (name) => {
    const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.ts'));
    const drivers = /from '(?:pg|mysql2|kafkajs|neo4j-driver|@aws-sdk|@duckdb|@electric-sql)\b/u;
    const loading = files.filter((file) => drivers.test(readFileSync(join(folder, name, file), 'utf8')));
    expect(loading.filter((file) => !/(?:^|-)(?:port|worker)\.ts$/u.test(file))).toEqual([]);
    if (!files.some((file) => /(?:^|-)port\.ts$/u.test(file))) return;
    const client = readFileSync(join(folder, name, 'client.ts'), 'utf8');
    expect(client).not.toMatch(/from '(?:node:(?:fs|http|https|net|child_process)|\.\.\/kit\/http\.ts)/u);
  });
});

/** What stands below a head of the second rank, up to the next one; empty where the page has none or two of it. */
function sectionOf(page: string, head: string): string {
  const parts = page.split(/^## /mu).filter((part) => part.startsWith(`${head}\n`));
  return parts.length === 1 ? (parts[0] ?? '').slice(head.length).trim() : '';
}
