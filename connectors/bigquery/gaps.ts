import type { Gap } from '../../server/model/provenance.ts';
import type { BigQueryRefused } from './failure.ts';

const toWhom = (who: string): string => (who.includes('@') ? who : '<account>');

/** `gcloud` that gives a role in a project. */
export function grantInProject(project: string, role: string, who: string): string {
  return `gcloud projects add-iam-policy-binding ${project} --member=serviceAccount:${toWhom(who)} --role=${role}`;
}

function reasonOf({ code }: BigQueryRefused): Gap['reason'] {
  return code === 'CONNECTOR_MISSING_RIGHTS' ? 'no-rights' : 'unsupported';
}

function said({ reason, status }: BigQueryRefused): string {
  return ` (${reason === '' ? String(status) : reason})`;
}

/** A taxonomy, or the data policies of a location, that may not be seen: the tags are there, what hangs on them is not known. */
export function noTaxonomy(resource: string, refusal: BigQueryRefused, who: string): Gap {
  const project = resource.split('/')[1] ?? '<project>';
  const isPolicies = resource.endsWith('/dataPolicies');
  return {
    what: isPolicies ? `masking rules (${resource})` : `policy tags of ${resource}`,
    reason: reasonOf(refusal),
    detail: isPolicies
      ? `they may not be listed${said(refusal)}: columns that they mask are not known to be masked`
      : `what they are called and what they enforce may not be seen${said(refusal)}: their columns carry the name of the resource`,
    remedy: grantInProject(project, isPolicies ? 'roles/bigquerydatapolicy.viewer' : 'roles/datacatalog.viewer', who),
  };
}

/** Row access policies of a dataset's tables may not be listed. */
export function noRowPolicies(project: string, dataset: string, refusal: BigQueryRefused, who: string): Gap {
  return {
    what: `row access policies of ${project}.${dataset}`,
    reason: reasonOf(refusal),
    detail: `they may not be listed${said(refusal)}: which rows are hidden from whom is not known`,
    remedy: grantRowPolicies(who),
  };
}

/** What a dataset itself says of it may not be seen. */
export function noDataset(project: string, dataset: string, refusal: BigQueryRefused, who: string): Gap {
  return {
    what: `labels, access and lifetime of dataset ${project}.${dataset}`,
    reason: reasonOf(refusal),
    detail: `the dataset may not be seen${said(refusal)}; its tables were read`,
    remedy: grantInProject(project, 'roles/bigquery.metadataViewer', who),
  };
}

/** How many rows tables hold is not told. */
export function noRowCounts(project: string, dataset: string, refusal: BigQueryRefused): Gap {
  return {
    what: `row counts of ${project}.${dataset}`,
    reason: reasonOf(refusal),
    detail: `PARTITIONS is not shown${said(refusal)}`,
    remedy: 'grant roles/bigquery.metadataViewer, or set rowCounts: false',
  };
}

/** Procedures and functions may not be listed. */
export function noRoutines(project: string, dataset: string, refusal: BigQueryRefused, who: string): Gap {
  return {
    what: `procedures and functions of ${project}.${dataset}`,
    reason: reasonOf(refusal),
    detail: `they may not be listed${said(refusal)}`,
    remedy: grantInProject(project, 'roles/bigquery.metadataViewer', who),
  };
}

/** A view whose query is in the old dialect. */
export function legacySql(name: string): Gap {
  return {
    what: `the query of view ${name}`,
    reason: 'unsupported',
    detail: 'it is written in legacy SQL, which is not read',
    remedy: 'make the view anew in GoogleSQL; BigQuery cannot mix the two',
  };
}

/** A routine in another language than SQL. */
export function otherLanguage(kind: string, name: string, language: string): Gap {
  return {
    what: `${kind} ${name}`,
    reason: 'unsupported',
    detail: `it is written in ${language}: what it moves shows in the history of jobs only`,
    remedy: 'read the history of jobs (history: true), or state its flow by OpenLineage events',
  };
}

/** Some locations did not answer when datasets were listed. */
export function unreachableLocations(project: string, locations: readonly string[]): Gap {
  return {
    what: `datasets of project ${project} in ${locations.join(', ')}`,
    reason: 'source-failed',
    detail: 'BigQuery could not reach these locations: what was known of them before stays',
    remedy: 'sync again later; see status.cloud.google.com',
  };
}

/** The configuration names a project that is not shown. */
export function hiddenProject(pattern: string, who: string): Gap {
  return {
    what: `project ${pattern}`,
    reason: 'no-rights',
    detail:
      'the configuration names it, and the credentials are shown no project that matches; what was known of it before stays',
    remedy: `${grantInProject(pattern, 'roles/bigquery.metadataViewer', who)}; or take it out of projects.include`,
  };
}

/** What lets one thing be shown again, or the dataset be read without it. */
function remedyFor(resource: string, project: string, who: string): string {
  if (resource.startsWith('row access')) return grantRowPolicies(who);
  if (resource.startsWith('dataset ')) return grantInProject(project, 'roles/bigquery.metadataViewer', who);
  const role = resource.endsWith('/dataPolicies') ? 'roles/bigquerydatapolicy.viewer' : 'roles/datacatalog.viewer';
  return `${grantInProject(resource.split('/')[1] ?? project, role, who)}; or read without it: "governance: false"`;
}

function grantRowPolicies(who: string): string {
  return `grant bigquery.rowAccessPolicies.list by a custom role (docs/connectors/bigquery.md, "Rights") to ${toWhom(who)}, or set rowAccessPolicies: false`;
}

/** A dataset of which an earlier read was shown something that hangs on it, and this one is not. */
export function notShownAnyMore(project: string, dataset: string, resources: readonly string[], who: string): Gap {
  return {
    what: `dataset ${project}.${dataset}`,
    reason: 'no-rights',
    detail: `an earlier read was shown ${resources.join(', ')} and this one is not: nothing of the dataset was read, so that what is known of its tags, masking, row policies and access stays`,
    remedy: resources.map((resource) => remedyFor(resource, project, who)).join('; '),
  };
}
