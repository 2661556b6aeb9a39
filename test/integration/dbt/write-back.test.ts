import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runLexline } from '../cli/run-in-process.ts';

const example = join(import.meta.dirname, '../../../examples/shop-clinic/dbt');
const folder = mkdtempSync(join(tmpdir(), 'lexline-dbt-write-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('lexline write-back of a dbt project', () => {
  const config = join(folder, 'lexline.yaml');
  const run = async (...args: readonly string[]) => runLexline([...args, '--config', config]);

  it('prints a patch of the YAML files and writes none of them', async () => {
    cpSync(example, join(folder, 'dbt'), { recursive: true });
    writeFileSync(
      config,
      [
        'sources:',
        '  - name: shop-dbt',
        '    connector: dbt',
        '    target: ./dbt/target',
        "    namespace: 'postgres://db.example.com:5432'",
        '    tagMap: { PII: contains-pii }',
        '    writeBack: { mode: propose }',
      ].join('\n'),
    );
    const before = readFileSync(join(folder, 'dbt/models/marts/marts.yml'), 'utf8');
    expect((await run('sync')).out).toContain('tags written back (propose): 0 written');
    const { out, status } = await run('write-back', 'shop-dbt', '--dry-run');
    expect(status).toBe(0);
    expect(out).toContain('This was a dry run');
    expect(out).toContain('+++ b/models/marts/marts.yml');
    expect(out).toMatch(/^\+.*full_name.*tags: \[contains-pii\]/mu);
    expect(out).toMatch(/# left out: add contains-pii to .*: no YAML file describes it/u);
    expect(readFileSync(join(folder, 'dbt/models/marts/marts.yml'), 'utf8')).toBe(before);
  });

  it('lists what waits, declines, and refuses to apply what a person commits', async () => {
    const { out } = await run('write-back', '--json');
    const [first] = out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id: string; source: string });
    expect(first?.source).toBe('shop-dbt');
    const applied = await run('write-back', 'shop-dbt', '--apply', first?.id ?? '');
    expect(applied.status).toBe(2);
    expect(applied.err).toContain('patch that a person commits');
    expect((await run('write-back', 'shop-dbt', '--decline', first?.id ?? '')).out).toContain('[declined]');
    expect((await run('write-back')).out).not.toContain(first?.id ?? 'nothing');
    expect((await run('write-back', '--all')).out).toContain(first?.id ?? 'nothing');
  });

  it.each([
    ['two acts at a time', ['shop-dbt', '--apply', 'all', '--undo', 'all'], 'one of --apply, --undo and --decline'],
    ['an act without a source', ['--apply', 'all'], 'needs the name of a source'],
    ['an empty id', ['shop-dbt', '--apply', 'a,,b'], 'name the changes by their ids'],
    ['an id that is not there', ['shop-dbt', '--apply', 'zzzz'], 'no planned change zzzz'],
  ])('refuses %s', async (_, args, message) => {
    const { status, err } = await run('write-back', ...args);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });
});
