import { hostname, userInfo } from 'node:os';
import { enableCompileCache } from 'node:module';
import { createCommandIo } from './cli/command-io.ts';
import { runProgram } from './cli/program.ts';
import { systemClock } from './base/clock.ts';

/**
 * The process: arguments, environment, streams and signals, and nothing else. The first Ctrl-C (or SIGTERM) asks the running
 * command to end cleanly, a second one ends the process at once.
 */
export async function main(process: NodeJS.Process): Promise<void> {
  enableCompileCache();
  const abort = new AbortController();
  const onSignal = (): void => {
    if (abort.signal.aborted) process.exit(2);
    abort.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    process.exitCode = await runProgram(process.argv.slice(2), {
      io: createCommandIo(process),
      env: process.env,
      clock: systemClock,
      signal: abort.signal,
      actor: { kind: 'person', id: `${userName(process.env)}@${hostname()}` },
      compose: async (settings) => (await import('./lexline.ts')).composeFor(settings),
    });
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

function userName(env: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username;
  } catch {
    return env['USER'] ?? env['USERNAME'] ?? `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}

if (import.meta.main) await main(process);
