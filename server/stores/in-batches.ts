/** Most things asked of a store in one call. */
const batchSize = 1000;

/** Asks a store for many things in calls of bounded size; the answers one after the other. */
export async function inBatches<Key, Answer>(
  keys: readonly Key[],
  ask: (batch: readonly Key[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  if (keys.length <= batchSize) return keys.length === 0 ? [] : ask(keys);
  const answers: Answer[] = [];
  // One by one: a call takes some hundred thousand arguments at most.
  for (let at = 0; at < keys.length; at += batchSize)
    for (const answer of await ask(keys.slice(at, at + batchSize))) answers.push(answer);
  return answers;
}
