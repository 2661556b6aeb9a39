/** What comes one by one, in its order and in batches of up to `size`, without what `isWanted` turns down. */
export async function* everyBatch<T>(
  items: AsyncIterable<T>,
  size: number,
  isWanted: (item: T) => boolean = () => true,
): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    if (!isWanted(item)) continue;
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
