import { newKey } from '../../access/api-keys.ts';
import { roleNames } from '../../base/config-access.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { oneOf } from '../options.ts';
import { printJson, printLines } from '../print.ts';

/** Makes a key and shows it once, with what to write into the configuration: its hash, never the key. */
export async function run({ options }: Invocation, { io, global }: CommandContext): Promise<ExitStatus> {
  const role = oneOf(options, 'role', roleNames) ?? 'viewer';
  const { key, sha256 } = newKey();
  if (global.json) await printJson(io, { key, sha256, role });
  else
    await printLines(io, [
      key,
      '',
      'Shown this once: give it to the caller, who sends it as "Authorization: Bearer …". In lexline.yaml:',
      '',
      'access:',
      '  keys:',
      `    - { name: the-caller, role: ${role}, sha256: ${sha256}${role === 'auditor' ? ', validUntil: 2027-01-31' : ''} }`,
    ]);
  return 0;
}
