import type { Actor } from '../model/provenance.ts';
import type { Clock } from '../base/clock.ts';
import type { CommandIo } from './command-io.ts';
import type { Compose, GlobalOptions } from './composition.ts';

/** 0: done, nothing found · 1: done, and found something (violations, drift, gaps asked for) · 2: could not run. */
export type ExitStatus = 0 | 1 | 2;

/** What stands on the command line after the command's name. Options by their camelCase name; absent ones are not there. */
export interface Invocation {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** What every command is given: nothing else of the process is touched by a command. */
export interface CommandContext {
  readonly io: CommandIo;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Ends with Ctrl-C or SIGTERM. A command lets go of what it holds and returns or throws. */
  readonly signal: AbortSignal;
  /** Who runs it: `user@host`. */
  readonly actor: Actor;
  readonly global: GlobalOptions;
  /** Reads the configuration and builds the product from it. The command closes what it opened. */
  readonly compose: Compose;
}

/** The module behind a command, loaded only when that command is run. */
export interface CommandModule {
  run(invocation: Invocation, context: CommandContext): Promise<ExitStatus>;
}

/** A command as `--help` shows it. Light: says nothing that would load the command's room. */
export interface CommandDeclaration {
  /** One or two words: `sync`, `sql lineage`. */
  readonly name: string;
  readonly summary: string;
  /** As commander spells them: `<dataset>`, `[source]`, each with its description. */
  readonly args?: readonly (readonly [name: string, description: string])[];
  /** As commander spells them: `--format <format>`, description, default. */
  readonly options?: readonly (readonly [flags: string, description: string, preset?: string])[];
  /** Ready to paste. */
  readonly example: string;
  readonly load: () => Promise<CommandModule>;
}
