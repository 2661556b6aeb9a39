import { LexlineError } from '../base/errors.ts';

export interface TokenUse {
  readonly input: number;
  readonly output: number;
  /** True where the endpoint did not say, or said less than our own count, and characters were counted. */
  readonly estimated: boolean;
}

/** What may be spent; absent members have no limit. `cost` in the currency of the price. */
export interface BudgetCaps {
  readonly requests?: number | undefined;
  readonly tokens?: number | undefined;
  readonly cost?: number | undefined;
}

/** Of a million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  readonly currency: string;
}

/** What was spent so far. */
export interface Spent {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Some of the tokens were counted by us, not by the endpoint. */
  readonly estimated: boolean;
  /** Null where no price is configured. */
  readonly cost: number | null;
  readonly currency: string | null;
}

/** The purse of one sync. Requests that failed were made too and stay paid by their estimate. */
export interface Budget {
  /**
   * Takes one request of about so many tokens before it is made; hand the receipt back when the use is known. Fails with
   * LLM_BUDGET_SPENT when it could go beyond a limit; nothing is taken then.
   */
  take(estimate: { readonly input: number; readonly output: number }): Receipt;
  spent(): Spent;
}

export interface Receipt {
  /** Replaces the estimate by what was used. */
  settle(use: TokenUse): void;
}

/** A purse with limits. `name` says in messages whose it is. */
export function createBudget(name: string, caps: BudgetCaps = {}, price: TokenPrice | null = null): Budget {
  let requests = 0;
  let input = 0;
  let output = 0;
  let estimated = false;
  /** Requests whose use was never told: what they took is our count. */
  let unsettled = 0;
  const costOf = (inputTokens: number, outputTokens: number): number =>
    price === null ? 0 : (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
  const refuse = (what: string): never => {
    throw new LexlineError('LLM_BUDGET_SPENT', `[llm/${name}] the limit of ${what} for this sync is reached`, {
      remedy: 'sync again: what was not asked is asked then; or raise llm.endpoints[].budget',
    });
  };
  return {
    take(estimate) {
      if (caps.requests !== undefined && requests + 1 > caps.requests) refuse(`${caps.requests} requests`);
      const tokens = input + output + estimate.input + estimate.output;
      if (caps.tokens !== undefined && tokens > caps.tokens) refuse(`${caps.tokens} tokens`);
      const cost = costOf(input + estimate.input, output + estimate.output);
      if (caps.cost !== undefined && cost > caps.cost) refuse(`${caps.cost} ${price?.currency ?? ''} cost`);
      requests += 1;
      input += estimate.input;
      output += estimate.output;
      unsettled += 1;
      let open = true;
      return {
        settle(use) {
          if (!open) return;
          open = false;
          unsettled -= 1;
          input += use.input - estimate.input;
          output += use.output - estimate.output;
          estimated ||= use.estimated;
        },
      };
    },
    spent: () => ({
      requests,
      inputTokens: input,
      outputTokens: output,
      estimated: estimated || unsettled > 0,
      cost: price === null ? null : costOf(input, output),
      currency: price?.currency ?? null,
    }),
  };
}

/** About how many tokens a text is: its bytes by 3.5, on the high side for names and JSON. An estimate, for limits only. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text, 'utf8') / 3.5);
}
