import { readCarriage, type Carriage } from '../propagate/carriage.ts';
import { loadPropagationRules } from '../rulebook/functions.ts';
import type { EdgeRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';

/** What these edges carried at `n`, by the rules that the revision was derived with. */
export async function carriageOf(context: QueryContext, edges: readonly EdgeRecord[], n: number): Promise<Carriage> {
  const vouched = await context.vouched(n);
  const { personKeys } = loadPropagationRules();
  return readCarriage({ graph: context.graph, n, edges, effectOf: (edge) => vouched.effectOf(edge), personKeys });
}
