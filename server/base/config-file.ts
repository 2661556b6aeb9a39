import { readFileSync, statSync } from 'node:fs';
import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { LexlineError } from './errors.ts';
import { isNotThere, readFailure } from './file-failure.ts';

const maxBytes = 1024 * 1024;

/** A place in the configuration: member names and list positions from the top. */
export type ConfigPath = readonly PropertyKey[];

/** One mistake, said in words that a person can act on. Never a value of the file: it may be a secret. */
export interface ConfigProblem {
  readonly path: ConfigPath;
  readonly message: string;
  /** The mistake is in this member's name, not in its value. */
  readonly key?: string;
}

/** A configuration as read: its plain value, and how to turn mistakes into one error with line numbers. */
export interface ConfigText {
  readonly value: unknown;
  /** CONFIG_INVALID with every mistake on a line of its own. */
  fail(problems: readonly ConfigProblem[]): LexlineError;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a YAML file and fills `${NAME}` in from `env`; `$${NAME}` stands for the text itself. Without `env` (null) the text
 * stays as it is, for who asks only for members that hold none; `unread` is a member at the top that nobody will look into,
 * where variables may be missing. Fails with CONFIG_INVALID.
 */
export function readConfigFile(file: string, env: Environment | null, unread?: string): ConfigText {
  const text = readText(file);
  return env === null ? parseYamlText(text, file, { room: 'config' }) : parseConfigText(text, file, env, unread);
}

function readText(file: string): string {
  try {
    if (statSync(file).size > maxBytes)
      throw new LexlineError('CONFIG_INVALID', `[config] ${file} is larger than ${maxBytes} bytes`, {
        remedy: 'name the configuration file itself with --config, not a data file',
      });
    return utf8Of(readFileSync(file), file);
  } catch (error) {
    if (error instanceof LexlineError) throw error;
    const missing = isNotThere(error);
    const { why, remedy } = readFailure(error);
    throw new LexlineError(
      'CONFIG_INVALID',
      missing ? `[config] ${file} does not exist` : `[config] ${file} cannot be read: ${why}`,
      { cause: error, remedy: missing ? 'lexline init' : remedy },
    );
  }
}

function utf8Of(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new LexlineError('CONFIG_INVALID', `[config] ${file} is not a text in UTF-8`, {
      cause: error,
      remedy: 'save it in UTF-8, or name the configuration file itself with --config',
    });
  }
}

/** As {@link readConfigFile}, from a text; `file` names it in messages. */
export function parseConfigText(text: string, file: string, env: Environment, unread?: string): ConfigText {
  return parseYamlText(text, file, { room: 'config', env, ...(unread === undefined ? {} : { unread }) });
}

/** Reads any YAML of ours that people write. `room` begins the messages; without `env` a text may hold `${NAME}` as it is. */
export function parseYamlText(
  text: string,
  file: string,
  { room, env, unread }: { readonly room: string; readonly env?: Environment; readonly unread?: string },
): ConfigText {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/u, ''), { prettyErrors: false, lineCounter: lines });
  const fail = (problems: readonly ConfigProblem[]): LexlineError => failure(room, file, problems, document, lines);
  const broken = [...document.errors, ...document.warnings][0];
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    const what = broken.message.replaceAll(/"[^"]*"/gu, '"…"');
    throw new LexlineError('CONFIG_INVALID', `[${room}] ${file}, line ${line}, column ${col}: not valid YAML: ${what}`);
  }
  const missing = env === undefined ? [] : fillIn(document, env);
  const problems = missing.filter(({ path }) => unread === undefined || path[0] !== unread);
  if (problems.length > 0) throw fail(problems);
  return { value: document.contents === null ? {} : plainValue(document, room, file), fail };
}

function plainValue(document: Document, room: string, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    // The parser's own message would quote the text, which may be a password that begins with `*`.
    throw new LexlineError(
      'CONFIG_INVALID',
      `[${room}] ${file}: an alias (*…) names no anchor, or there are too many`,
      {
        remedy: 'put values that begin with * or & into quotes',
      },
    );
  }
}

/** A configuration given as a value by a program: same mistakes, no line numbers. */
export function configValue(value: unknown): ConfigText {
  return { value, fail: (problems) => failure('config', 'the configuration', problems) };
}

function fillIn(document: Document, env: Environment): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string') return;
      node.value = node.value.replaceAll(
        /(\$?)\$\{([^}]*)\}/gu,
        (whole: string, escaped: string, name: string): string => {
          if (escaped === '$') return whole.slice(1);
          const value = /^[A-Za-z_][A-Za-z0-9_]*$/u.test(name) ? env[name] : undefined;
          if (value !== undefined && value !== '') return value;
          problems.push({
            path: pathTo([...ancestors, node]),
            message: `the environment variable ${name} is not set`,
          });
          return whole;
        },
      );
    },
  });
  return problems;
}

/** The path of a node from those that hold it. */
function pathTo(nodes: readonly unknown[]): ConfigPath {
  const path: PropertyKey[] = [];
  for (const [i, node] of nodes.entries()) {
    if (isPair(node)) path.push(String(isScalar(node.key) ? node.key.value : node.key));
    else if (isSeq(node)) path.push(node.items.findIndex((item) => item === nodes[i + 1]));
  }
  return path;
}

function failure(
  room: string,
  file: string,
  problems: readonly ConfigProblem[],
  document?: Document,
  lines?: LineCounter,
): LexlineError {
  const texts = problems.map((problem) => {
    const line = document === undefined || lines === undefined ? null : lineOf(document, lines, problem);
    const place = problem.path.map(String).join('.');
    return `${line === null ? '' : `line ${line}: `}${place === '' ? '' : `${place}: `}${problem.message}`;
  });
  const message =
    texts.length === 1
      ? `[${room}] ${file}, ${texts[0] ?? ''}`
      : `[${room}] ${file} has ${texts.length} mistakes:\n${texts.map((text) => `  ${text}`).join('\n')}`;
  return new LexlineError('CONFIG_INVALID', message);
}

/** The line of the mistake itself, or of the nearest thing around it that is there. */
function lineOf(document: Document, lines: LineCounter, problem: ConfigProblem): number | null {
  const { path, key } = problem;
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const named =
      key !== undefined && length === path.length && isMap(node)
        ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.key
        : undefined;
    const range = isNode(named) && named.range ? named.range : node.range;
    return lines.linePos(range[0]).line;
  }
  return null;
}
