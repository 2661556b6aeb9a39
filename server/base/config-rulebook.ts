import { z } from 'zod';

/** Where passages of regulation texts are indexed. */
export type VectorStoreConfig =
  | { readonly engine: 'embedded' }
  | {
      readonly engine: 'qdrant';
      readonly url: string;
      readonly apiKey: string | undefined;
      readonly quantisation: 'none' | 'scalar';
    };

/** `stores.vectors` of the configuration. */
export const vectorStoreSetting = z
  .strictObject({
    engine: z
      .enum(['embedded', 'qdrant'])
      .default('embedded')
      .describe('embedded: the SQLite file of the stores. qdrant: a Qdrant server, 1.14 or later.'),
    url: z.string().optional().describe('qdrant: http://host:6333; https where the way to it is not your own.'),
    apiKey: z.string().min(1).optional().describe('qdrant: ${NAME} of an environment variable.'),
    quantisation: z
      .enum(['none', 'scalar'])
      .optional()
      .describe('qdrant: scalar keeps vectors as bytes, a quarter of the memory. Default none.'),
  })
  .superRefine((value, context) => {
    const say = (member: string, message: string) => context.addIssue({ code: 'custom', path: [member], message });
    if (value.engine === 'embedded') {
      for (const member of ['url', 'apiKey', 'quantisation'] as const)
        if (value[member] !== undefined) say(member, 'belongs to engine: qdrant');
      return;
    }
    const { url } = value;
    if (url === undefined) say('url', 'is missing: http://host:6333');
    else if (!URL.canParse(url) || !/^https?:$/u.test(new URL(url).protocol))
      say('url', 'is not an http or https address');
    else if (new URL(url).username !== '' || new URL(url).password !== '')
      say('url', 'holds a sign-in: put the key into apiKey');
  })
  .prefault({})
  .describe('Where passages of regulation texts are indexed.');

/** The checked setting. */
export function vectorStoreOf(setting: z.output<typeof vectorStoreSetting>): VectorStoreConfig {
  const { engine, url = '', apiKey, quantisation = 'none' } = setting;
  return engine === 'qdrant' ? { engine, url, apiKey, quantisation } : { engine };
}

/** `regulations` of the configuration: which laws are searched and cited when nobody names one. */
export const regulationsSetting = z
  .array(z.string().regex(/^[a-z0-9-]+$/u, 'use the id of a regulation, like gdpr or uk-gdpr'))
  .min(1)
  .default(['gdpr', 'hipaa', 'pci-dss', 'ccpa'])
  .describe('Regulations that are searched and cited: ids that ship, or folders of rulebook.folders.');

const endpoint = z.strictObject({
  url: z.url().describe('https; http only on this machine.'),
  language: z.string().length(2).default('en'),
  accept: z.string().optional().describe('The media type asked for.'),
});

/** `rulebook` of the configuration: a company's own texts, and where texts are downloaded. */
export const rulebookSetting = z
  .strictObject({
    folders: z
      .array(z.string().min(1))
      .default([])
      .describe('Folders of data, each a regulation, policy or contract of your own; relative to this file.'),
    endpoints: z
      .record(z.string(), z.array(endpoint).min(1))
      .default({})
      .describe('Addresses that stand instead of the shipped ones, by regulation.'),
  })
  .prefault({});

/** Checked, with absolute folders. */
export interface RulebookConfig {
  readonly regulations: readonly string[];
  readonly folders: readonly string[];
  readonly endpoints: z.output<typeof rulebookSetting>['endpoints'];
}
