import type { SourceMessage } from '../../server/model/document.ts';
import type { Artefacts } from './client.ts';
import { jobName } from './names.ts';
import type { Project } from './project.ts';

/** Runs of models and tests, and freshness of sources: what happened, beside the graph. Messages of dbt are not carried. */
export function* observations(artefacts: Artefacts, project: Project): Iterable<SourceMessage> {
  const { runResults, sources } = artefacts;
  for (const result of runResults?.results ?? []) {
    const last = utc(
      result.timing.find(({ name }) => name === 'execute')?.completed_at || runResults?.generatedAt || '',
    );
    if (last === null) continue;
    yield {
      type: 'observation',
      kind: 'job',
      name: jobName(project.naming, result.unique_id),
      measure: 'runs',
      day: last.slice(0, 10),
      count: 1,
      last,
      body: {
        status: result.status,
        seconds: result.execution_time ?? null,
        rows: result.adapter_response?.rows_affected ?? null,
        failures: result.failures ?? null,
      },
    };
  }
  for (const result of sources?.results ?? []) {
    const name = project.dataset(result.unique_id);
    const last = utc(result.snapshotted_at || sources?.generatedAt || '');
    if (name === null || last === null) continue;
    yield {
      type: 'observation',
      kind: 'dataset',
      name,
      measure: 'freshness',
      day: last.slice(0, 10),
      count: 1,
      last,
      body: { status: result.status, maxLoadedAt: utc(result.max_loaded_at) },
    };
  }
}

/** dbt writes UTC, sometimes without saying so. */
function utc(time: string): string | null {
  const stated = /(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`;
  const at = Date.parse(stated);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
