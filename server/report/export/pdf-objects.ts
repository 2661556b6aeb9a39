type Pdf = PDFKit.PDFDocument;

/** A reference to an object, as the library writes it. */
export interface PdfReference {
  readonly id: number;
  readonly data: Record<string, unknown>;
}

/** What the library keeps of the structure for each page: which element each piece of marked content belongs to. */
interface ParentTree {
  get(key: number): unknown;
  add(key: number, value: unknown): void;
}

/** What is used of the library beyond what its types tell. */
interface Inside {
  readonly _offsets: (number | null)[];
  readonly _offset: number;
  _write(data: Uint8Array): void;
  readonly page: {
    readonly dictionary: PdfReference;
    readonly structParentTreeKey: number;
    write(chunk: Uint8Array): void;
  };
  getStructParentTree(): ParentTree;
}

/** Where a piece of marked content stands: the object of its page, and its number there. */
export interface Mark {
  readonly page: number;
  readonly mcid: number;
}

/**
 * Writes objects and contents of pages as text, past the library: for each tagged cell it would keep, convert and hand on some
 * ten kilobytes, and a report of a hundred thousand fields has a million cells.
 */
export interface ObjectWriter {
  /** A number for an object that is written later; each that was taken is to be written once. */
  take(): number;
  /** Writes objects down, each with its number. */
  write(objects: readonly (readonly [id: number, body: string])[]): void;
  /** What the library takes for a reference to an object that it does not have. */
  reference(id: number): PdfReference;
  /** Adds operators to the page that is being written. */
  paint(operators: string): void;
  /** Gives a number to content that follows on this page and belongs to a tag. */
  mark(owner: number): Mark;
  /** Adds a tag that was written here to one of the library's. */
  adopt(parent: PDFKit.PDFStructureElement, id: number): void;
  /**
   * Writes down to which tags the pieces of finished pages belong, from page `from` on: the library would keep that until the
   * end. Returns the first page that is not finished: a tag of it is still open.
   */
  settle(from: number): number;
}

/** Writes into a document of the library. */
export function createObjectWriter(pdf: Pdf): ObjectWriter {
  const inside = pdf as unknown as Inside;
  // The library takes what has the ancestor of its own references for one.
  const ancestor: unknown = Object.getPrototypeOf(Object.getPrototypeOf(inside.page.dictionary));
  const kind = Object.create(ancestor as object, {
    toString: {
      value(this: PdfReference) {
        return `${String(this.id)} 0 R`;
      },
    },
  }) as object;
  const reference = (id: number): PdfReference =>
    Object.assign(Object.create(kind) as object, { id, data: { P: true } });
  const take = (): number => inside._offsets.push(null);
  const write: ObjectWriter['write'] = (objects) => {
    const start = inside._offset;
    let text = '';
    for (const [id, body] of objects) {
      inside._offsets[id - 1] = start + text.length;
      text += `${String(id)} 0 obj\n${body}\nendobj\n`;
    }
    inside._write(Buffer.from(text, 'latin1'));
  };
  return {
    take,
    write,
    reference,
    paint: (operators) => inside.page.write(Buffer.from(operators, 'latin1')),
    mark(owner) {
      const { page } = inside;
      const entries = inside.getStructParentTree().get(page.structParentTreeKey) as PdfReference[];
      return { page: page.dictionary.id, mcid: entries.push(reference(owner)) - 1 };
    },
    adopt(parent, id) {
      const element = parent as unknown as { readonly _children: object[] };
      const done = { dictionary: reference(id), _children: [], _attached: true, _ended: true, _flushed: true };
      element._children.push(Object.assign(Object.create(Object.getPrototypeOf(parent) as object) as object, done));
    },
    settle(from) {
      const tree = inside.getStructParentTree();
      // Keys are given in the order of pages; the page that is being written is not finished.
      const until = inside.page.structParentTreeKey;
      for (let key = from; key < until; key++) {
        const entries = tree.get(key);
        if (!Array.isArray(entries)) continue;
        if (entries.includes(null)) return key;
        const id = take();
        write([[id, `[${entries.map(String).join(' ')}]`]]);
        tree.add(key, reference(id));
      }
      return until;
    },
  };
}
