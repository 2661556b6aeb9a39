import type { SourceConnection } from '../../connectors/connector.ts';
import type { Classifier } from '../classify/classifier.ts';
import { shownFacet, type FieldFacets } from '../model/facets.ts';
import { digestOf, type Json } from '../model/json.ts';
import { fieldUid, printPath, type Uid } from '../model/ids.ts';
import type { FieldProfile, ProfileRequest } from '../model/profile.ts';
import type { Gap } from '../model/provenance.ts';
import type { Change, EvidenceRecord } from '../stores/graph/graph-store.ts';
import type { ConfiguredSource } from './source.ts';
import { scrubbed } from './read-stage.ts';
import type { DescribedDataset } from './table-input.ts';

/** Rows looked at per dataset, at most. */
const maxRows = 1000;
/** Makes the choice of rows the same on every run. */
const seed = 1;

/** The fields of a dataset whose values must be looked at: never looked at, or not by these detectors, or under another type. */
export function fieldsToProfile(
  { dataset, fields }: DescribedDataset,
  source: Pick<ConfiguredSource, 'name' | 'profile'>,
  evidence: ReadonlyMap<Uid, EvidenceRecord>,
  classifier: Pick<Classifier, 'needsProfiling'>,
  earlier: (detectorSet: string) => readonly string[] | null,
): readonly ProfileRequest[] {
  if (source.profile === 'none') return [];
  return fields.flatMap((field) => {
    if (!field.assertions.some((assertion) => assertion.source === source.name) || field.path === null) return [];
    const type = shownFacet<FieldFacets, 'core'>(field, 'core')?.type ?? null;
    const request = { dataset: { namespace: dataset.namespace, name: dataset.name }, path: field.path, type };
    const there = evidence.get(field.uid)?.body as EvidenceBody | undefined;
    const isCurrent =
      there !== undefined &&
      there.type === type &&
      there.mode === source.profile &&
      !classifier.needsProfiling(there, earlier);
    return isCurrent ? [] : [request];
  });
}

/**
 * A gap for each dataset with fields that a changed detector concerns and whose values could not be looked at again: they
 * are judged by what is still known of them.
 */
export function staleProfiles(
  requests: readonly ProfileRequest[],
  evidence: ReadonlyMap<Uid, EvidenceRecord>,
  profiled: readonly { readonly field: Uid }[],
): readonly Gap[] {
  const done = new Set(profiled.map(({ field }) => field));
  const stale = requests.filter((request) => {
    const field = fieldUid(request.dataset, request.path);
    return evidence.has(field) && !done.has(field);
  });
  return [...Map.groupBy(stale, ({ dataset }) => dataset.name)].map(([name, fields]) => ({
    what: name,
    reason: 'needs-profiling',
    detail: `${fields.length} ${fields.length === 1 ? 'field was' : 'fields were'} last looked at by other detectors: ${shownPaths(fields)}`,
    remedy: 'let the source be profiled again: run lexline sync when it can be read',
  }));
}

function shownPaths(fields: readonly ProfileRequest[]): string {
  const shown = fields.slice(0, 5).map(({ path }) => printPath(path));
  return fields.length > shown.length ? `${shown.join(', ')} …` : shown.join(', ');
}

/** What is kept of a profile: the profile, and the type that the field had. */
type EvidenceBody = FieldProfile & { readonly type: string | null };

/** Runs the profiler beside the source. A field whose values could not be looked at is a gap and keeps what was known. */
export async function profileFields(
  connection: SourceConnection,
  requests: readonly ProfileRequest[],
  classifier: Pick<Classifier, 'profiler'>,
  source: Pick<ConfiguredSource, 'name' | 'profile'>,
  signal: AbortSignal,
): Promise<{ readonly evidence: readonly Extract<Change, { type: 'evidence' }>[]; readonly gaps: readonly Gap[] }> {
  if (connection.profile === undefined || source.profile === 'none' || requests.length === 0)
    return { evidence: [], gaps: [] };
  const types = new Map(requests.map((request) => [fieldUid(request.dataset, request.path), request.type]));
  const evidence: Extract<Change, { type: 'evidence' }>[] = [];
  const gaps: Gap[] = [];
  const options = { mode: source.profile, maxRows, seed } as const;
  for await (const message of connection.profile(requests, classifier.profiler(), options, signal)) {
    if (message.type === 'gap') {
      gaps.push(scrubbed(message.gap));
      continue;
    }
    const field = fieldUid(message.profile.dataset, message.profile.path);
    if (!types.has(field)) continue;
    const body: Json = JSON.parse(JSON.stringify({ ...message.profile, type: types.get(field) ?? null }));
    evidence.push({ type: 'evidence', source: source.name, field, digest: digestOf(body), body });
  }
  return { evidence, gaps };
}
