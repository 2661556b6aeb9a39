import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutClientLines } from '../../../../connectors/sql-files/map.ts';
import { sqlFiles } from '../../../../connectors/sql-files/connector.ts';
import { sqlFilesConfig } from '../../../../connectors/sql-files/config.ts';
import { silentLog } from '../../../../server/base/log.ts';
import type { SourceMessage } from '../../../../server/model/document.ts';

async function read(path: string, settings: object = {}): Promise<readonly SourceMessage[]> {
  const context = { source: 'nightly', clock: { now: () => 0 }, log: silentLog };
  const connection = sqlFiles.connect(sqlFilesConfig.parse({ path, ...settings }), context);
  const messages: SourceMessage[] = [];
  for await (const message of connection.read({ cursor: null }, new AbortController().signal)) messages.push(message);
  return messages;
}
const names = (messages: readonly SourceMessage[]) =>
  messages.flatMap((message) => (message.type === 'document' ? [message.document.name] : []));
const folder = () => mkdtempSync(join(tmpdir(), 'lexline-sql-'));

describe('a folder of SQL', () => {
  it('is read with its subfolders, by name, without hidden files and loops', async () => {
    const path = folder();
    for (const sub of ['b/c', '.git', 'node_modules']) mkdirSync(join(path, sub), { recursive: true });
    for (const name of ['z.sql', 'b/a.SQL', 'b/c/x.ddl', 'b/notes.txt', '.git/x.sql', 'node_modules/x.sql', '.x.sql'])
      writeFileSync(join(path, name), 'select 1');
    symlinkSync(path, join(path, 'loop'));
    const messages = await read(path);
    expect(names(messages)).toEqual(['b/a.SQL', 'b/c/x.ddl', 'z.sql']);
    expect(messages.at(-2)).toEqual({ type: 'scope-complete', scope: 'files' });
  });

  it('may be one file', async () => {
    const path = join(folder(), 'schema.sql');
    writeFileSync(path, 'create table t (x int)');
    expect(await read(path, { dialect: 'postgres', namespace: 'postgres://h:1', defaultSchema: 's' })).toContainEqual(
      expect.objectContaining({
        document: expect.objectContaining({
          name: 'schema.sql',
          platform: 'postgres',
          statements: [
            { dialect: 'postgres', sql: 'create table t (x int)', namespace: 'postgres://h:1', defaultSchema: 's' },
          ],
        }),
      }),
    );
  });

  it('leaves it to the text where bare names are looked up, with what the configuration says before it', async () => {
    const path = join(folder(), 'x.sql');
    const text = 'set search_path to marketing, public;\nselect 1';
    writeFileSync(path, text);
    const [statement] = (await read(path, { dialect: 'postgres', defaultSchema: 'app' })).flatMap((message) =>
      message.type === 'document' && message.document.type === 'job' ? message.document.statements : [],
    );
    expect(statement).toMatchObject({ sql: text, defaultSchema: 'app' });
  });

  it('keeps what it knew of files that it cannot read', async () => {
    const path = folder();
    writeFileSync(join(path, 'good.sql'), 'select 1');
    writeFileSync(join(path, 'binary.sql'), Buffer.from([0, 1, 2, 3]));
    writeFileSync(join(path, 'large.sql'), 'x'.repeat(5000));
    writeFileSync(join(path, 'utf16.sql'), Buffer.from('\uFEFFselect 2', 'utf16le'));
    const messages = await read(path, { maxBytes: 2048 });
    expect(names(messages)).toEqual(['good.sql', 'utf16.sql']);
    expect(messages.flatMap((message) => (message.type === 'gap' ? [message.gap.what] : []))).toEqual([
      'file binary.sql',
      'file large.sql',
    ]);
    expect(messages.some(({ type }) => type === 'scope-complete')).toBe(false);
  });

  it('is refused by name when there is nothing in it', async () => {
    await expect(read(folder())).rejects.toMatchObject({
      code: 'ARTEFACT_INVALID',
      message: expect.stringContaining('.sql'),
    });
    await expect(read(join(folder(), 'none'))).rejects.toMatchObject({ code: 'ARTEFACT_INVALID' });
  });
});

describe('what a command-line client reads itself', () => {
  it.each([
    ['COPY a.b (x, y) FROM stdin;\n1\tcanary\n2\t\\N\n\\.\nselect 1;', 'postgres', 'select 1;'],
    ['\\connect shop\nselect 1;', 'postgres', 'select 1;'],
    ["copy a from '/data/x';\nselect 1;", 'postgres', "copy a from '/data/x';\nselect 1;"],
    ['select 1\nGO\nselect 2', 'tsql', 'select 1\n;\nselect 2'],
    ['select 1\nGO\nselect 2', 'postgres', 'select 1\nGO\nselect 2'],
    ['begin null; end;\n/\nselect 2', 'oracle', 'begin null; end;\n;\nselect 2'],
    ['select 6\n/\n2', 'mysql', 'select 6\n/\n2'],
    ['COPY a (x) FROM stdin;\r\n1\r\n\\.\r\nselect 1;', 'postgres', 'select 1;'],
    ['COPY a (x) FROM stdin;\n1\n\\.  \nselect 1;', 'postgres', 'select 1;'],
    ['select 1;\n\\.\nselect 2;', 'postgres', 'select 1;\n\\.\nselect 2;'],
    ['select 1\ngo 5\nselect 2', 'tsql', 'select 1\n;\nselect 2'],
  ])('is taken out of %j (%s)', (text, dialect, left) => {
    expect(withoutClientLines(text, dialect)).toBe(left);
  });
});
