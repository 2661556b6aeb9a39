import { gdprRecordOfController } from './reports/gdpr/gdpr-30-1.ts';
import { hipaaEphi } from './reports/hipaa/hipaa-ephi.ts';
import { inventory } from './reports/inventory.ts';
import { pciScopeInput } from './reports/pci/pci-dss-12-5-2.ts';
import type { ReportGround, ReportPart, ReportTools } from './report.ts';

/** What one report is called and how its parts are made. */
export interface ReportDefinition {
  readonly title: string;
  /** One line for `lexline report --help`. */
  readonly summary: string;
  /** What it takes beside a time and a source, by the name of its option. */
  readonly parameters?: Readonly<
    Record<string, { readonly about: string; readonly required: boolean; readonly example: string }>
  >;
  readonly parts: (tools: ReportTools, ground: ReportGround) => AsyncIterable<ReportPart>;
}

/** Every report there is, by name. Adding one is a file in `reports/` and an entry here. */
export const reports: Readonly<Record<string, ReportDefinition>> = {
  'gdpr-30-1': {
    title: 'Draft record of processing activities, Art. 30(1) GDPR',
    summary: 'a controller’s record: each activity with what data shows, what people entered, what is missing',
    parts: gdprRecordOfController,
  },
  'hipaa-ephi': {
    title: 'Inventory of electronic protected health information',
    summary: 'every field of ePHI with its flows, controls and agreements',
    parts: hipaaEphi,
  },
  inventory: {
    title: 'Inventory of sensitive data',
    summary: 'every dataset and field: what it holds, on what ground, and what is not known',
    parts: inventory,
  },
  'pci-dss-12-5-2': {
    title: 'Input to the confirmation of scope, PCI DSS 12.5.2',
    summary: 'where account data lies, how it gets there, what speaks against it',
    parts: pciScopeInput,
  },
};
