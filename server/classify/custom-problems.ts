import type { ConfigProblem } from '../base/config-file.ts';
import { nearest, suggest } from '../base/nearest.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { matches } from './allow-list.ts';
import { nameWidthProblem, patternProblem, widthProblem } from './custom-pattern.ts';
import { allowSchema, type CustomRules } from './custom-rules.ts';
import { detectors as shipped } from './detectors/detectors.ts';
import { validators } from './validators.ts';

type Members = Readonly<Record<string, unknown>>;
type Path = ConfigProblem['path'];

/**
 * Mistakes that each member of a file of detectors shows by itself, whatever the form of the rest: patterns, categories,
 * validators and detectors that are not there, one id twice, an allowed finding of no place.
 */
export function memberProblems(value: unknown, taxonomy: Taxonomy): ConfigProblem[] {
  const file = membersOf(value);
  const detectors = listOf(file['detectors']).map(membersOf);
  const ids = detectors.map(({ id }) => textOf(id));
  const known = [...shipped.map(({ id }) => id), ...ids.map((id) => `custom-${id ?? ''}`)];
  return [
    ...detectors.flatMap((entry, i) =>
      detectorProblems(entry, taxonomy).map(({ path, message }) => ({
        path: ['detectors', i, ...path],
        message: ids[i] === null ? message : `${ids[i] ?? ''}: ${message}`,
      })),
    ),
    ...ids.flatMap((id, i) =>
      id !== null && ids.indexOf(id) < i
        ? [{ path: ['detectors', i, 'id'], message: `there are two detectors ${id}` }]
        : [],
    ),
    ...listOf(file['allow']).flatMap((entry, i) => allowProblems(entry, ['allow', i], taxonomy)),
    ...listOf(file['tune']).flatMap((entry, i) =>
      unknownDetectors(membersOf(entry)['disable'], ['tune', i, 'disable'], known),
    ),
    ...unknownDetectors(file['disable'], ['disable'], known),
  ];
}

/** Sources that allowed findings and tuning speak of and that are not among these: such an entry does nothing. */
export function sourcesNotThere(
  { allow, tune }: Pick<CustomRules, 'allow' | 'tune'>,
  sources: readonly string[],
): readonly { readonly list: 'allow' | 'tune'; readonly source: string }[] {
  const missing = (entries: readonly { readonly source: string }[]): readonly string[] =>
    [...new Set(entries.map(({ source }) => source))].filter(
      (pattern) => pattern !== '*' && !sources.some((source) => matches(pattern, source)),
    );
  return [
    ...missing(allow).map((source) => ({ list: 'allow', source }) as const),
    ...missing(tune).map((source) => ({ list: 'tune', source }) as const),
  ];
}

function detectorProblems({ category, namePatterns, pattern, validator }: Members, taxonomy: Taxonomy) {
  const problems: ConfigProblem[] = [];
  const say = (path: Path, message: string | null): void => {
    if (message !== null) problems.push({ path, message });
  };
  say(['category'], categoryProblem(category, taxonomy));
  for (const [i, one] of listOf(namePatterns).entries()) {
    const text = textOf(one);
    if (text !== null) say(['namePatterns', i], patternProblem(text) ?? nameWidthProblem(text));
  }
  const text = textOf(pattern);
  if (text !== null) say(['pattern'], patternProblem(text) ?? widthProblem(text));
  const check = textOf(validator);
  if (check !== null && validators[check] === undefined)
    say(['validator'], `there is no validator ${check}; ${suggest(check, Object.keys(validators))}`);
  return problems;
}

function allowProblems(given: unknown, path: Path, taxonomy: Taxonomy): ConfigProblem[] {
  const unknown = categoryProblem(membersOf(given)['category'], taxonomy);
  const { data } = allowSchema.safeParse(given);
  const isEverywhere = data !== undefined && [data.source, data.table, data.column].every((glob) => /^\*+$/.test(glob));
  return [
    ...(isEverywhere ? [{ path, message: 'it would silence every column: say of which source, table or column' }] : []),
    ...(unknown === null ? [] : [{ path: [...path, 'category'], message: unknown }]),
  ];
}

function categoryProblem(given: unknown, taxonomy: Taxonomy): string | null {
  const category = textOf(given);
  if (category === null || taxonomy.category(category) !== undefined) return null;
  const all = taxonomy.categories.map(({ id }) => id);
  return `there is no category ${category}; ${nearOnly(category, all)}`;
}

/** Own detectors may stand in another file: {@link readCustomRules} looks for those. */
function unknownDetectors(given: unknown, path: Path, known: readonly string[]): ConfigProblem[] {
  return listOf(given).flatMap((one, i) => {
    const id = textOf(one);
    return id === null || known.includes(id) || id.startsWith('custom-')
      ? []
      : [{ path: [...path, i], message: `there is no detector ${id}; ${nearOnly(id, known)}` }];
  });
}

/** Some two hundred names are no help. */
function nearOnly(typed: string, known: readonly string[]): string {
  const near = nearest(typed, known);
  return near === null ? 'docs/detectors.md lists them' : `did you mean "${near}"?`;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function membersOf(value: unknown): Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
}

/** An empty text is a mistake of form. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
