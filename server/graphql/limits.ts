/** What one operation may ask for. */
export interface Limits {
  /** Tokens of the text. */
  readonly tokens: number;
  /** Fields below one another; introspection may go a little deeper. */
  readonly depth: number;
  readonly aliases: number;
  /** In units of about one thing read. */
  readonly cost: number;
  /** Time for the whole answer. */
  readonly deadlineMs: number;
}

export const defaultLimits: Limits = {
  tokens: 2000,
  depth: 12,
  aliases: 15,
  cost: 20_000,
  deadlineMs: 30_000,
};

/** How deep a question about the schema itself may go: the usual one of tools needs 15. */
export const introspectionDepth = 16;

/** How many items a list without a page size is taken to have. */
export const assumedItems = 5;

/** What a field costs by itself, where it is more than the reading of one thing. */
export const fieldCosts: Readonly<Record<string, number>> = {
  'Classification.explanation': 10,
  'Classification.history': 5,
  'Dataset.summary': 5,
  'Impact.byCategory': 50,
  'Impact.byRegion': 50,
  'Impact.complete': 50,
  'Impact.counts': 20,
  'Impact.incompleteBecause': 50,
  'LineageEdge.statement': 2,
  'Provision.versions': 5,
  'Query.changes': 100,
  'Query.coverage': 500,
  'Query.jointIdentifications': 500,
  'Query.ledgerEntries': 10,
  'Query.lineagePath': 100,
  'Query.policyFindings': 500,
  'Query.search': 10,
  'SearchConnection.counts': 50,
  'Source.coverage': 500,
};
