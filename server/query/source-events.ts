import type { QueryContext } from './context.ts';
import type { SourceEvents } from './answers.ts';

/** How the events of a source are doing, as the receiver and the conductor left it in the state store. */
export async function readSourceEvents({ state }: QueryContext, source: string): Promise<SourceEvents> {
  const [waiting, deadLetters, health] = await Promise.all([
    state.count(`inbox:${source}`),
    state.count(`dead-letter:${source}`),
    state.get('event-health', source),
  ]);
  const lastAt = health !== null && typeof health === 'object' ? Reflect.get(health, 'lastAt') : null;
  return { waiting, deadLetters, lastAt: typeof lastAt === 'string' ? lastAt : null };
}
