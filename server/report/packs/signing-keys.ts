import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { LexlineError, messageOf } from '../../base/errors.ts';
import { parseJson } from '../../base/parse-json.ts';
import { canonicalJson } from '../../model/json.ts';

/** The key that signs packs and heads of the ledger. */
export interface SigningKey {
  /** SHA-256 over the public key's SPKI form, 64 hex digits: what people compare and keep. */
  readonly fingerprint: string;
  /** PEM. */
  readonly publicKey: string;
  /** True when the key was made just now: its fingerprint wants to be printed and kept. */
  readonly made: boolean;
  /** Ed25519 over the bytes, 128 hex digits. */
  sign(bytes: Uint8Array | string): string;
}

/** An old key's word that a new one takes over. */
export const rotationSchema = z.strictObject({
  format: z.literal('lexline-key-rotation-1'),
  at: z.string(),
  oldKey: z.string(),
  newKey: z.string(),
  signature: z.string().regex(/^[0-9a-f]{128}$/u),
});
export type Rotation = z.infer<typeof rotationSchema>;

/** Reads the key, or makes it where there is none: Ed25519, readable by its owner alone. Fails with SIGNING_KEY_INVALID. */
export async function openSigningKey(file: string): Promise<SigningKey> {
  const there = await stat(file).catch(() => null);
  if (there === null) return { ...keyOf(await makeKey(file)), made: true };
  if (process.platform !== 'win32' && (there.mode & 0o077) !== 0)
    throw new LexlineError('SIGNING_KEY_INVALID', `[signing] ${file} can be read by others`, {
      remedy: `chmod 600 ${file}`,
    });
  return { ...keyOf(await readKey(file)), made: false };
}

/**
 * Makes a new key in the place of the old one. The old key signs that the new one takes over, then lies beside it under its
 * fingerprint. Returns the certificate's file, to be named under `signing.previous`.
 */
export async function rotateSigningKey(
  file: string,
  at: string,
): Promise<{ readonly key: SigningKey; readonly certificate: string }> {
  const old = keyOf(await readKey(file));
  const aside = `${file}.${old.fingerprint.slice(0, 16)}.old`;
  const fresh = `${file}.new`;
  const made = keyOf(await makeKey(fresh));
  const statement = { format: 'lexline-key-rotation-1' as const, at, oldKey: old.publicKey, newKey: made.publicKey };
  const rotation: Rotation = { ...statement, signature: old.sign(canonicalJson(statement)) };
  const certificate = join(dirname(file), `rotation-${made.fingerprint.slice(0, 16)}.json`);
  await writeFile(certificate, `${canonicalJson(rotation)}\n`, { flag: 'wx' });
  await rename(file, aside);
  await rename(fresh, file);
  return { key: { ...made, made: true }, certificate };
}

/** Reads certificates of rotation and checks that each is signed by the key it replaces. Fails with SIGNING_KEY_INVALID. */
export async function readRotations(files: readonly string[]): Promise<readonly Rotation[]> {
  return Promise.all(
    files.map(async (file) => {
      const parsed = rotationSchema.safeParse(
        parseJson(await readFile(file, 'utf8').catch(failed(file)), `[signing] ${file}`),
      );
      if (!parsed.success || !holds(parsed.data))
        throw new LexlineError(
          'SIGNING_KEY_INVALID',
          `[signing] ${file} is no certificate that the key before it signed`,
          {
            remedy: 'Take it out of signing.previous, or put the file back that lexline signing rotate wrote.',
          },
        );
      return parsed.data;
    }),
  );
}

function holds({ signature, ...statement }: Rotation): boolean {
  return verify(
    null,
    Buffer.from(canonicalJson(statement)),
    createPublicKey(statement.oldKey),
    Buffer.from(signature, 'hex'),
  );
}

/** SHA-256 over a public key's SPKI form. */
export function fingerprintOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function keyOf(privateKey: KeyObject): Omit<SigningKey, 'made'> {
  const publicKey = createPublicKey(privateKey);
  return {
    fingerprint: fingerprintOf(publicKey),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, typeof bytes === 'string' ? Buffer.from(bytes) : bytes, privateKey).toString('hex'),
  };
}

async function makeKey(file: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    await chmod(file, 0o600);
  } catch (error) {
    return failed(file)(error);
  }
  return privateKey;
}

async function readKey(file: string): Promise<KeyObject> {
  try {
    const key = createPrivateKey(await readFile(file, 'utf8'));
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
    return key;
  } catch (error) {
    return failed(file)(error);
  }
}

function failed(file: string): (error: unknown) => never {
  return (error) => {
    throw new LexlineError('SIGNING_KEY_INVALID', `[signing] ${file} cannot be used: ${messageOf(error)}`, {
      cause: error,
      remedy: 'Put the Ed25519 key back, or name another signing.keyFile; one that is not there is made.',
    });
  };
}
