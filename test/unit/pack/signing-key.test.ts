import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSigningKey } from '../../../server/report/packs/signing-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-signing-key-test-'));
const keyFile = join(folder, 'keys', 'lexline.pem');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the signing key', () => {
  it('is made once, for its owner alone', async () => {
    const key = await openSigningKey(keyFile);
    if (process.platform !== 'win32') expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(await openSigningKey(keyFile)).toMatchObject({ made: false, fingerprint: key.fingerprint });
    expect(key.made).toBe(true);
  });

  it('is refused when others may read it or it is none', async () => {
    const file = join(folder, 'open.pem');
    await openSigningKey(keyFile);
    writeFileSync(file, readFileSync(keyFile), { mode: 0o644 });
    if (process.platform !== 'win32')
      await expect(openSigningKey(file)).rejects.toMatchObject({ code: 'SIGNING_KEY_INVALID' });
    const none = join(folder, 'none.pem');
    writeFileSync(none, 'no key', { mode: 0o600 });
    await expect(openSigningKey(none)).rejects.toMatchObject({ code: 'SIGNING_KEY_INVALID' });
  });
});
