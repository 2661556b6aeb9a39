import { z } from 'zod';

/** How a system that knows of changes asks for a sync of a source. */
export const webhookSetting = z
  .strictObject({
    secret: z
      .string()
      .min(16, 'at least 16 characters')
      .describe('What both sides know and nobody else: write it as `"${ENV}"`. At least 16 characters.'),
  })
  .optional()
  .describe('Lets `POST /hooks/<source>` start a sync, for callers that sign with this secret. Absent: nobody may.');
