import { redact } from './redact.ts';
import type { Clock } from './clock.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Structured log lines. Members are redacted by name before anything is written; values of rows never come here at all. */
export interface Log {
  debug(message: string, members?: Readonly<Record<string, unknown>>): void;
  info(message: string, members?: Readonly<Record<string, unknown>>): void;
  warn(message: string, members?: Readonly<Record<string, unknown>>): void;
  error(message: string, members?: Readonly<Record<string, unknown>>): void;
}

const order: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** One JSON object a line to `write` (default: standard error). */
export function createLog(options: {
  readonly level: LogLevel;
  readonly clock: Clock;
  readonly write?: (line: string) => void;
}): Log {
  const write = options.write ?? ((line: string) => process.stderr.write(`${line}\n`));
  const at =
    (level: LogLevel) =>
    (message: string, members: Readonly<Record<string, unknown>> = {}) => {
      if (order[level] < order[options.level]) return;
      write(JSON.stringify(redact({ time: new Date(options.clock.now()).toISOString(), level, message, ...members })));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A level as the environment spells it; anything else is the preset. */
export function logLevel(wanted: string | undefined, preset: LogLevel): LogLevel {
  return wanted === 'debug' || wanted === 'info' || wanted === 'warn' || wanted === 'error' ? wanted : preset;
}

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
