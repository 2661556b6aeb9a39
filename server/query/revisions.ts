import { LexlineError } from '../base/errors.ts';
import type { GraphStore, Revision } from '../stores/graph/graph-store.ts';
import { eachPage } from './paging.ts';

/** Revisions by number. They never change, so each is read once. */
export interface Revisions {
  newest(): Promise<Revision>;
  get(n: number): Promise<Revision>;
}

export function createRevisions(graph: GraphStore): Revisions {
  const known = new Map<number, Revision>();
  const learn = (revisions: readonly Revision[]) => {
    for (const revision of revisions) known.set(revision.n, revision);
  };
  return {
    async newest() {
      const { items } = await graph.revisions({ first: 1 });
      const [revision] = items;
      if (revision === undefined)
        throw new LexlineError('ASOF_BEFORE_FIRST_REVISION', '[query] nothing was synced yet', {
          remedy: 'Run: lexline sync',
        });
      learn(items);
      return revision;
    },
    async get(n) {
      const before = known.get(n);
      if (before !== undefined) return before;
      for await (const page of eachPage((request) => graph.revisions(request))) {
        learn(page);
        const found = known.get(n);
        if (found !== undefined) return found;
        if (page.some((revision) => revision.n < n)) break;
      }
      throw new LexlineError('NOT_FOUND', `[query] there is no revision ${n}`, {
        remedy: 'Ask again without the cursor: it belongs to a revision that is no longer kept.',
      });
    },
  };
}
