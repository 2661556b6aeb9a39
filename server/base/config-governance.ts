import { z } from 'zod';

/** Where people's facts are kept: entities, processing activities, systems, parties, retention. */
export const governanceSetting = z
  .string()
  .min(1)
  .optional()
  .describe(
    'The folder of what people know: legal entities, processing activities, systems, parties, retention rules.',
  );
