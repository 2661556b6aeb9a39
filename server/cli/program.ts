import { Command, CommanderError } from 'commander';
import type { Actor } from '../model/provenance.ts';
import type { Clock } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import { productVersion } from '../base/version.ts';
import { commands } from './commands.ts';
import type { CommandContext, CommandDeclaration, ExitStatus, Invocation } from './command.ts';
import type { CommandIo } from './command-io.ts';
import type { Compose, ComposeSettings, GlobalOptions } from './composition.ts';
import { showError } from './show-error.ts';

/** What the process gives to the program. */
export interface ProgramHost {
  readonly io: CommandIo;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly actor: Actor;
  readonly compose: (settings: ComposeSettings) => Promise<Compose>;
}

const globalOptions: readonly (readonly [string, string])[] = [
  ['--config <file>', 'configuration file (default: ./lexline.yaml)'],
  ['--data <folder>', 'where the embedded stores live (default: ./data)'],
  ['--json', 'write for machines: JSON instead of text'],
];

/** Reads the arguments, runs one command and gives the exit status. Every error is shown here and nowhere else. */
export async function runProgram(argv: readonly string[], host: ProgramHost): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const printed: string[] = [];
  const program = new Command('lexline');
  const output = {
    writeOut: (text: string) => void printed.push(text),
    writeErr: () => {},
    outputError: () => {},
    getOutHelpWidth: () => Math.max(60, host.io.columns),
  };
  program
    .description('Where personal, health and card data lives, where it flows, which rules apply, and who decided so.')
    .version(productVersion(), '--version', 'print the version')
    .helpOption('--help', 'show help')
    .helpCommand(false)
    .configureOutput(output)
    .exitOverride();
  for (const [flags, description] of globalOptions) program.option(flags, description);
  for (const declaration of commands)
    commandOf(program, declaration, async (invocation, given) => {
      status = await runCommand(declaration, invocation, given, host);
    });
  try {
    if (argv.length === 0) {
      await host.io.out(program.helpInformation());
      return 2;
    }
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      await host.io.out(printed.join(''));
      return 0;
    }
    return showError(misuseOr(error, argv, program), host, argv.includes('--json'));
  }
}

async function runCommand(
  declaration: CommandDeclaration,
  invocation: Invocation,
  global: GlobalOptions,
  host: ProgramHost,
): Promise<ExitStatus> {
  const { io, env, clock, signal, actor } = host;
  let made: Promise<Compose> | undefined;
  const composed = (): Promise<Compose> => (made ??= host.compose({ global, env, clock, actor }));
  const context: CommandContext = {
    io,
    env,
    clock,
    signal,
    actor,
    global,
    compose: {
      readConfig: async () => (await composed()).readConfig(),
      parseConfig: async (value, directory) => (await composed()).parseConfig(value, directory),
      lineModel: async (endpoint) => (await composed()).lineModel(endpoint),
      openRulebook: async (options) => (await composed()).openRulebook(options),
      open: async (options) => (await composed()).open(options),
      checkSource: async (source, stop) => (await composed()).checkSource(source, stop),
      inspectStores: async () => (await composed()).inspectStores(),
      checkStores: async () => (await composed()).checkStores(),
      hasStores: async () => (await composed()).hasStores(),
      backUp: async (file) => (await composed()).backUp(file),
      restore: async (file) => (await composed()).restore(file),
    },
  };
  const command = await declaration.load();
  return command.run(invocation, context);
}

/** Adds a declared command; a name of two words becomes a command inside a group. */
function commandOf(
  program: Command,
  declaration: CommandDeclaration,
  action: (invocation: Invocation, global: GlobalOptions) => Promise<void>,
): void {
  const [first = '', second] = declaration.name.split(' ');
  const parent = second === undefined ? program : groupOf(program, first);
  const command = parent.command(second ?? first).description(declaration.summary);
  for (const [name, description] of declaration.args ?? []) command.argument(name, description);
  for (const [flags, description, preset] of declaration.options ?? []) command.option(flags, description, preset);
  for (const [flags, description] of globalOptions) command.option(flags, description);
  command.addHelpText('after', `\nExample:\n  ${declaration.example.replaceAll('\n', '\n  ')}`);
  command.action(async () => {
    const { config, data, json, ...options } = command.optsWithGlobals<Record<string, string | boolean | undefined>>();
    await action(
      { args: command.args, options },
      {
        config: typeof config === 'string' ? config : undefined,
        data: typeof data === 'string' ? data : undefined,
        json: json === true,
      },
    );
  });
}

const groups: Readonly<Record<string, string>> = {
  access: 'keys of callers',
  'dead-letters': 'events that could not be taken: list them, try them again',
  governance: 'what people entered: apply it, import it, draft it',
  ledger: 'the append-only record of what was decided',
  notify: 'notices to receivers: test one, list what waits, send again',
  pack: 'signed packs of evidence: write one, verify one',
  regulations: 'provisions of the law: search them, add and list official texts',
  retention: 'old revisions: what the policy lets go of, and purging it',
  review: 'questions that wait for a person: list them, decide them',
  signing: 'the key that signs packs and heads of the ledger',
  sources: 'the sources that the graph knows',
  sql: 'work on SQL texts',
  stops: 'stops that people set against propagation',
};

function groupOf(program: Command, name: string): Command {
  const existing = program.commands.find((command) => command.name() === name);
  return (
    existing ??
    program
      .command(name)
      .description(groups[name] ?? '')
      .helpCommand(false)
  );
}

/** Turns a mistake on the command line into our own error, with the help of the command that was meant. */
function misuseOr(error: unknown, argv: readonly string[], program: Command): unknown {
  if (!(error instanceof CommanderError)) return error;
  const message =
    error.code === 'commander.help'
      ? 'a command is missing'
      : error.message.replace(/^error: /u, '').replaceAll('\n', ' ');
  return new LexlineError('INPUT_INVALID', `[cli] ${message}`, { remedy: `${meantBy(argv, program)} --help` });
}

/** The command that arguments begin with, as far as there is one: `lexline`, `lexline stops`, `lexline stops set`. */
function meantBy([word, ...rest]: readonly string[], from: Command, before = ''): string {
  const name = `${before}${from.name()}`;
  const next = from.commands.find((command) => command.name() === word);
  return next === undefined ? name : meantBy(rest, next, `${name} `);
}
