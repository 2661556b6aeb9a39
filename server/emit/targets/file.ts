import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LexlineError, messageOf } from '../../base/errors.ts';
import { targetFingerprint, type EmitTarget } from '../emitter.ts';

/** Appends events to a file, a line each. */
export function fileTarget(options: Pick<EmitTarget, 'name' | 'events'> & { readonly path: string }): EmitTarget {
  const { name, events, path } = options;
  return {
    name,
    events,
    fingerprint: targetFingerprint(['file', path, events]),
    async send(outgoing) {
      try {
        await mkdir(dirname(path), { recursive: true });
        await appendFile(path, outgoing.map((event) => `${JSON.stringify(event)}\n`).join(''));
      } catch (error) {
        throw new LexlineError('OUTPUT_FAILED', `[emit/${name}] cannot write to ${path}: ${messageOf(error)}`);
      }
      return { refused: 0 };
    },
    close: async () => {},
  };
}
