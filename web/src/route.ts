/** Which page is asked for, and how it is to be shown. Everything that a reload must keep stands in the address. */
export interface Route {
  readonly page: Page;
  /** Below where the pages are mounted: `/fields/RmllbGQ6…`. */
  readonly path: string;
  /** Global id of the dataset or field; empty for other pages. */
  readonly id: string;
  /** What was known then; null: now. */
  readonly asOf: string | null;
  /** The page's own choices: search words, direction and depth of a lineage. */
  readonly options: Readonly<Record<string, string>>;
}

export type Page = 'datasets' | 'dataset' | 'fields' | 'field' | 'gaps' | 'runs' | 'unknown';

const pages: readonly (readonly [RegExp, Page])[] = [
  [/^\/$/, 'datasets'],
  [/^\/datasets\/([A-Za-z0-9_=-]+)$/, 'dataset'],
  [/^\/fields$/, 'fields'],
  [/^\/fields\/([A-Za-z0-9_=-]+)$/, 'field'],
  [/^\/gaps$/, 'gaps'],
  [/^\/runs$/, 'runs'],
];

/** Reads an address: `/fields/RmllbGQ6…?asOf=2026-09-30&depth=5`. */
export function readRoute(path: string, search: string): Route {
  const parameters = new URLSearchParams(search);
  const asOf = parameters.get('asOf');
  parameters.delete('asOf');
  const options = Object.fromEntries(parameters);
  for (const [pattern, page] of pages) {
    const match = pattern.exec(path);
    if (match !== null) return { page, path, id: match[1] ?? '', asOf: asOf === '' ? null : asOf, options };
  }
  return { page: 'unknown', path, id: '', asOf, options };
}

/**
 * The address of a page, with the time that is looked at carried along. It starts from `<base>`, because a program that
 * Lexline is mounted in may serve the pages under a path of its own.
 */
export function addressOf(path: string, asOf: string | null, options: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams(Object.entries(options).filter(([, value]) => value !== ''));
  if (asOf !== null) parameters.set('asOf', asOf);
  const search = parameters.toString();
  return `.${path}${search === '' ? '' : `?${search}`}`;
}

/** What a global id is one of, as far as the pages know: a mistyped or cut address is told before anything is asked. */
export function kindOfId(id: string): 'dataset' | 'field' | null {
  try {
    const [, kind] = /^(Dataset|Field):[0-9a-f]{32}$/.exec(atob(id.replaceAll('-', '+').replaceAll('_', '/'))) ?? [];
    return kind === undefined ? null : kind === 'Dataset' ? 'dataset' : 'field';
  } catch {
    return null;
  }
}
