/**
 * Keeps the last `size` answers by key, those still being worked out among them, so that nothing is asked twice; one that failed
 * is forgotten at once. Without `size` it keeps them all.
 */
export function createMemory<T>(size = Number.POSITIVE_INFINITY): (key: string, work: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, work) => {
    const before = known.get(key);
    known.delete(key);
    const answer = before ?? work();
    known.set(key, answer);
    if (before === undefined) answer.catch(() => known.delete(key));
    for (const oldest of known.keys()) {
      if (known.size <= size) break;
      known.delete(oldest);
    }
    return answer;
  };
}
