/** What a catalog asks, screen by screen, as its developers were told to write it. */
export const screens = {
  badges: `query Badges($refs: [Ref!]!) {
  datasetsByRef(refs: $refs) {
    status
    dataset {
      id
      summary { state label terms { regulation term } sensitiveFields undecidedFields gapFields }
      subject { kind keyField { path } }
      freshness { lastSyncedAt stale }
      url
    }
  }
  revision { number at }
}`,

  fieldPanel: `query FieldPanel($ref: Ref!, $path: String!) {
  fieldByRef(ref: $ref, path: $path) {
    id path type description
    state because
    gap { reason since remedy }
    classifications {
      id category label classes derived confidence
      terms { regulation term provision }
      decidedBy { kind name at }
      reviewState staleSince
      evidence { signal detail weight }
      citations { provision edition check quote ownWords sourceSha256 url }
      origin { field { dataset { name } path } hops }
    }
    controls { kind name enforcedBy lastSeenAt }
    tags { name source setBy { kind name } }
  }
}`,

  lineage: `query Lineage($id: ID!) {
  field(id: $id) {
    lineage(direction: DOWNSTREAM, depth: 3, first: 100, granularity: FIELD, throughJobs: false) {
      nodes { key depth hidden field { id path dataset { id name platform region } } label state }
      edges { from to kind transformation masking confidence lastSeenAt job { id name } assertedBy { kind name } }
      truncated { reason remaining }
      hiddenNodes
      unparsedStatements
      endCursor
    }
  }
}`,

  why: `query Why($classificationId: ID!) {
  classification(id: $classificationId) {
    explanation {
      sentence
      steps { from { dataset { name } path } to { dataset { name } path } function effect vouchedFor { name by until } under { regulation effect } rule { id version } statement }
      under { regulation treatment }
      alternatives { category confidence rejectedBecause }
      wouldEndIf { action detail }
    }
    history { at actor { kind name } change before after reason }
  }
}`,

  impact: `query Impact($id: ID!, $after: String) {
  field(id: $id) {
    impact(direction: DOWNSTREAM) {
      counts { fields datasets jobs exposures }
      byRegion { region datasets }
      byCategory { category fields }
      complete
      list(first: 50, after: $after, filter: { any: [{ all: [{ on: REGION, not: true, values: ["eu"] }] }] }) {
        edges { cursor degree path node { path dataset { name platform region owners } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`,

  coverage: `query Coverage($source: String!, $from: DateTime!) {
  source(name: $source) {
    lastRun { status startedAt finishedAt missed { what reason } }
    coverage { fields namesOnly profiled notRead unparsedStatements staleDatasets undecided }
  }
  changes(source: $source, from: $from, first: 20) {
    edges { node { kind summary field { path dataset { name } } at actor { kind name } } }
    totalCount
  }
}`,
} as const;
