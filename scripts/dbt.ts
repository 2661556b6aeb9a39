import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = ['dbt-core==1.11.16', 'dbt-postgres==1.11.0'];
const tools = fileURLToPath(new URL('../.cache/dbt', import.meta.url));

/** A real dbt in a Python environment of its own under `.cache`; null when it is not there and may not be installed. */
export function dbtProgram(install: boolean): string | null {
  const program = join(tools, 'bin/dbt');
  if (existsSync(program)) return program;
  if (!install) return null;
  execFileSync('python3', ['-m', 'venv', tools], { stdio: 'inherit' });
  execFileSync(join(tools, 'bin/pip'), ['install', '--quiet', ...packages], { stdio: 'inherit' });
  return program;
}

/** Runs one dbt command; what it prints is passed on only when asked for. */
export function runDbt(
  program: string,
  args: readonly string[],
  options: { readonly env: Readonly<Record<string, string>>; readonly quiet: boolean },
): void {
  execFileSync(program, [...args], {
    env: { ...process.env, ...options.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
    stdio: options.quiet ? 'ignore' : ['ignore', 'inherit', 'inherit'],
  });
}
