import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { LexlineError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { suggest } from '../base/nearest.ts';
import type { LineModel } from '../cli/composition.ts';
import { buildModels } from './build-models.ts';
import { layGround } from './ground.ts';

/**
 * One endpoint for rows of a command line: that which is named, or the only one there is. Answers are kept in the stores, as
 * those of a sync are. Fails with INPUT_INVALID where several are configured and none is named.
 */
export async function lineModel(
  config: Config,
  clock: Clock,
  log: Log,
  named: string | undefined,
): Promise<LineModel | null> {
  const names = (config.llm?.endpoints ?? []).map(({ name }) => name);
  if (names.length === 0) return null;
  const [only, ...others] = names;
  if (named !== undefined && !names.includes(named))
    throw new LexlineError(
      'INPUT_INVALID',
      `[classify] no endpoint "${named}" is configured; ${suggest(named, names)}`,
    );
  if (named === undefined && others.length > 0)
    throw new LexlineError('INPUT_INVALID', '[classify] several endpoints are configured', {
      remedy: `--endpoint ${names.join(' or ')}, or --no-llm`,
    });
  const ground = await layGround(config, clock, log);
  try {
    const models = await buildModels(ground);
    const session = await models?.begin(named ?? only ?? '');
    if (models === null || session === null || session === undefined) {
      await ground.close();
      return null;
    }
    return { session, tally: await models.tally(), close: () => ground.close() };
  } catch (error) {
    await ground.close();
    throw error;
  }
}
