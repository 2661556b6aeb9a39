import { existsSync } from 'node:fs';
import { lazily } from '../base/lazily.ts';
import type { Cite } from '../classify/classify-line.ts';
import type { Citation } from '../model/classification.ts';
import { loadCatalogues, usualRegulations, type Catalogue } from '../rulebook/catalogue.ts';
import { catalogueCitations } from '../rulebook/terms.ts';
import type { CommandContext } from './command.ts';
import type { OpenRulebook } from './composition.ts';

/** Provisions for the rows of a command: those of the configured regulations, with the official text where it is indexed. */
export interface LineCitations {
  readonly cite: Cite;
  /** The same citations with quotations, where a text is indexed. */
  quote(category: string, citations: readonly Citation[]): Promise<readonly Citation[]>;
  close(): Promise<void>;
}

/**
 * Of the configuration only what regulations and their texts need is read. Where there is neither a configuration nor a folder
 * of stores, nothing is opened and the usual laws are cited.
 */
export async function openLineCitations({
  compose,
  global,
  clock,
}: Pick<CommandContext, 'compose' | 'global' | 'clock'>): Promise<LineCitations> {
  const isBare =
    global.config === undefined && global.data === undefined && !existsSync('lexline.yaml') && !existsSync('data');
  const open: OpenRulebook | null = isBare ? null : await compose.openRulebook({ writes: false, alone: true });
  const catalogues = open?.catalogues ?? loadCatalogues(usualRegulations);
  const quotations = lazily(async () => {
    if (open === null) return null;
    const { createQuotations } = await import('../rulebook/quotations.ts');
    return createQuotations({ rulebook: open.rulebook, catalogues, clock });
  });
  return {
    cite: createCite(catalogues),
    async quote(category, citations) {
      return (await (await quotations())?.quote(category, citations)) ?? citations;
    },
    close: async () => open?.close(),
  };
}

/** Citations out of catalogues, made once for each kind of finding. */
function createCite(catalogues: readonly Catalogue[]): Cite {
  const known = new Map<string, readonly Citation[]>();
  return (category, derived, subject) => {
    const key = `${category} ${derived ?? ''} ${subject}`;
    let citations = known.get(key);
    if (citations === undefined) {
      citations = catalogueCitations(category, derived, catalogues, { applies: {}, subject });
      known.set(key, citations);
    }
    return citations;
  };
}
