import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '../../model/json.ts';
import { archiveEnd, archiveHeader, archivePadding } from './archive.ts';
import { createCutter, type Piece } from './pieces.ts';
import type { SigningKey } from './signing-keys.ts';

/** A file that goes into a pack; its bytes are read once. */
export interface PackFile {
  /** `reports/gdpr-30-1.pdf`: at most 100 bytes, unique. */
  readonly name: string;
  readonly bytes: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

/** What a pack says of itself. */
export interface PackFacts {
  readonly revision: number;
  readonly asOf: string;
  readonly knownBy: string;
  readonly madeBy: string;
}

interface Staged {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly pieces: readonly Piece[];
  readonly path: string;
}

/** Bytes of the manifest that one line of the signature file stands for. */
const blockOfManifest = 4096;

/**
 * Writes a pack: contents, a manifest that names every piece of them, a signature file that names every piece of the
 * manifest and is signed. The same contents and key give the same bytes.
 */
export async function* writePack(
  files: AsyncIterable<PackFile> | Iterable<PackFile>,
  facts: PackFacts,
  key: SigningKey,
): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'lexline-pack-'));
  try {
    const staged: Staged[] = [];
    for await (const file of files) staged.push(await stage(file, join(folder, String(staged.length))));
    staged.sort((a, b) => (a.name < b.name ? -1 : 1));
    const manifest = manifestOf(staged, facts, key);
    const seal = sealOf(manifest, key);
    yield* entry('manifest.seal', [seal], seal.length);
    yield* entry('manifest.jsonl', [manifest], manifest.length);
    for (const { name, size, path } of staged)
      yield* entry(name, createReadStream(path) as AsyncIterable<Buffer>, size);
    yield archiveEnd;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function stage({ name, bytes }: PackFile, path: string): Promise<Staged> {
  const hash = createHash('sha256');
  const cutter = createCutter(name);
  const stream = createWriteStream(path);
  let size = 0;
  for await (const chunk of bytes) {
    const buffer = Buffer.from(chunk as Uint8Array);
    hash.update(buffer);
    cutter.add(buffer);
    size += buffer.length;
    if (!stream.write(buffer)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  // On the disk before it is read again.
  await (await open(path)).close();
  return { name, size, sha256: hash.digest('hex'), pieces: cutter.end(), path };
}

function manifestOf(staged: readonly Staged[], facts: PackFacts, key: SigningKey): Buffer {
  const lines = [
    canonicalJson({ format: 'lexline-pack-1', ...facts, key: key.fingerprint, files: staged.length }),
    ...staged.flatMap(({ name, size, sha256, pieces }) => [
      canonicalJson({ file: name, size, sha256, pieces: pieces.length }),
      ...pieces.map((piece) => canonicalJson(piece)),
    ]),
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** A line that says what it seals, a line for each block of the manifest, a line with the signature over those before. */
function sealOf(manifest: Buffer, key: SigningKey): Buffer {
  const lines = [
    canonicalJson({ format: 'lexline-seal-1', key: key.fingerprint, size: manifest.length, block: blockOfManifest }),
  ];
  for (let at = 0; at < manifest.length; at += blockOfManifest)
    lines.push(
      createHash('sha256')
        .update(manifest.subarray(at, at + blockOfManifest))
        .digest('hex'),
    );
  const body = `${lines.join('\n')}\n`;
  return Buffer.from(`${body}${key.sign(body)}\n`);
}

async function* entry(
  name: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  yield archiveHeader(name, size);
  yield* bytes;
  const padding = archivePadding(size);
  if (padding.length > 0) yield padding;
}
