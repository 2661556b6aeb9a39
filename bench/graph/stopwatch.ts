import { readFileSync } from 'node:fs';
import type { Figure } from './figures.ts';

/** Milliseconds since an instant of `performance.now()`. */
export const since = (begun: number) => performance.now() - begun;

/** Times a phase by the clock and by the processor: on a busy machine the first says little, the second still something. */
export class Stopwatch {
  readonly #serverPid: number | null;
  #at = 0;
  #own = 0;
  #server = 0;

  constructor(serverPid: number | null) {
    this.#serverPid = serverPid;
    this.start();
  }

  start(): void {
    this.#at = performance.now();
    this.#own = ownProcessor();
    this.#server = processorOf(this.#serverPid);
  }

  told(): Figure {
    const ms = since(this.#at);
    const own = `${(ownProcessor() - this.#own).toFixed(1)} s`;
    const server = this.#serverPid === null ? '' : ` + ${(processorOf(this.#serverPid) - this.#server).toFixed(1)} s`;
    return { text: `${seconds(ms)} (processor ${own}${server})`, ms };
  }
}

function ownProcessor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Seconds of processor that a process has had; the kernel counts hundredths. */
function processorOf(pid: number | null): number {
  if (pid === null) return 0;
  const [, utime = '0', stime = '0'] =
    /\) \S(?: \S+){10} (\d+) (\d+)/u.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  return (Number(utime) + Number(stime)) / 100;
}
/** Milliseconds as seconds, for a table. */
export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const shareOf = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
/** Median and 95th percentile; an aim is held against the second. */
export const milliseconds = (times: readonly number[]): Figure => {
  const sorted = [...times].sort((a, b) => a - b);
  const ms = shareOf(sorted, 0.95);
  return { text: `${shareOf(sorted, 0.5).toFixed(1)} / ${ms.toFixed(1)} ms`, ms };
};

/** Resident memory of a process. */
export function memoryOf(pid: number): string {
  const resident = /VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return `${(Number(resident) / 1000).toFixed(0)} MB`;
}
