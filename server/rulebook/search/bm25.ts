/** A document as stems by field, each field with its weight. */
export type WeightedFields = readonly { readonly stems: readonly string[]; readonly weight: number }[];

/** Okapi BM25 over weighted fields (Robertson, Zaragoza 2009), for the few hundred provisions of the catalogues. */
export interface Bm25 {
  /** Of each document, in order: what the stem adds to it; absent where it does not occur. */
  scores(stem: string): ReadonlyMap<number, number>;
  /** How telling a stem is; a stem that nothing has is the most telling. */
  idf(stem: string): number;
}

const saturation = 1.2;
const lengthShare = 0.5;

export function createBm25(documents: readonly WeightedFields[]): Bm25 {
  const postings = new Map<string, Map<number, number>>();
  const lengths = documents.map((fields) => fields.reduce((sum, { stems }) => sum + stems.length, 0));
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents.length);
  for (const [document, fields] of documents.entries())
    for (const { stems, weight } of fields)
      for (const stem of stems) {
        const list = postings.get(stem) ?? new Map<number, number>();
        list.set(document, (list.get(document) ?? 0) + weight);
        postings.set(stem, list);
      }
  const idf = (stem: string): number => {
    const holding = postings.get(stem)?.size ?? 0;
    return Math.log(1 + (documents.length - holding + 0.5) / (holding + 0.5));
  };
  return {
    idf,
    scores(stem) {
      const telling = idf(stem);
      const found = new Map<number, number>();
      for (const [document, frequency] of postings.get(stem) ?? []) {
        const norm = 1 - lengthShare + (lengthShare * (lengths[document] ?? 0)) / Math.max(1, meanLength);
        found.set(document, (telling * frequency * (saturation + 1)) / (frequency + saturation * norm));
      }
      return found;
    },
  };
}
