/**
 * Is an entry of the kind that is asked for? A kind may go on after a slash, so that several entries of one kind stand at one
 * thing: `stop/2f1c` is a `stop`.
 */
export function isOfKind(kind: string, asked: string): boolean {
  return kind === asked || kind.startsWith(`${asked}/`);
}
