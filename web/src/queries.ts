/** Every question that the pages ask. `test/unit/web` holds each to `schema/*.graphql`. */
export const queries = {
  revision: `query Revision($asOf: DateTime) { revision(asOf: $asOf) { number at } }`,

  datasets: `query Datasets($text: String, $source: String, $first: Int!, $after: String, $asOf: DateTime) {
    datasets(text: $text, source: $source, first: $first, after: $after, asOf: $asOf) {
      nodes {
        id name namespace kind platform
        sources { name }
        summary { state label classes fields sensitiveFields undecidedFields gapFields }
        freshness { lastSyncedAt stale }
      }
      pageInfo { hasNextPage endCursor }
      revision { number at }
    }
  }`,

  fieldHits: `query FieldHits($text: String!, $first: Int!, $asOf: DateTime) {
    search(text: $text, types: [FIELD], first: $first, asOf: $asOf) {
      nodes { ... on Field { id path type state label because profiled classifications { classes confidence } dataset { id name } } }
      pageInfo { hasNextPage endCursor }
    }
  }`,

  dataset: `query Dataset($id: ID!, $first: Int!, $after: String, $asOf: DateTime) {
    dataset(id: $id, asOf: $asOf) {
      id name namespace kind platform region description owners openInSource
      sources { name }
      tags { name value source setBy { kind name } }
      summary { state label classes fields sensitiveFields undecidedFields gapFields }
      subject { kind keyField { id path } }
      freshness { lastSyncedAt stale }
      fields(first: $first, after: $after) {
        nodes { id path type state label because profiled classifications { classes confidence } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`,

  field: `query Field($id: ID!, $asOf: DateTime) {
    field(id: $id, asOf: $asOf) {
      id path type description state label because profiled
      gap { what kind reason remedy }
      dataset { id name }
      classifications {
        id category label classes treatment confidence reviewState staleSince
        terms { regulation term provision applies }
        decidedBy { kind name at }
        evidence { signal detail weight }
        citations { provision edition check quote ownWords }
        origin { name hops field { id path dataset { id name } } }
        explanation {
          sentence
          steps { function effect vouchedFor { name by until } under { regulation effect } statement from { id path dataset { id name } } to { id path dataset { id name } } }
          under { regulation treatment }
          alternatives { category confidence rejectedBecause }
          wouldEndIf { action detail }
        }
      }
      verdicts {
        decidedBy { kind name at }
        category classes state confidence
        evidence { signal detail weight }
        alternatives { category confidence rejectedBecause }
        citations { provision edition check quote ownWords }
      }
      controls { kind name enforcedBy }
      tags { name value source setBy { kind name } }
    }
  }`,

  fieldLineage: `query FieldLineage($id: ID!, $direction: LineageDirection!, $depth: Int!, $first: Int!, $after: String, $includeIndirect: Boolean!, $granularity: LineageGranularity!, $asOf: DateTime) {
    field(id: $id, asOf: $asOf) {
      lineage(direction: $direction, depth: $depth, first: $first, after: $after, includeIndirect: $includeIndirect, granularity: $granularity) { ...Picture }
    }
  }`,

  datasetLineage: `query DatasetLineage($id: ID!, $direction: LineageDirection!, $depth: Int!, $first: Int!, $after: String, $includeIndirect: Boolean!, $granularity: LineageGranularity!, $asOf: DateTime) {
    dataset(id: $id, asOf: $asOf) {
      lineage(direction: $direction, depth: $depth, first: $first, after: $after, includeIndirect: $includeIndirect, granularity: $granularity) { ...Picture }
    }
  }`,

  coverage: `query Coverage($asOf: DateTime, $firstGaps: Int!, $afterGap: String) {
    coverage(asOf: $asOf) {
      datasets fields namesOnly profiled notRead sensitive notSensitive undecided staleDatasets
      statements { full tables failed }
      gaps(first: $firstGaps, after: $afterGap) { totalCount nodes { what kind reason remedy } pageInfo { hasNextPage endCursor } }
    }
  }`,

  fields: `query Fields($filter: FilterInput!, $first: Int!, $after: String, $asOf: DateTime) {
    fields(filter: $filter, first: $first, after: $after, asOf: $asOf) {
      nodes { id path type state label because profiled classifications { classes confidence } dataset { id name } gap { what kind reason remedy } }
      pageInfo { hasNextPage endCursor }
    }
  }`,

  runs: `query Runs($first: Int!, $after: String) {
    sources { name connector managed freshness { lastSyncedAt stale } }
    syncRuns(first: $first, after: $after) {
      nodes {
        id source status startedAt finishedAt resumed revisions
        documents { read changed unchanged retired }
        fields { judged profiled sensitive undecided }
        missed { what kind reason remedy }
        error { code message remedy }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
} as const;

/** What every picture of a lineage is drawn from. */
const pictureFragment = `fragment Picture on Lineage {
  nodes { key depth hidden label state field { id path } dataset { id name namespace platform } }
  edges { from to kind transformation function effect masking confidence job { id name } assertedBy { kind name } }
  truncated { reason remaining } hiddenNodes unparsedStatements endCursor
}`;

/** The document as it is sent: a query with the fragments that it uses. */
export function documentOf(name: keyof typeof queries): string {
  const query = queries[name];
  return query.includes('...Picture') ? `${query}\n${pictureFragment}` : query;
}
