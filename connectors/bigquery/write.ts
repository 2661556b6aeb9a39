import { LexlineError } from '../../server/base/errors.ts';
import { joinName } from '../../server/model/dataset-name.ts';
import type { DirectTagWriter } from '../../server/model/tag-writing.ts';
import { descriptionWriter } from './write-descriptions.ts';
import { policyTagWriter } from './write-policy-tags.ts';
import type { Session } from './session.ts';
import { ownPrefix } from './policy-tags.ts';

/**
 * Writes tags where the configuration says. Descriptions and labels, the default, are words: nobody's access changes with them.
 * Policy tags are locks: a column that gets one may be closed at once to everybody who reads it now.
 */
export function bigqueryWriter(session: Session): DirectTagWriter {
  const form = session.config.writeTagsAs === 'policy-tag' ? policyTagWriter(session) : descriptionWriter(session);
  const { config, source } = session;
  return {
    kind: 'direct',
    ...form,
    tagFor(ours) {
      const own = `${ownPrefix}${ours.toLowerCase().replaceAll(/[^a-z0-9_]/gu, '_')}`;
      if (config.writeTagsAs === 'description') return own;
      if (config.taxonomy !== undefined) return joinName([config.taxonomy, own]);
      throw new LexlineError(
        'CONFIG_INVALID',
        `[connectors/bigquery] source "${source}": it is not said in which taxonomy policy tags of our own are made`,
        { remedy: 'set taxonomy to its name, or name the policy tags of the company in tagMap' },
      );
    },
  };
}
