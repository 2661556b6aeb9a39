import type { DatasetDocument, SourceDocument } from '../../server/model/document.ts';
import { mapDataset, mapExposure } from './map-dataset.ts';
import { mapJob, type UnknownSql } from './map-job.ts';
import { oneRelation } from './one-relation.ts';
import type { Project } from './project.ts';
import type { DbtNode } from './shapes.ts';

/** What one node of a manifest becomes: its dataset, its job, and why the job's SQL is not known where it is not. */
export interface MappedNode {
  readonly documents: readonly SourceDocument[];
  readonly unknown: UnknownSql | null;
}

export function mapNode(node: DbtNode, project: Project): MappedNode {
  const dataset = node.resource_type === 'exposure' ? mapExposure(node, project) : mapRelation(node, project);
  const job = mapJob(node, project);
  return {
    documents: [...(dataset === null ? [] : [dataset]), ...(job === null ? [] : [job.document])],
    unknown: job?.unknown ?? null,
  };
}

/** The relation of a node, with what every other node says of it: told once, by the node that leads. */
function mapRelation(node: DbtNode, project: Project): DatasetDocument | null {
  const sharing = project.sharing(node);
  if (sharing[0] !== node) return null;
  return oneRelation(sharing.map((one) => mapDataset(one, project)).filter((one) => one !== null));
}
