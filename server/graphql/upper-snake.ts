/** A word of the model as the API spells it: `materialized-view` → `MATERIALIZED_VIEW`. */
export type UpperSnake<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Uppercase<Head>}_${UpperSnake<Tail>}`
  : Uppercase<S>;

/** Turns a word of the model into the API's enum value; the type checker holds the two vocabularies together. */
export function upperSnake<S extends string>(word: S): UpperSnake<S> {
  return word.replaceAll('-', '_').toUpperCase() as UpperSnake<S>;
}
