import { existsSync } from 'node:fs';
import { instant } from '../base/clock.ts';
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
  const day = instant(clock).slice(0, 10);
  const hasTexts = lazily(async () => open !== null && (await open.rulebook.list()).length > 0);
  const catalogues = open?.catalogues ?? loadCatalogues(usualRegulations);
  const quoted = new Map<string, Promise<readonly Citation[]>>();
  return {
    cite: createCite(catalogues),
    async quote(category, citations) {
      if (open === null || citations.length === 0 || !(await hasTexts())) return citations;
      const key = JSON.stringify([category, citations.map(({ provision, check }) => [provision, check])]);
      let known = quoted.get(key);
      if (known === undefined) {
        const { withOfficialTexts } = await import('../rulebook/text-citations.ts');
        known = withOfficialTexts(citations, open.rulebook, { category, catalogues, day });
        quoted.set(key, known);
      }
      return known;
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
