import { canonicalJson, type Json } from '../model/json.ts';
import { effects, type Effect } from '../model/treatment.ts';
import type { Readings } from '../propagate/readings.ts';
import type { VouchedFunctions } from '../model/vouched-functions.ts';
import type { PropagationData, Vouching } from '../rulebook/functions.ts';
import type { Stores } from './stores.ts';

const kind = 'propagation-rules';

/** Keeps what rules of an id say, where a team has functions of its own: the id stands in every derived row. */
export async function keepRules(
  state: Stores['state'],
  { id, functions, under, vouched }: PropagationData,
): Promise<void> {
  if (vouched.size === 0) return;
  const byRegulation = [...under].map(([regulation, own]) => [regulation, Object.fromEntries(own)]);
  const said = {
    functions: Object.fromEntries(functions),
    under: Object.fromEntries(byRegulation) as Json,
    vouched: Object.fromEntries([...vouched].map(([name, { by, until }]) => [name, { by, until }])),
  };
  // A term that was made longer is no other rule: the newest word about it is kept.
  if (canonicalJson(await state.get(kind, id)) !== canonicalJson(said)) await state.put(kind, id, said);
}

/** What single regulations make of a revision, by the rules that it was derived with; null: no regulation differs. */
export async function readKeptReadings(
  stores: Pick<Stores, 'graph' | 'state'>,
  shipped: PropagationData,
  n: number,
): Promise<Readings | null> {
  const kept = await readKeptRules(stores, shipped, n);
  if (kept === null || kept.under.size === 0) return null;
  const { readReadings } = await import('../propagate/readings.ts');
  return readReadings({ graph: stores.graph, n, rules: kept, under: kept.under });
}

/** What the team's functions do by the rules that a revision was derived with, and who answers for it; null: it had none. */
export async function readKeptFunctions(
  stores: Pick<Stores, 'graph' | 'state'>,
  shipped: PropagationData,
  n: number,
): Promise<VouchedFunctions | null> {
  const kept = await readKeptRules(stores, shipped, n);
  if (kept === null) return null;
  const { createVouchedFunctions } = await import('../propagate/vouched-functions.ts');
  return createVouchedFunctions({ rules: kept, under: kept.under, vouched: kept.vouched });
}

async function readKeptRules(
  { graph, state }: Pick<Stores, 'graph' | 'state'>,
  shipped: PropagationData,
  n: number,
): Promise<PropagationData | null> {
  const [row] = (await graph.scan('derived', n, { first: 1 })).items;
  const kept = row === undefined ? null : await state.get(kind, row.rules);
  if (row === undefined || kept === null) return null;
  // What is kept may lack who vouches: then nobody is named.
  const { functions, under, vouched = {} } = kept as { functions: Json; under: Json; vouched?: Json };
  return {
    ...shipped,
    id: row.rules,
    functions: effectsOf(functions),
    under: new Map(entriesOf(under).map(([regulation, own]) => [regulation, effectsOf(own)])),
    vouched: new Map(entriesOf(vouched).flatMap(([name, body]) => vouchingOf(name, body))),
  };
}

function entriesOf(body: Json): readonly (readonly [string, Json])[] {
  return Object.entries(body ?? {}) as readonly (readonly [string, Json])[];
}

function vouchingOf(name: string, body: Json): readonly (readonly [string, Vouching])[] {
  const [by, until] = ['by', 'until'].map((member) => entriesOf(body).find(([key]) => key === member)?.[1]);
  return typeof by === 'string' && typeof until === 'string' ? [[name, { by, until }]] : [];
}

function effectsOf(body: Json): ReadonlyMap<string, Effect> {
  return new Map(
    entriesOf(body).flatMap(([name, effect]) => {
      const known = effects.find((one) => one === effect);
      return known === undefined ? [] : [[name, known] as const];
    }),
  );
}
