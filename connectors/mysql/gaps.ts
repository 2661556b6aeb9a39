import type { Gap } from '../../server/model/provenance.ts';
import { account } from './profile.ts';
import type { UnshownRow } from './rows.ts';
import { quote } from './sql.ts';

/** Views that a remedy names one by one; of more, the whole schema. */
const maxNamed = 5;

/** What is listed in a schema without its text, as a gap with the grants that show it. */
export function unshownTexts(rows: readonly UnshownRow[], user: string, system: string): readonly Gap[] {
  const groups = Map.groupBy(rows, ({ schema, kind }) => JSON.stringify([schema, kind]));
  return [...groups.values()].flatMap((group): readonly Gap[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { schema, kind } = first;
    const names = group.map(({ name }) => name);
    const others = names.length > maxNamed ? ` and ${names.length - maxNamed} more` : '';
    const shown = `${names.slice(0, maxNamed).join(', ')}${others}`;
    const what = `schema ${schema}`;
    const counted = names.length === 1 ? `one ${kind}` : `${names.length} ${kind}s`;
    const detail = `the text of ${counted} is not shown to "${user}", so it is not known what they read and write: ${shown}`;
    const remedy = kind === 'view' ? showViews(schema, names, user) : showRoutines(schema, user, system);
    return [{ what, reason: 'no-rights', detail, remedy }];
  });
}

/** A server shows the text of a view to who may ask for it and may read the view; the tables behind it need no right. */
function showViews(schema: string, views: readonly string[], user: string): string {
  const on = views.length > maxNamed ? [`${quote(schema)}.*`] : views.map((view) => `${quote(schema)}.${quote(view)}`);
  return [
    `GRANT SHOW VIEW ON ${quote(schema)}.* TO ${account(user)};`,
    ...on.map((each) => `GRANT SELECT ON ${each} TO ${account(user)};`),
  ].join('\n');
}

/** Which right shows the text of routines depends on product and version; the right to run them does not. */
export function showRoutines(schema: string, user: string, system: string): string {
  const [, product = '', major = '0', minor = '0', patch = '0'] = /^(\w+) (\d+)\.(\d+)(?:\.(\d+))?/u.exec(system) ?? [];
  const version = Number(major) * 1_000_000 + Number(minor) * 1000 + Number(patch);
  if (product === 'MariaDB' && version >= 11_003_000)
    return `GRANT SHOW CREATE ROUTINE ON ${quote(schema)}.* TO ${account(user)};`;
  if (product === 'MySQL' && version >= 8_000_020) return `GRANT SHOW_ROUTINE ON *.* TO ${account(user)};`;
  return `GRANT SELECT ON mysql.proc TO ${account(user)};`;
}
