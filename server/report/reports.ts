import { inventory } from './reports/inventory.ts';
import type { Query } from '../query/query.ts';
import type { ReportGround, ReportPart } from './report.ts';

/** What one report is called and how its parts are made. */
export interface ReportDefinition {
  readonly title: string;
  /** One line for `lexline report --help`. */
  readonly summary: string;
  readonly parts: (query: Query, ground: ReportGround) => AsyncIterable<ReportPart>;
}

/** Every report there is, by name. Adding one is a file in `reports/` and an entry here. */
export const reports: Readonly<Record<string, ReportDefinition>> = {
  inventory: {
    title: 'Inventory of sensitive data',
    summary: 'every dataset and field: what it holds, on what ground, and what is not known',
    parts: inventory,
  },
};
