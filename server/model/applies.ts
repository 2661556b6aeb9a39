/** What is said of a source's owner, by regulation: `{ hipaa: 'covered-entity' }`; `none`: it does not bind them. */
export type Applies = Readonly<Record<string, string>>;

const outside = 'none';

/**
 * What is true of something that several sources describe, by regulation: who describes it holds it, so a regulation binds
 * where it binds any of them, whatever their order. Of those that it binds the first says in which role. Pure.
 */
export function appliesTogether(
  sources: readonly string[],
  appliesOf: (source: string) => Applies | undefined,
): Record<string, string> {
  const together: Record<string, string> = {};
  for (const source of sources)
    for (const [regulation, role] of Object.entries(appliesOf(source) ?? {}))
      if ((together[regulation] ?? outside) === outside) together[regulation] = role;
  return together;
}

/** True when it is said of these sources that a regulation binds none of those who hold what they describe. */
export function isOutside(
  regulation: string,
  sources: readonly string[],
  appliesOf: (source: string) => Applies | undefined,
): boolean {
  return appliesTogether(sources, appliesOf)[regulation] === outside;
}
