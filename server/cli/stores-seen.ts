import type { Config } from '../base/config.ts';
import { isLexlineError, messageOf } from '../base/errors.ts';
import type { Compose } from './composition.ts';

/** What `check-config` tells of the stores: a folder, or the server that keeps them and whether it lets us in. */
export interface StoresSeen {
  readonly engine: Config['graphStore']['engine'];
  /** The folder, or what the server said. */
  readonly detail: string;
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string | null } | null;
}

/** Signs in at a server that keeps the stores, and changes nothing there; the embedded ones are not looked at. */
export async function seeStores(config: Config, compose: Compose): Promise<StoresSeen> {
  const { engine } = config.graphStore;
  if (engine === 'embedded') return { engine, detail: config.dataDirectory, error: null };
  try {
    const { where, what, gap } = await compose.inspectStores();
    return { engine, detail: `${what}, ${where}${gap === null ? '' : `; ${gap.detail}`}`, error: null };
  } catch (error) {
    const known = isLexlineError(error) ? error : null;
    const told = { code: known?.code ?? 'INTERNAL', message: messageOf(error), remedy: known?.remedy ?? null };
    const remedy = told.remedy === null ? '' : `\n  what to do: ${told.remedy}`;
    return { engine, detail: `[${told.code}] ${told.message}${remedy}`, error: told };
  }
}
