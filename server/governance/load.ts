import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseYamlText, type ConfigProblem, type ConfigText } from '../base/config-file.ts';
import { problemsOf } from '../base/config-problems.ts';
import { LexlineError } from '../base/errors.ts';
import { readFailure } from '../base/file-failure.ts';
import { suggest } from '../base/nearest.ts';
import { governanceFileSchema, governanceKinds, type Governance, type GovernanceKind } from './objects.ts';
import { referencesOf } from './references.ts';

const maxBytes = 4 * 1024 * 1024;

/** One file of the folder, read and checked by itself. */
interface LoadedFile {
  readonly text: ConfigText;
  readonly content: Governance;
}

/**
 * Reads every `.yml` and `.yaml` below a folder as one body of governance objects. Fails with CONFIG_INVALID, naming file,
 * line and the nearest known word, when one does not hold; also for a reference to what nobody defined.
 */
export async function loadGovernance(folder: string): Promise<Governance> {
  const files: LoadedFile[] = [];
  for (const file of await yamlFiles(folder)) files.push(await loadFile(folder, file));
  const whole = mergeFiles(files.map(({ content }) => content));
  for (const { text, content } of files) {
    const problems = [...overlaps(content, whole), ...danglingReferences(content, whole)];
    if (problems.length > 0) throw text.fail(problems);
  }
  return whole;
}

/** Paths below a folder that end in .yml or .yaml, in the order of their names. */
export async function yamlFiles(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true });
    return entries.filter((name) => /\.ya?ml$/iu.test(name) && !/(^|[\\/])\./u.test(name)).toSorted();
  } catch (error) {
    throw new LexlineError('CONFIG_INVALID', `[governance] ${folder} cannot be read: ${readFailure(error).why}`, {
      cause: error,
      remedy: 'make the folder, an empty one will do\nor take "governance" out of lexline.yaml',
    });
  }
}

async function loadFile(folder: string, name: string): Promise<LoadedFile> {
  const path = join(folder, name);
  if ((await stat(path)).size > maxBytes)
    throw new LexlineError('CONFIG_INVALID', `[governance] ${path} is larger than ${maxBytes} bytes`);
  return parseGovernanceText(await readFile(path, 'utf8'), relative(process.cwd(), path) || path);
}

/** One file's text, checked by itself; `file` names it in messages. References are not followed. */
export function parseGovernanceText(content: string, file: string): LoadedFile {
  const text = parseYamlText(content, file, { room: 'governance' });
  const parsed = governanceFileSchema.safeParse(text.value);
  if (!parsed.success) throw text.fail(problemsOf(parsed.error, governanceFileSchema, [], {}));
  return { text, content: parsed.data };
}

function mergeFiles(contents: readonly Governance[]): Governance {
  const merged = governanceFileSchema.parse({});
  for (const content of contents)
    for (const kind of governanceKinds) (merged[kind] as unknown[]).push(...content[kind]);
  return merged;
}

/** Two objects of one kind and id must not hold at the same time. */
function overlaps(content: Governance, whole: Governance): ConfigProblem[] {
  return governanceKinds.flatMap((kind) =>
    content[kind].flatMap((one, index) => {
      const others = whole[kind].filter((other) => other !== one && other.id === one.id);
      const clash = others.some(
        (other) =>
          (one.validTo ?? '9999') >= (other.validFrom ?? '0000') &&
          (other.validTo ?? '9999') >= (one.validFrom ?? '0000'),
      );
      if (!clash) return [];
      const message = `"${one.id}" is there twice for the same time: give the older one a validTo before the newer one's validFrom`;
      return [{ path: [kind, index, 'id'], message }];
    }),
  );
}

function danglingReferences(content: Governance, whole: Governance): ConfigProblem[] {
  const idsOf = (kind: GovernanceKind) => [...new Set(whole[kind].map(({ id }) => id))];
  return referencesOf(content).flatMap(({ path, to, id }) => {
    const known = idsOf(to);
    return known.includes(id) ? [] : [{ path, message: `"${id}" is not among ${to}; ${suggest(id, known)}` }];
  });
}
