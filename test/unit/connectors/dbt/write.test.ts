import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { dbt } from '../../../../connectors/dbt/connector.ts';
import { addColumnTag } from '../../../../connectors/dbt/edit-yaml.ts';
import { unifiedDiff } from '../../../../connectors/dbt/unified-diff.ts';
import { silentLog } from '../../../../server/base/log.ts';
import type { TagChange } from '../../../../server/model/tag-writing.ts';

const models = (columns: string): string =>
  `# ours\nversion: 2\nmodels:\n  - name: orders # the shop's\n${columns}  - name: other\n    columns: [{ name: email }]\n`;
const add = (text: string, column = 'email', tag = 'pii') =>
  addColumnTag(text, { thing: ['models', 'orders'], column, tag });

describe('a tag in a schema.yml', () => {
  it.each([
    [
      'a block of members',
      '    columns:\n      - name: id\n      - name: email\n        description: where they write\n',
    ],
    ['tags that are there', '    columns:\n      - name: email\n        tags: [contact]\n'],
    ['tags a line each', '    columns:\n      - name: email\n        tags:\n          - contact\n      - name: id\n'],
    ['one tag without a list', '    columns:\n      - name: email\n        tags: contact\n'],
    ['members in braces', '    columns:\n      - { name: email, data_type: text }\n'],
    [
      'braces over several lines',
      '    columns:\n      - {\n          name: email,\n          data_type: text,\n        }\n',
    ],
    ['config', '    columns:\n      - { name: email, config: { meta: { owner: dana }, tags: [contact] } }\n'],
    ['meta that is there', '    columns:\n      - name: email\n        meta:\n          owner: dana\n'],
    ['a column of another case', '    columns:\n      - name: EMAIL\n'],
    ['a column that is not listed', '    columns:\n      - name: id\n'],
    ['no columns at all', '    description: orders\n'],
    ['an empty list of columns', '    columns: []\n'],
  ])('goes beside %s and leaves the rest as it was', (_, columns) => {
    const before = models(columns);
    const after = add(before) ?? '';
    const orders = (parse(after) as { models: readonly { columns: readonly Record<string, unknown>[] }[] }).models[0];
    const own = orders?.columns.find(({ name }) => String(name).toLowerCase() === 'email');
    const holder = (own?.['config'] ?? own) as {
      tags: readonly string[];
      meta: { lexline: readonly string[]; owner?: string };
    };
    expect(holder.tags).toContain('pii');
    expect(holder.meta.lexline).toEqual(['pii']);
    if (before.includes('contact')) expect(holder.tags).toContain('contact');
    if (before.includes('owner: dana')) expect(holder.meta.owner).toBe('dana');
    for (const line of ['# ours', "  - name: orders # the shop's", '  - name: other', '    columns: [{ name: email }]'])
      expect(after.split('\n')).toContain(line);
    expect(add(after)).toBe(after);
  });

  it('can be a second one', () => {
    const once = add(models('    columns:\n      - name: email\n')) ?? '';
    const [orders] = (
      parse(add(once, 'email', 'e mail: x') ?? '') as { models: readonly { columns: readonly { tags: unknown }[] }[] }
    ).models;
    expect(orders?.columns[0]?.tags).toEqual(['pii', 'e mail: x']);
  });

  it.each([
    ['is not YAML', 'models: [\n'],
    ['does not name the model', 'version: 2\nmodels:\n  - name: others\n'],
    ['gives columns as something else', models('    columns: "{{ all }}"\n')],
  ])('goes nowhere in a file that %s', (_, text) => {
    expect(add(text)).toBeNull();
  });

  it('goes on with the line breaks of the file', () => {
    const text = models('    columns:\n      - name: email\n').replaceAll('\n', '\r\n');
    expect(add(text)?.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('goes to a table of a source', () => {
    const text =
      'sources:\n  - name: shop\n    tables:\n      - name: orders\n        columns:\n          - name: email\n';
    const after = addColumnTag(text, { thing: ['sources', 'shop', 'orders'], column: 'email', tag: 'pii' });
    expect(after).toContain('            tags: [pii]\n');
  });
});

describe('a unified diff', () => {
  it('is empty for equal texts', () => {
    expect(unifiedDiff('a', 'x\n', 'x\n')).toBe('');
  });

  it.each([
    ['a line in the middle', 'a\nb\nc\nd\ne\nf\ng\n', 'a\nb\nc\nnew\nd\ne\nf\ng\n'],
    ['a changed line', 'a\nb\nc\n', 'a\nB\nc\n'],
    ['a line at the end', 'a\n', 'a\nb\n'],
    [
      'changes far apart',
      `${'x\n'.repeat(3)}a\n${'y\n'.repeat(20)}b\n`,
      `${'x\n'.repeat(3)}A\n${'y\n'.repeat(20)}b\nc\n`,
    ],
    ['changes close together', 'a\nb\nc\nd\ne\n', 'a\nB\nc\nd\nnew\ne\n'],
    ['a line behind a last one without a line break', 'a\nb', 'a\nb\nc\n'],
    ['a last line that is changed and has no line break', 'a\nb', 'a\nB'],
    ['a change near a last line without a line break', 'a\nb\nc', 'a\nnew\nb\nc'],
    ['a change far from a last line without a line break', `a\n${'y\n'.repeat(20)}b`, `A\n${'y\n'.repeat(20)}b`],
    ['a line that alone has no line break', 'a', 'a\nb\n'],
    ['lines that end as on Windows', 'a\r\nb\r\n', 'a\r\nnew\r\nb\r\n'],
    ['lines that end as on Windows, but the last', 'a\r\nb', 'a\r\nb\nnew\n'],
  ])('of %s is taken by git apply and by patch', (_, before, after) => {
    for (const [program, ...words] of [
      ['git', 'apply', '-p1'],
      ['patch', '-p1', '--binary', '--no-backup-if-mismatch'],
    ] as const)
      for (const file of ['f.yml', 'some models/of mine.yml']) {
        const folder = mkdtempSync(join(tmpdir(), 'lexline-diff-'));
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), before);
        execFileSync(program, words, { cwd: folder, input: unifiedDiff(file, before, after) });
        expect(readFileSync(join(folder, file), 'utf8')).toBe(after);
        rmSync(folder, { recursive: true });
      }
  });
});

describe('write-back to a dbt project', () => {
  const example = join(import.meta.dirname, '../../../../examples/shop-clinic/dbt');
  const connect = (project: string) =>
    dbt.connect(
      dbt.configSchema.parse({ target: join(example, 'target'), project, namespace: 'postgres://db.example.com:5432' }),
      {
        source: 'dbt',
        clock: { now: () => 0 },
        log: silentLog,
      },
    );
  const signal = new AbortController().signal;

  it('is a patch of the YAML files, which dbt then reads as tags of ours', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lexline-dbt-'));
    cpSync(join(example, 'models'), join(folder, 'models'), { recursive: true });
    const connection = connect(folder);
    const { write } = connection;
    if (write?.kind !== 'patch') throw new Error('no writer');
    const changes: TagChange[] = [];
    for await (const message of connection.read({ cursor: null }, signal)) {
      if (message.type !== 'document' || message.document.type !== 'dataset') continue;
      for (const { path } of message.document.fields)
        if (['full_name', 'email', 'icd10'].includes(path[0] ?? ''))
          changes.push({
            action: 'add',
            tag: 'pii',
            target: { uid: 'u', dataset: message.document, field: path, facets: {} },
          });
    }
    const { diff, left } = await write.patch(changes, signal);
    expect(diff).toContain('+++ b/models/marts/marts.yml');
    expect(diff).toMatch(/^\+.*name: full_name.*tags: \[pii\].*lexline: \[pii\]/mu);
    for (const { why } of left) expect(why).toMatch(/no YAML file|cannot be patched|cannot be read/u);
    execFileSync('git', ['apply', '-p1'], { cwd: folder, input: diff });
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a merge key', 'x: &d { tags: [restricted] }\n', '      - <<: *d\n        name: full_name\n'],
    ['an alias of a list of tags', 't: &t [contact]\n', '      - name: full_name\n        tags: *t\n'],
    ['an alias elsewhere in the file', 'x: &d [a]\ny: *d\n', '      - name: full_name\n'],
  ])('leaves a file with %s to a person, and says why', async (_, top, column) => {
    const folder = mkdtempSync(join(tmpdir(), 'lexline-dbt-'));
    mkdirSync(join(folder, 'models/marts'), { recursive: true });
    const text = `${top}version: 2\nmodels:\n  - name: dim_customers\n    columns:\n${column}`;
    writeFileSync(join(folder, 'models/marts/marts.yml'), text);
    const { write } = connect(folder);
    if (write?.kind !== 'patch') throw new Error('no writer');
    const dataset = { namespace: 'postgres://db.example.com:5432', name: 'warehouse.dbt_marts.dim_customers' };
    const target = { uid: 'u', dataset, field: ['full_name'], facets: {} };
    const { diff, left } = await write.patch([{ action: 'add', tag: 'pii', target }], signal);
    expect(diff).toBe('');
    expect(left.map(({ why }) => why)).toEqual([expect.stringContaining('aliases or merge keys')]);
    rmSync(folder, { recursive: true });
  });

  it('leaves removals to a person, and says so', async () => {
    const { write } = connect(example);
    if (write?.kind !== 'patch') throw new Error('no writer');
    const target = { uid: 'u', dataset: { namespace: 'n', name: 'x' }, field: ['a'], facets: {} };
    const { diff, left } = await write.patch([{ action: 'remove', tag: 'pii', target }], signal);
    expect(diff).toBe('');
    expect(left.map(({ why }) => why)).toEqual(['a person takes it out of the YAML file: a patch only adds']);
  });
});
