import { globalId } from '../../server/graphql/global-id.ts';
import { fieldUid } from '../../server/model/ids.ts';
import { numbers } from '../graph/warehouse.ts';
import { tableName } from './seed.ts';

/** The share of sorted times below which a percentile lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** A question with fresh variables each time it is asked. */
export interface Question {
  readonly text: string;
  readonly variables: () => Readonly<Record<string, unknown>>;
  /** How often it is asked where one caller asks. */
  readonly times: number;
}

/** What a catalog asks, about tables drawn at random; the same ones for the same seed. */
export function questionsAbout(tables: number, seed: number): Readonly<Record<string, Question>> {
  const random = numbers(seed);
  const anyTable = () => Math.floor(random() * tables);
  return {
    'badges of 50 rows': {
      times: 200,
      text: `query Badges($refs: [Ref!]!) { datasetsByRef(refs: $refs) { status dataset { id
      summary { state label terms { regulation term } sensitiveFields undecidedFields gapFields }
      subject { kind keyField { path } } freshness { lastSyncedAt stale } url } } revision { number at } }`,
      variables: () => ({ refs: Array.from({ length: 50 }, () => ({ openLineage: tableName(anyTable()) })) }),
    },
    'column panel': {
      times: 200,
      text: `query P($ref: Ref!, $path: String!) { fieldByRef(ref: $ref, path: $path) { id path type description state because gap { reason }
      classifications { id label terms { term } decidedBy { kind name at } evidence { detail } citations { provision ownWords } origin { name hops } } } }`,
      variables: () => ({ ref: { openLineage: tableName(anyTable()) }, path: 'column_2' }),
    },
    'lineage, 3 deep, 100 nodes': {
      times: 100,
      text: `query L($id: ID!) { field(id: $id) { lineage(direction: DOWNSTREAM, depth: 3, first: 100) {
      nodes { key depth field { id path dataset { id name platform region } } label state } edges { from to job { id name } } truncated { reason remaining } } } }`,
      variables: () => ({ id: globalId('Field', fieldUid(tableName(anyTable()), ['column_1'])) }),
    },
    'impact counts': {
      times: 50,
      text: 'query I($id: ID!) { field(id: $id) { impact { counts { fields datasets } byCategory { category fields } complete } } }',
      variables: () => ({ id: globalId('Field', fieldUid(tableName(anyTable()), ['column_1'])) }),
    },
    search: {
      times: 50,
      text: 'query S($text: String!) { search(text: $text, first: 20) { nodes { __typename ... on Dataset { name summary { label } } ... on Field { path label dataset { name } } } } }',
      variables: () => ({ text: `table_${anyTable()}` }),
    },
    'search with a filter': {
      times: 50,
      text: 'query S($text: String!) { search(text: $text, first: 20, filter: { any: [{ all: [{ on: STATE, values: ["SENSITIVE"] }] }] }) { nodes { __typename ... on Dataset { name summary { label } } ... on Field { path label dataset { name } } } } }',
      variables: () => ({ text: `table_${anyTable()}` }),
    },
    'search with counts and facets': {
      times: 20,
      text: 'query S($text: String!) { search(text: $text, first: 20) { nodes { __typename ... on Dataset { name } ... on Field { path } } counts { totalCount complete facets { on unknown values(first: 10) { value count } } } } }',
      variables: () => ({ text: `table_${anyTable()}` }),
    },
  };
}
