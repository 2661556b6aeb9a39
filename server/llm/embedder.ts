/** Turns texts into vectors. The dense half of retrieval is built on it; nothing needs one. */
export interface Embedder {
  /** The model's name as the endpoint knows it; part of the identity of every index made with it. */
  readonly model: string;
  /** Length of every vector. */
  readonly dimensions: number;
  /**
   * One vector a text, in the order asked. Fails with LLM_UNAVAILABLE when the endpoint cannot be reached in time,
   * LLM_REFUSED when it says no, LLM_ANSWER_INVALID when count, order or dimensions of what came back do not hold.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
}
