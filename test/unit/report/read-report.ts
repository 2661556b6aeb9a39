import { createReports } from '../../../server/report/create-reports.ts';
import type { Governance } from '../../../server/governance/objects.ts';
import { clinicGovernance, clinicWorld } from './clinic-world.ts';
import { queryOver, type World } from './query-double.ts';

/** A row of a report as its JSON holds it. */
export type Row = Readonly<Record<string, string | number | null | readonly string[]>>;

export interface ReadReport {
  readonly report: Row;
  readonly sections: Readonly<Record<string, readonly Row[]>>;
}

/** A report over made-up answers, read back from its JSON. */
export async function readReport(
  name: string,
  governance: Governance = clinicGovernance,
  world: World = clinicWorld,
  asked: { readonly source?: string; readonly parameters?: Readonly<Record<string, string>> } = {},
): Promise<ReadReport> {
  const made = createReports({
    query: queryOver(world),
    version: '0.1.0',
    governance: () => Promise.resolve(governance),
  });
  let text = '';
  for await (const chunk of (await made.open({ name, format: 'json', ...asked })).chunks) text += String(chunk);
  return JSON.parse(text) as ReadReport;
}

/** The rows of a section; none where there is no such section. */
export const rowsOf = ({ sections }: ReadReport, id: string): readonly Row[] => sections[id] ?? [];
