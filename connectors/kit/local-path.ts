import { resolve } from 'node:path';
import type { ConnectorContext } from '../connector.ts';

/** A path of a source's settings as an absolute one, from the configuration's folder. */
export function localPath(context: Pick<ConnectorContext, 'directory'>, path: string): string {
  return resolve(context.directory ?? '.', path);
}
