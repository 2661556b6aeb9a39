import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** Lexline as users get it: packed from a copy of this tree and installed into a folder that holds nothing else. */
export interface InstalledPackage {
  /** The empty folder. */
  readonly folder: string;
  /** Where the package itself lies. */
  readonly home: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
  /** Runs the installed `lexline`. */
  lexline(args: readonly string[], input?: string): { status: number | null; stdout: string; stderr: string };
  remove(): void;
}

/** Packs and installs. Needs the package registry (or npm's cache of it) for the dependencies. */
export function installPackage(): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-package-'));
  const tree = join(folder, 'tree');
  for (const file of trackedFiles()) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    cpSync(join(root, file), join(tree, file));
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}` };
  const npm = (cwd: string, ...args: string[]): string =>
    execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  const [packed] = JSON.parse(npm(tree, 'pack', '--json', '--loglevel=error').replace(/^[^[]*/u, '')) as {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(join(empty, 'package.json'), '{"name":"empty","private":true}');
  // The network may fail once; npm tries each file again by itself, not what hangs or breaks off.
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  const install = (triesLeft: number): void => {
    try {
      npm(empty, 'install', ...quiet, join(tree, packed?.filename ?? ''));
    } catch (error) {
      if (triesLeft === 0) throw error;
      install(triesLeft - 1);
    }
  };
  install(2);

  const home = join(empty, 'node_modules', 'lexline');
  return {
    folder: empty,
    home,
    manifest: JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>,
    files: (packed?.files ?? []).map((file) => file.path),
    lexline(args, input) {
      const options = { cwd: empty, encoding: 'utf8', input: input ?? '', timeout: 280_000 } as const;
      return spawnSync(process.execPath, [join(empty, 'node_modules', '.bin', 'lexline'), ...args], options);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What a commit of this tree would hold. */
function trackedFiles(): string[] {
  return execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)));
}
