/** `npm run build`: the code as JavaScript with declarations in dist/, and the pages in web/dist/. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

function run(program: string, ...args: string[]): void {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${program} ended with status ${status}`);
}

/** A declaration names its neighbours as they are called in the package: `./x.js`, not `./x.ts`. */
export function rewriteDeclaration(text: string): string {
  return text.replaceAll(/((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]+)\.ts(['"])/gu, '$1.js$2');
}

if (import.meta.main) {
  rmSync(dist, { recursive: true, force: true });
  run('@typescript/native/bin/tsc', '-p', 'tsconfig.build.json');
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.d.ts')) {
      const file = join(dist, name);
      writeFileSync(file, rewriteDeclaration(readFileSync(file, 'utf8')));
    }
  run('vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn');
}
