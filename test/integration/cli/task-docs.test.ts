import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexline-tasks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sources = `sources:
  - name: dbt
    connector: dbt
    target: ./target
    namespace: 'postgres://warehouse:5432'
    applies: { gdpr: controller, pci-dss: merchant }
`;

interface Page {
  readonly yaml: string;
  readonly commands: readonly string[];
}

/** What a page says to write into the configuration, and to type, in its order. */
function readPage(name: string): Page {
  const text = readFileSync(join(root, 'docs/tasks', `${name}.md`), 'utf8');
  const yaml = [...text.matchAll(/^```yaml\n(.*?)^```/gmsu)].map(([, block = '']) => block).join('');
  const commands = [...text.matchAll(/^ *```sh\n(.*?)^ *```|`(lexline [\w-]+ [^`]+)`/gmsu)].flatMap(
    ([, block, inline = '']) => (block ?? inline).split('\n').map((line) => line.trim()),
  );
  return { yaml, commands: commands.filter((line) => line !== '') };
}

function prepare(yaml: string): void {
  cpSync(join(root, 'examples/shop-clinic/dbt/target'), join(folder, 'target'), { recursive: true });
  writeFileSync(join(folder, 'lexline.yaml'), `${sources}${yaml}`);
  writeFileSync(join(folder, 'record.csv'), 'Processing activity,Purposes,Time limits\nNewsletter,Advertising,P3Y\n');
}

/** Types the commands one after the other, with what only the day and the answers before can fill in. */
function typeAll(commands: readonly string[]): readonly { readonly command: string; readonly status: number | null }[] {
  const filled = { fingerprint: '', open: '' };
  const today = new Date().toISOString().slice(0, 10);
  return commands.map((typed) => {
    const command = typed
      .replaceAll(/\b20\d\d-\d\d-\d\d\b/gu, today)
      .replaceAll('record.xlsx', 'record.csv')
      .replaceAll('FINGERPRINT', filled.fingerprint)
      .replaceAll(/--open-items N\b/gu, `--open-items ${filled.open}`)
      .replace(/^lexline /u, `"${process.execPath}" "${join(root, 'server/main.ts')}" `)
      .replace(/^node /u, `"${process.execPath}" `);
    const { status, stdout, stderr } = spawnSync(command, { shell: true, cwd: folder, encoding: 'utf8' });
    const said = `${stdout}${stderr}`;
    filled.fingerprint = /\b[0-9a-f]{64}\b(?=\n|\.\n)/u.exec(stderr)?.[0] ?? filled.fingerprint;
    filled.open = /--open-items (\d+)/u.exec(said)?.[1] ?? filled.open;
    if (status !== 0 && !asks(typed)) expect({ typed, said }).toEqual({ typed, said: 'no error' });
    return { command: typed, status };
  });
}

/** It prints what is open and ends with an error, as its page says. */
const asks = (typed: string): boolean => typed.includes('--confirm') && !typed.includes('--open-items');

describe('the pages by task', () => {
  it('show a verifier what was known: every command works as it is typed', () => {
    const { yaml, commands } = readPage('show-a-verifier-what-we-knew-in-march');
    expect(yaml).toContain('signing:');
    prepare(yaml);
    const typed = typeAll(['lexline sync', ...commands]);
    expect(typed.map(({ command }) => command).join('\n')).toContain('node verify.mjs march.tar --key FINGERPRINT');
  }, 180_000);

  it('prepare an assessment of cards: every command works as it is typed', () => {
    const { yaml, commands } = readPage('my-qsa-comes-in-two-weeks');
    prepare(yaml);
    // Judging the sample is a person's work.
    const typed = typeAll(commands.filter((command) => !command.includes('--judged')));
    expect(typed.filter(({ status }) => status !== 0).map(({ command }) => asks(command))).toEqual([true]);
    expect(typed.length).toBeGreaterThan(9);
  }, 180_000);

  it('fill a record of processing: every command works as it is typed', () => {
    const { yaml, commands } = readPage('fill-my-art-30-record');
    prepare(yaml);
    const typed = typeAll(['mkdir governance', 'lexline sync', ...commands]);
    expect(typed.filter(({ status }) => status !== 0).map(({ command }) => asks(command))).toEqual([true]);
  }, 180_000);
});
