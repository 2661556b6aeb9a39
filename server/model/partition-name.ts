import type { QualifiedName } from './ids.ts';
import { digestOf } from './json.ts';

/**
 * The name of a partition in the form that is kept. Partitions are often called after the values that they hold, so only a
 * digest is: whoever knows the name finds the dataset that it is a part of, and nobody reads a value out of the store.
 */
export function partitionName({ namespace, name }: QualifiedName): QualifiedName {
  return { namespace, name: `partition:${digestOf(name).slice(0, 24)}` };
}
