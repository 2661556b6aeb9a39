import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedData } from '../../../server/base/data-files.ts';
import { installPackage, type InstalledPackage } from './packed.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const needsCi = process.env['CI'] === undefined;

describe.skipIf(needsCi)('the packed package in an empty folder (needs the package registry: set CI=true)', () => {
  let installed: InstalledPackage;
  beforeAll(() => {
    installed = installPackage();
  }, 900_000);
  afterAll(() => installed?.remove());

  function run(args: readonly string[], input?: string): string {
    const { status, stdout, stderr } = installed.lexline(args, input);
    expect({ args, status, stderr: status === 0 ? '' : stderr }).toEqual({ args, status: 0, stderr: '' });
    return stdout;
  }

  it('has a manifest that users can install: no Node of its own, no development, not private', () => {
    const { manifest } = installed;
    for (const member of ['private', 'scripts', 'devDependencies', 'optionalDependencies'])
      expect(manifest).not.toHaveProperty(member);
    expect(manifest).toMatchObject({ name: 'lexline', engines: { node: '>=24.15.0' }, license: 'Apache-2.0' });
  });

  it('holds code as JavaScript, its declarations, every data file, and no source of ours', () => {
    const { files } = installed;
    expect(files.filter((file) => /(?<!\.d)\.ts$/u.test(file))).toEqual([]);
    expect(files).toContain('dist/server/lexline.js');
    expect(files).toContain('dist/server/lexline.d.ts');
    for (const folder of shippedData)
      expect(
        files.some((file) => file.startsWith(`${folder}/`)),
        folder,
      ).toBe(true);
    expect(files.filter((file) => /^(test|bench|examples|scripts|data)\//u.test(file))).toEqual([]);
  });

  it('leaves the manifest of the tree as it was', () => {
    const tree = join(installed.folder, '..', 'tree');
    expect(readFileSync(join(tree, 'package.json'), 'utf8')).toBe(readFileSync(join(root, 'package.json'), 'utf8'));
  });

  it('says its version and lists its commands', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
    expect(run(['--version'])).toBe(`${version}\n`);
    expect(run(['--help'])).toContain('sync');
  });

  it('answers SQL in its worker', () => {
    const line = { id: 1, dialect: 'postgres', sql: 'insert into t (e) select lower(email) from customers' };
    const answer = JSON.parse(run(['sql', 'lineage'], `${JSON.stringify(line)}\n`)) as Record<string, unknown>;
    expect(answer).toMatchObject({ id: 1, parse_status: 'full', out_tables: ['t'] });
  });

  it('classifies by the taxonomy and the name lists', () => {
    const answer = JSON.parse(
      run(['classify', '--no-llm'], '{"id":1,"table":"customers","column":"email"}\n'),
    ) as Record<string, unknown>;
    expect(answer).toMatchObject({ id: 1, classes: ['PII'], fine: ['email'] });
  });

  it('writes a configuration, syncs it into the stores by its workers, and reports in the words of the regulations', async () => {
    const { folder } = installed;
    cpSync(join(root, 'examples/shop-clinic/dbt/target'), join(folder, 'target'), { recursive: true });
    const warehouse = join(folder, 'warehouse');
    mkdirSync(warehouse);
    const database = new PGlite(warehouse);
    await database.exec('create table guests (id int primary key, email text, card_number text)');
    await database.close();
    run(['init', '--config', 'fresh.yaml']);
    run(['check-config', '--config', 'fresh.yaml']);
    writeFileSync(
      join(folder, 'lexline.yaml'),
      `sources:
  - { name: models, connector: dbt, target: ./target }
  - { name: hotel, connector: postgres, url: 'pglite:./warehouse', namespace: 'postgres://hotel:5432' }
`,
    );
    expect(run(['doctor'])).toContain('source hotel');
    run(['sync']);
    const inventory = run(['report', 'inventory', '--format', 'csv']);
    expect(inventory).toContain('card_number');
    expect(run(['lineage', 'customers.email', '--format', 'svg'])).toContain('<svg');
    expect(run(['explain', 'guests.email'])).toContain('GDPR:4(1)');
    expect(run(['ledger', 'verify'])).toContain('intact');
  });

  it('serves its pages and answers GraphQL by its schema', async () => {
    const { folder, home } = installed;
    const args = [join(home, 'bin/lexline.js'), 'serve', '--port', '0', '--json'];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const { url } = JSON.parse(String(line)) as { readonly url: string };
      expect(await (await fetch(url)).text()).toContain('<title>Lexline</title>');
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ datasets(text: "guests", first: 1) { nodes { name } } }' }),
      });
      expect(await response.json()).toMatchObject({
        data: { datasets: { nodes: [{ name: 'postgres.public.guests' }] } },
      });
    } finally {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    }
  });

  it('scans without a configuration', () => {
    run(['scan', 'target', '--out', 'page.html']);
    expect(readFileSync(join(installed.folder, 'page.html'), 'utf8')).toContain('<svg');
  });

  it('shows the page of an error code', () => {
    const { status, stderr } = installed.lexline(['sync', '--config', 'none.yaml']);
    expect(status).toBe(2);
    const page = /more: (\S+)/u.exec(stderr)?.[1] ?? '';
    expect(existsSync(join(installed.folder, page))).toBe(true);
  });

  it('gives types to a program that mounts it and to one that only reads SQL', () => {
    const { folder } = installed;
    writeFileSync(
      join(folder, 'program.mts'),
      `import { createLexline } from 'lexline';
import { createSqlEngine, type SqlLineage } from 'lexline/sql';
const lexline = await createLexline({ config: { sources: [] } });
export const closed: Promise<void> = lexline.close();
const engine = createSqlEngine({ workers: 1 });
export const answer: Promise<SqlLineage> = engine.lineage({ dialect: 'postgres', sql: 'select 1' });
// @ts-expect-error a dialect is a text
void engine.lineage({ dialect: 1, sql: '' });
`,
    );
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
    const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
    const types = ['--typeRoots', join(root, 'node_modules/@types'), '--skipLibCheck', 'false'];
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, ...types, 'program.mts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});
