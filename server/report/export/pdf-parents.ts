type Pdf = PDFKit.PDFDocument;

/** What the library keeps of the structure for each page: which element each piece of marked content belongs to. */
interface ParentTree {
  get(key: number): unknown;
  add(key: number, value: unknown): void;
}

/**
 * The library keeps an object for every tagged cell until the end, so that it can write at the end to which element each piece
 * of a page belongs: some ten kilobytes a row. What is told of a finished page does not change any more; it is written down
 * as text at once, and the objects are let go of.
 *
 * `from`: the first page that was not settled yet. Returns the first one that could not be: a cell of it is still open.
 */
export function settleParents(pdf: Pdf, from: number): number {
  const inside = pdf as unknown as {
    getStructParentTree(): ParentTree;
    readonly page: { structParentTreeKey: number };
  };
  const tree = inside.getStructParentTree();
  // Keys are given in the order of pages; the page that is being written is not finished.
  const until = inside.page.structParentTreeKey;
  for (let key = from; key < until; key++) {
    const entries = tree.get(key);
    if (!Array.isArray(entries)) continue;
    if (entries.includes(null)) return key;
    const [first] = entries as readonly object[];
    if (first !== undefined) tree.add(key, writtenDown(`[${entries.map(String).join(' ')}]`, first));
  }
  return until;
}

/** A text that the library writes as it stands: it takes what has the ancestor of its own references for one. */
function writtenDown(text: string, reference: object): object {
  const ancestor: unknown = Object.getPrototypeOf(Object.getPrototypeOf(reference));
  return Object.create(ancestor as object, { toString: { value: () => text } }) as object;
}
