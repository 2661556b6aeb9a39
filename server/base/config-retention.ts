import { z } from 'zod';
import { parseCron } from './cron.ts';
import { isLexlineError } from './errors.ts';

const day = z.iso.date('write a date like 2026-06-30');

const hold = z
  .strictObject({
    name: z.string().trim().min(1).max(200).describe('What it is called, for the ledger: a matter, an audit.'),
    from: day.describe('The first day that must stay readable.'),
    to: day.optional().describe('The last one. Absent: up to now.'),
    reason: z.string().trim().min(1).max(2000),
    until: day.optional().describe('The last day on which the hold stands. Absent: until it is taken out.'),
  })
  .refine(({ from, to }) => to === undefined || from <= to, { message: '"to" lies before "from"', path: ['to'] });

/** What of the past stays readable. */
export const retentionSetting = z
  .strictObject({
    everything: z.int().min(1).max(36_500).describe('Days of which every revision stays readable.'),
    monthEnds: z
      .int()
      .min(0)
      .max(1200)
      .default(0)
      .describe('For so many months before those days, what was known at the end of each month stays.'),
    reports: z
      .int()
      .min(1)
      .max(36_500)
      .optional()
      .describe('Days that a revision stays under an exported or confirmed report or a pack. Absent: for good.'),
    holds: z.array(hold).max(1000).default([]).describe('Times that must stay readable whatever the rest says.'),
    schedule: z
      .string()
      .refine(isSchedule, 'not five cron fields, write it like "30 3 * * 0"')
      .optional()
      .describe('When `lexline serve` applies this: five cron fields. Absent: only `lexline retention apply` does.'),
  })
  .optional()
  .describe('What of the past stays readable. Absent: everything.');

/** The policy by which old revisions are let go of. */
export type RetentionPolicy = NonNullable<z.infer<typeof retentionSetting>>;

function isSchedule(text: string): boolean {
  try {
    parseCron(text);
    return true;
  } catch (error) {
    if (isLexlineError(error)) return false;
    throw error;
  }
}
