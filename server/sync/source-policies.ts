import type { SourcePolicy } from '../classify/egress.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { ConfiguredSource } from './source.ts';

/** The sources that describe a dataset, by what they allow. */
export function policiesOf(
  { assertions }: Pick<EntityRecord, 'assertions'>,
  sources: ReadonlyMap<string, ConfiguredSource>,
): readonly (SourcePolicy | null)[] {
  return assertions.map(({ source: name }) => {
    const source = sources.get(name);
    return source === undefined ? null : { name, llm: source.llm ?? null, applies: source.applies };
  });
}
