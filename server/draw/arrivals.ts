import { wordsWidth } from './metrics.ts';
import type { Drafts, LinkDraft, Port } from './boxes.ts';
import type { Ranking } from './ranks.ts';

/** What happened to the values that arrive at one side of a port, in words. */
export interface ArrivalDraft {
  readonly side: 'left' | 'right';
  readonly words: string;
}

/** By {@link portName}. */
export type Arrivals = ReadonlyMap<string, readonly ArrivalDraft[]>;

export function portName({ box, row }: Port): string {
  return JSON.stringify([box, row]);
}

/** Edges arrive from the left, unless they close a cycle or stay in their box. */
export function sideOf(link: LinkDraft, ranking: Ranking): ArrivalDraft['side'] {
  return link.from.box === link.to.box || ranking.isBack(link.from.box, link.to.box) ? 'right' : 'left';
}

/** One word list per side of a port: several edges that do different things to the value share it. */
export function gatherArrivals({ links }: Drafts, ranking: Ranking): Arrivals {
  const ports = Map.groupBy(links, (link) => portName(link.to));
  const found = new Map<string, readonly ArrivalDraft[]>();
  for (const [port, arriving] of ports) {
    const drafts = (['left', 'right'] as const).flatMap((side): ArrivalDraft[] => {
      const here = arriving.filter((link) => sideOf(link, ranking) === side);
      const words = [...new Set(here.flatMap((link) => (link.words === null ? [] : [link.words])))].sort();
      if (words.length === 0) return [];
      const plain = here.some((link) => link.words === null && link.style === 'direct');
      return [{ side, words: [...(plain ? ['unchanged'] : []), ...words].join(', ') }];
    });
    if (drafts.length > 0) found.set(port, drafts);
  }
  return found;
}

/** Room that the words at one side of a column's boxes need; 0 without any. */
export function roomForWords(
  { boxes }: Drafts,
  column: readonly number[],
  side: ArrivalDraft['side'],
  arrivals: Arrivals,
): number {
  const widths = column.flatMap((box) =>
    [null, ...(boxes[box]?.rows ?? []).map((node) => node.key)].flatMap((row) =>
      (arrivals.get(portName({ box, row })) ?? []).map((one) => (one.side === side ? wordsWidth(one.words) + 12 : 0)),
    ),
  );
  return Math.max(0, ...widths);
}
