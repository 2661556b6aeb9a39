import { z } from 'zod';

/** Where policies are kept. */
export const policiesSetting = z
  .string()
  .min(1)
  .optional()
  .describe('The folder of policies that `lexline check` and reports hold the lineage against.');
