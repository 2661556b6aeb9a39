/** Keeps the last `size` answers by key, those still being worked out among them; one that failed is forgotten at once. */
export function createMemory<T>(size: number): (key: string, work: () => Promise<T>) => Promise<T> {
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
