import { describeGraphStore } from '../../conformance/graph-store.ts';
import { describeLedger } from '../../conformance/ledger.ts';
import { describePropagation } from '../../conformance/propagation.ts';
import { describeStateStore } from '../../conformance/state-store.ts';
import { describeOnNeo4j, freshNeo4j } from './neo4j-database.ts';

describeOnNeo4j('on a real Neo4j', () => {
  describeGraphStore('Neo4j', { create: freshNeo4j });
  describeLedger('Neo4j', { create: freshNeo4j });
  describeStateStore('Neo4j', { create: freshNeo4j });
  describePropagation('Neo4j', { create: freshNeo4j });
});
