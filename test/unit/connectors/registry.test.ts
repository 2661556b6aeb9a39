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
});
