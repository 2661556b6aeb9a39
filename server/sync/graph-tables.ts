import type { GraphStore } from '../stores/graph/graph-store.ts';
import type { FieldFacets } from '../model/facets.ts';
import { shownFacet } from '../model/facets.ts';
import { datasetUid, type QualifiedName } from '../model/ids.ts';
import type { KnownColumn, TableSource } from '../ingest/known-tables.ts';
import { everyPage } from '../stores/every-page.ts';

/** The graph at one revision as the place where SQL names of tables are looked up that a run did not read itself. */
export function graphTables(graph: Pick<GraphStore, 'list'>, n: number): TableSource {
  return {
    async tables(namespace) {
      const names: QualifiedName[] = [];
      if (n === 0) return names;
      const pages = everyPage((page) => graph.list({ kind: 'dataset', namespace }, n, page));
      for await (const { name } of pages) names.push({ namespace, name });
      return names;
    },
    async columns(table) {
      if (n === 0) return null;
      const columns: (KnownColumn & { readonly ordinal: number })[] = [];
      const pages = everyPage((page) => graph.list({ kind: 'field', parent: datasetUid(table) }, n, page));
      for await (const field of pages) {
        const core = shownFacet<FieldFacets, 'core'>(field, 'core');
        if (field.path === null || core === undefined) continue;
        columns.push({ path: field.path, type: core.type, ordinal: core.ordinal });
      }
      if (columns.length === 0) return null;
      return columns.sort((a, b) => a.ordinal - b.ordinal).map(({ path, type }) => ({ path, type }));
    },
  };
}
