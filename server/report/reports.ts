import { ccpaCategories } from './reports/people/ccpa-categories.ts';
import { dataDictionary, rolePages } from './reports/people/data-dictionary.ts';
import { exposureSheet } from './reports/people/exposure.ts';
import { policiesReport } from './policies/policies-report.ts';
import { gdprRecordOfController } from './reports/gdpr/gdpr-30-1.ts';
import { gdprRecordOfProcessor } from './reports/gdpr/gdpr-30-2.ts';
import { hipaaEphi } from './reports/hipaa/hipaa-ephi.ts';
import { inventory } from './reports/inventory.ts';
import { pciScopeInput } from './reports/pci/pci-dss-12-5-2.ts';
import { subjectLocator } from './reports/people/subject-locator.ts';
import { unreadCopies } from './reports/people/unread-copies.ts';
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
  'ccpa-categories': {
    title: 'Categories of personal information, CCPA',
    summary: 'each category of 1798.140(v)(1): collected, sold, shared, disclosed, kept how long',
    parts: ccpaCategories,
  },
  'data-dictionary': {
    title: 'Data dictionary',
    summary: 'every dataset and field as its source describes it and what it holds; as Markdown for git',
    parts: dataDictionary,
  },
  exposure: {
    title: 'Exposure sheet of a breached system',
    summary: 'what a system held, of whom, in which form, where it came from and went to',
    parameters: { system: { about: 'a system that was entered, or a source', required: true, example: 'payments' } },
    parts: exposureSheet,
  },
  'gdpr-30-1': {
    title: 'Draft record of processing activities, Art. 30(1) GDPR',
    summary: 'a controller’s record: each activity with what data shows, what people entered, what is missing',
    parts: gdprRecordOfController,
  },
  'gdpr-30-2': {
    title: 'Draft record of processing on behalf of controllers, Art. 30(2) GDPR',
    summary: 'a processor’s record: for each controller what is processed, with transfer indications',
    parts: gdprRecordOfProcessor,
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
  policies: {
    title: 'What policies say of the data',
    summary: 'violations, gaps and waivers of the configured policies, each with the way by which the data got there',
    parts: policiesReport,
  },
  'role-pages': {
    title: 'What each owner answers for',
    summary: 'datasets by owner, what they hold and what is open there; as Markdown for git',
    parts: rolePages,
  },
  'subject-locator': {
    title: 'Where the data of one person is',
    summary: 'every place and derived copy from a field with an identifier, order of erasure, SQL with a parameter',
    parameters: {
      field: {
        about: 'the field with the identifier, dataset.field; never a value',
        required: true,
        example: 'shop.customers.email',
      },
    },
    parts: subjectLocator,
  },
  'unread-copies': {
    title: 'Sensitive copies that nobody reads',
    summary: 'copies with personal data from which nothing known goes on',
    parts: unreadCopies,
  },
};
