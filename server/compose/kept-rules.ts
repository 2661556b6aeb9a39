import type { Json } from '../model/json.ts';
import { effects, type Effect } from '../model/treatment.ts';
import type { Readings } from '../propagate/readings.ts';
import type { PropagationData } from '../rulebook/functions.ts';
import type { Stores } from './stores.ts';

const kind = 'propagation-rules';

/** Keeps what rules of an id say, where single regulations have effects of their own: the id stands in every derived row. */
export async function keepRules(state: Stores['state'], { id, functions, under }: PropagationData): Promise<void> {
  if (under.size === 0 || (await state.get(kind, id)) !== null) return;
  const byRegulation = [...under].map(([regulation, own]) => [regulation, Object.fromEntries(own)]);
  await state.put(kind, id, {
    functions: Object.fromEntries(functions),
    under: Object.fromEntries(byRegulation) as Json,
  });
}

/** What single regulations make of a revision, by the rules that it was derived with; null: no regulation differs. */
export async function readKeptReadings(
  { graph, state }: Pick<Stores, 'graph' | 'state'>,
  shipped: PropagationData,
  n: number,
): Promise<Readings | null> {
  const [row] = (await graph.scan('derived', n, { first: 1 })).items;
  const kept = row === undefined ? null : await state.get(kind, row.rules);
  if (row === undefined || kept === null) return null;
  const { functions, under } = kept as { readonly functions: Json; readonly under: Readonly<Record<string, Json>> };
  const { readReadings } = await import('../propagate/readings.ts');
  return readReadings({
    graph,
    n,
    rules: { ...shipped, id: row.rules, functions: effectsOf(functions) },
    under: new Map(Object.entries(under).map(([regulation, own]) => [regulation, effectsOf(own)])),
  });
}

function effectsOf(body: Json): ReadonlyMap<string, Effect> {
  return new Map(
    Object.entries(body ?? {}).flatMap(([name, effect]) => {
      const known = effects.find((one) => one === effect);
      return known === undefined ? [] : [[name, known] as const];
    }),
  );
}
