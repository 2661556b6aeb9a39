import { LexlineError } from './errors.ts';

/** Settings of connectors that say how names in files are read. None of them signs in anywhere. */
const namingKeys = ['namespace', 'dialect', 'defaultDatabase', 'defaultSchema'];

/**
 * How the names in a source's files are read, as its entry says. It is known also where sources are not looked at; a
 * variable that is not set then stays in the text as `${NAME}`.
 */
export function namingOf(entry: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    namingKeys.flatMap((key) => {
      const value = entry[key];
      return typeof value === 'string' ? [[key, value]] : [];
    }),
  );
}

/** Names that hold a variable which is not set would be other names. Fails with CONFIG_INVALID, naming the variable. */
export function requireWholeNaming(source: string, naming: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(naming)) {
    const variable = /\$\{([^}]*)\}/u.exec(value)?.[1];
    if (variable === undefined) continue;
    throw new LexlineError(
      'CONFIG_INVALID',
      `[config] "${key}" of the source "${source}" needs the environment variable ${variable}, which is not set`,
      { remedy: `set ${variable} as it is for a sync: without it the names of ${source} would be others` },
    );
  }
}
