import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const bin = join(root, 'bin/lexline.js');
const folder = mkdtempSync(join(tmpdir(), 'lexline-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Which rooms a command loads, by the hook in `list-loaded.mjs`. */
function roomsLoadedBy(
  args: readonly string[],
  input = '',
): { readonly status: number | null; readonly rooms: Set<string> } {
  const file = join(folder, `loaded-${args.join('-')}`);
  writeFileSync(file, '');
  const hook = join(import.meta.dirname, 'list-loaded.mjs');
  const { status } = spawnSync(process.execPath, ['--import', hook, bin, ...args], {
    cwd: folder,
    input,
    env: { ...process.env, LOADED_FILES: file },
  });
  const rooms = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((url) => /\/(?:server|(connectors))\/(?:stores\/)?([^/]+)\//u.exec(url)?.slice(1, 3) ?? []);
  return { status, rooms: new Set(rooms.filter((room): room is string => room !== undefined)) };
}

describe('a command', () => {
  it.each([
    [['--help'], '', ['base', 'cli', 'model']],
    [['--version'], '', ['base', 'cli', 'model']],
    [['sql', 'lineage'], '{"id":1,"sql":"select 1"}\n', ['base', 'cli', 'model', 'sql']],
    [
      ['classify', '--no-llm'],
      '{"id":1,"table":"t","column":"email"}\n',
      ['base', 'classify', 'cli', 'model', 'profile', 'rulebook'],
    ],
  ])('%j loads its own room and no other', (args, input, allowed) => {
    const { status, rooms } = roomsLoadedBy(args, input);
    expect(status).toBe(0);
    expect([...rooms].filter((room) => !allowed.includes(room))).toEqual([]);
    expect(rooms).toContain(allowed.at(-1) === 'model' ? 'cli' : args[0] === 'sql' ? 'sql' : 'classify');
  });

  it('answers a line before the next one is sent', async () => {
    const child = spawn(process.execPath, [bin, 'classify', '--no-llm'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const answered = new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
    child.stdin.write('{"id":7,"table":"customers","column":"email"}\n');
    expect(JSON.parse(await answered)).toMatchObject({ id: 7 });
    child.stdin.end();
    expect(await ended).toBe(0);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = spawn(process.execPath, [bin, 'classify', '--no-llm'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    let err = '';
    child.stderr.on('data', (data) => (err += String(data)));
    child.stdin.on('error', () => {});
    child.stdout.once('data', () => child.stdout.destroy());
    const row = '{"id":1,"table":"customers","column":"email"}\n';
    child.stdin.write(row.repeat(2000));
    child.stdin.end();
    expect({ status: await ended, err }).toEqual({ status: 0, err: '' });
  });
});

describe('Ctrl-C during a sync', () => {
  it('ends cleanly, says that it can be resumed, and the next sync goes on', async () => {
    const sources = join(folder, 'ddl');
    mkdirSync(sources);
    // Many files, so that much is left to do when the signal comes.
    for (let i = 0; i < 400; i++)
      writeFileSync(
        join(sources, `t${i}.sql`),
        `create table shop.t${i} (id int, email text);\ncreate view shop.v${i} as select lower(email) as email from shop.t${i};\n`,
      );
    const config = join(folder, 'lexline.yaml');
    writeFileSync(config, 'sources: [{ name: ddl, connector: sql-files, path: ./ddl, dialect: postgres }]\n');
    // The signal comes out of the process itself, as soon as it says that its stores are open: from another process it might
    // come when all is done.
    const interrupt = `const write = process.stderr.write.bind(process.stderr);
      process.stderr.write = (text, ...rest) => {
        if (String(text).includes('stores opened')) process.kill(process.pid, 'SIGINT');
        return write(text, ...rest);
      };`;
    const hook = ['--import', `data:text/javascript,${encodeURIComponent(interrupt)}`];
    const stopped = spawnSync(process.execPath, [...hook, bin, 'sync', '--config', config], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, LEXLINE_LOG: 'debug' },
    });
    expect({ status: stopped.status, signal: stopped.signal }).toEqual({ status: 2, signal: null });
    const out = `${stopped.stdout}${stopped.stderr}`;
    expect(out).toContain('CANCELLED');
    expect(out).toMatch(/goes on/u);

    const again = spawnSync(process.execPath, [bin, 'sync', '--config', config], { cwd: folder, encoding: 'utf8' });
    expect({ status: again.status, stderr: again.stderr }).toEqual({ status: 0, stderr: '' });
    expect(again.stdout).toContain('ddl: done');
    const inventory = spawnSync(process.execPath, [bin, 'report', 'inventory', '--format', 'csv', '--config', config], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(inventory.stdout).toContain('v399');
  });
});

describe('drafts of processing activities', () => {
  it('are told to be added to the configuration only where it does not name their folder', () => {
    const place = join(folder, 'drafts');
    mkdirSync(place);
    writeFileSync(join(place, 'people.sql'), 'create table crm.people (id int, email text);');
    const sources = 'sources: [{ name: crm, connector: sql-files, path: ./people.sql }]\n';
    const run = (...args: string[]): string =>
      spawnSync(process.execPath, [bin, ...args], { cwd: place, encoding: 'utf8' }).stdout;
    writeFileSync(join(place, 'lexline.yaml'), sources);
    run('sync');
    expect(run('init', '--governance')).toContain('1 drafts. Add to lexline.yaml:\n  governance: ./governance\n');
    rmSync(join(place, 'governance/activities.yml'));
    writeFileSync(join(place, 'lexline.yaml'), `${sources}governance: ./governance\n`);
    expect(run('init', '--governance')).toMatch(/1 drafts\. Next: name purposes and legal bases in it\.\n$/u);
  });
});

describe('a Node.js that is too old', () => {
  it('is told in one line what to install', () => {
    // What an old Node would do, without one: the same file, told that it runs on version 20.
    const old = `Object.defineProperty(process.versions, 'node', { value: '20.11.1' });`;
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(old)}`, bin, '--help'],
      { encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^lexline: \[NODE_TOO_OLD\] this is Node\.js 20\.11\.1, .* Nothing was changed\.\n$/u);
    expect(stderr.split('\n')).toHaveLength(2);
  });
});
