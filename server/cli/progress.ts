import type { CommandIo } from './command-io.ts';

/** One line on a terminal that is drawn over itself; silent elsewhere. */
export interface Progress {
  show(text: string): void;
  /** Takes the line away before an answer is printed. */
  clear(): void;
}

/** Progress of a command. `json`: silent, machines read. At most ten drawings a second. */
export function createProgress(
  io: CommandIo,
  options: { readonly json: boolean; readonly now: () => number },
): Progress {
  if (!io.terminal || options.json) return { show: () => {}, clear: () => {} };
  let drawnAt = 0;
  let drawn = false;
  return {
    show(text) {
      const now = options.now();
      if (now - drawnAt < 100) return;
      drawnAt = now;
      drawn = true;
      io.err(`\r${text.slice(0, Math.max(10, io.columns - 1))}\u001B[K`);
    },
    clear() {
      if (drawn) io.err('\r\u001B[K');
      drawn = false;
    },
  };
}
