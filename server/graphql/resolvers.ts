import type { Resolvers } from './generated.ts';
import { changeResolvers } from './resolvers/change.ts';
import { classificationResolvers } from './resolvers/classification.ts';
import { commonResolvers } from './resolvers/common.ts';
import { datasetResolvers } from './resolvers/dataset.ts';
import { fieldResolvers } from './resolvers/field.ts';
import { governanceResolvers } from './resolvers/governance.ts';
import { jointResolvers } from './resolvers/joint.ts';
import { ledgerResolvers } from './resolvers/ledger.ts';
import { lineageResolvers } from './resolvers/lineage.ts';
import { policyResolvers } from './resolvers/policy.ts';
import { regulationResolvers } from './resolvers/regulation.ts';
import { reportResolvers } from './resolvers/report.ts';
import { reviewResolvers } from './resolvers/review.ts';
import { searchResolvers } from './resolvers/search.ts';
import { sourceResolvers } from './resolvers/source.ts';
import { writeBackResolvers } from './resolvers/write-back.ts';

/** All resolvers, one part per file of `schema/`. */
export const resolverParts: readonly Resolvers[] = [
  commonResolvers,
  datasetResolvers,
  fieldResolvers,
  classificationResolvers,
  lineageResolvers,
  jointResolvers,
  searchResolvers,
  sourceResolvers,
  changeResolvers,
  reportResolvers,
  reviewResolvers,
  governanceResolvers,
  writeBackResolvers,
  regulationResolvers,
  policyResolvers,
  ledgerResolvers,
];
