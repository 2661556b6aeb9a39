/**
 * Verifies an evidence pack of Lexline. This file stands in every pack and needs Node.js 18 or newer and nothing else:
 *
 *   tar xf pack.tar verify.mjs && node verify.mjs pack.tar [--key FINGERPRINT] [--head HEAD.json]
 *
 * It reads every byte of the pack, says which is the first wrong one, and prints what it cannot prove. Better is a copy of
 * it that did not come with the pack.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The first thing in a pack that does not hold. Bytes are counted in the pack from 0; `to` is the last one. */
export interface PackFault {
  readonly file: string;
  readonly record: string | null;
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

export interface PackCheck {
  readonly fault: PackFault | null;
  /** Who signed, and what it holds; as far as it could be read. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly files: number;
  readonly bytes: number;
  readonly ledger: { readonly batches: number; readonly entries: number; readonly head: string } | null;
}

export interface PackChecks {
  /** Fingerprint of the key that is trusted, or of one that handed over to the key of the pack. */
  readonly key?: string;
  /** A head of the ledger that was kept elsewhere. */
  readonly head?: { readonly batch: number; readonly hash: string };
}

interface Entry {
  readonly name: string;
  readonly at: number;
  readonly start: number;
  readonly size: number;
}

class Fault extends Error {
  readonly fault: PackFault;
  constructor(fault: PackFault) {
    super(fault.what);
    this.fault = fault;
  }
}

const block = 512;
const sha256 = (...parts: readonly (Uint8Array | string)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** Reads a whole pack and says what does not hold first, or that everything does. */
export function verifyPack(pack: Uint8Array, checks: PackChecks = {}): PackCheck {
  const bytes = Buffer.from(pack.buffer, pack.byteOffset, pack.byteLength);
  const known: { facts: Record<string, unknown>; files: number; ledger: PackCheck['ledger'] } = {
    facts: {},
    files: 0,
    ledger: null,
  };
  try {
    const entries = readArchive(bytes);
    const seal = sealOf(bytes, entries);
    const lines = manifestLines(bytes, entries, seal);
    known.facts = lines[0]?.value ?? {};
    known.files = entries.length - 2;
    checkFiles(bytes, entries, lines);
    checkSignature(bytes, entries, seal);
    checkTrust(bytes, entries, seal.key, checks.key);
    known.ledger = checkLedger(bytes, entries, checks.head);
    return { ...known, bytes: bytes.length, fault: null };
  } catch (error) {
    if (error instanceof Fault) return { ...known, bytes: bytes.length, fault: error.fault };
    throw error;
  }
}

function wrong(file: string, record: string | null, from: number, length: number, what: string): never {
  throw new Fault({ file, record, from, to: from + Math.max(1, length) - 1, what });
}

/** The entries of the archive. Every byte of headers and padding is compared with the only one that may stand there. */
function readArchive(bytes: Buffer): readonly Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  for (;;) {
    if (at + block > bytes.length) wrong('the archive', null, bytes.length, 1, 'it ends too early');
    const header = bytes.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) break;
    const name = header.subarray(0, Math.max(0, header.subarray(0, 100).indexOf(0))).toString('utf8');
    const size = Number.parseInt(header.subarray(124, 135).toString('latin1'), 8);
    const expected = headerOf(name, Number.isSafeInteger(size) ? size : 0);
    const first = firstDifference(header, expected);
    // One wrong byte changes the sum as well: then the header as a whole is named, for which of the two is wrong cannot be told.
    if (first >= 0) wrong(name === '' ? 'the archive' : name, 'archive header', at, block, 'the header was changed');
    const start = at + block;
    const end = start + Math.ceil(size / block) * block;
    if (end > bytes.length) wrong(name, null, bytes.length, 1, 'it is cut off');
    for (let i = start + size; i < end; i++)
      if (bytes[i] !== 0) wrong(name, 'padding', i, 1, 'the zeros after the file were changed');
    entries.push({ name, at, start, size });
    at = end;
  }
  for (let i = at; i < bytes.length; i++)
    if (bytes[i] !== 0) wrong('the archive', 'end', i, 1, 'the zeros at its end were changed');
  if (bytes.length !== at + 2 * block)
    wrong('the archive', 'end', Math.min(bytes.length, at + 2 * block), 1, 'it is longer or shorter than its contents');
  return entries;
}

function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(block);
  const put = (text: string, at: number): void => void header.write(text, at, 'latin1');
  header.write(name, 0, 100, 'utf8');
  put('0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136);
  put('        ', 148);
  put('0', 156);
  put('ustar\u000000', 257);
  let sum = 0;
  for (const byte of header) sum += byte;
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) return i;
  return -1;
}

interface Seal {
  readonly entry: Entry;
  readonly key: string;
  readonly body: Buffer;
  readonly signature: string;
  readonly signatureAt: number;
}

function find(entries: readonly Entry[], name: string): Entry {
  const found = entries.find((entry) => entry.name === name);
  return found ?? wrong(name, null, 0, 1, 'the pack does not have it');
}

function contentOf(bytes: Buffer, { start, size }: Entry): Buffer {
  return bytes.subarray(start, start + size);
}

/** The seal, its form checked to the last byte, and every block of the manifest compared with it. */
function sealOf(bytes: Buffer, entries: readonly Entry[]): Seal {
  const [first, second] = entries;
  if (first?.name !== 'manifest.seal')
    wrong(first?.name ?? 'the archive', 'archive header', first?.at ?? 0, block, 'manifest.seal has to come first');
  if (second?.name !== 'manifest.jsonl')
    wrong(second?.name ?? 'the archive', 'archive header', second?.at ?? 0, block, 'manifest.jsonl has to come second');
  if (first === undefined || second === undefined) throw new Error('unreachable');
  const content = contentOf(bytes, first);
  const lines = content.toString('latin1').split('\n');
  const manifest = contentOf(bytes, second);
  const blocks = Math.ceil(manifest.length / 4096);
  const place = (line: number): number =>
    first.start + lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0);
  const inSeal = (line: number, what: string): never =>
    wrong('manifest.seal', `line ${String(line + 1)}`, place(line), (lines[line] ?? '').length + 1, what);
  const key = /"key":"([0-9a-f]{64})"/u.exec(lines[0] ?? '')?.[1] ?? '';
  if (lines[0] !== `{"block":4096,"format":"lexline-seal-1","key":"${key}","size":${String(manifest.length)}}`)
    inSeal(0, 'its first line is not in the one form there is');
  if (lines.length !== blocks + 3 || lines.at(-1) !== '')
    wrong('manifest.seal', 'its lines', first.start, first.size, 'it has not a line for each block of the manifest');
  for (let line = 1; line <= blocks + 1; line++)
    if (!(line <= blocks ? /^[0-9a-f]{64}$/u : /^[0-9a-f]{128}$/u).test(lines[line] ?? ''))
      inSeal(line, 'it is not in hexadecimal digits');
  const body = Buffer.from(`${lines.slice(0, -2).join('\n')}\n`, 'latin1');
  const seal: Seal = { entry: first, key, body, signature: lines[blocks + 1] ?? '', signatureAt: place(blocks + 1) };
  for (let index = 0; index < blocks; index++) {
    const part = manifest.subarray(index * 4096, (index + 1) * 4096);
    if (sha256(part) === lines[index + 1]) continue;
    // The seal disagrees with the manifest: the one of the two that the signature stands for is right.
    if (isSigned(bytes, entries, seal)) {
      const before = count(manifest.subarray(0, index * 4096));
      wrong(
        'manifest.jsonl',
        `lines ${String(before + 1)} to ${String(before + count(part) + 1)}`,
        second.start + index * 4096,
        part.length,
        'the manifest was changed',
      );
    }
    inSeal(index + 1, 'it does not fit the manifest, and the signature does not stand for it');
  }
  return seal;
}

function count(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === 10) lines += 1;
  return lines;
}

function publicKeyOf(bytes: Buffer, entries: readonly Entry[]): KeyObject | null {
  const entry = entries.find(({ name }) => name === 'public-key.pem');
  if (entry === undefined) return null;
  try {
    return createPublicKey(contentOf(bytes, entry));
  } catch {
    return null;
  }
}

const fingerprintOf = (key: KeyObject): string => sha256(key.export({ type: 'spki', format: 'der' }));

function isSigned(bytes: Buffer, entries: readonly Entry[], { body, signature }: Seal): boolean {
  const key = publicKeyOf(bytes, entries);
  return key !== null && verify(null, body, key, Buffer.from(signature, 'hex'));
}

interface Line {
  readonly value: Record<string, unknown>;
}

function manifestLines(bytes: Buffer, entries: readonly Entry[], seal: Seal): readonly Line[] {
  const entry = find(entries, 'manifest.jsonl');
  const texts = contentOf(bytes, entry).toString('utf8').split('\n').slice(0, -1);
  return texts.map((text) => {
    try {
      return { value: JSON.parse(text) as Record<string, unknown> };
    } catch {
      return wrong('manifest.jsonl', null, entry.start, entry.size, `it is sealed by ${seal.key} and is not JSON`);
    }
  });
}

/** Every file against its pieces; the first piece that differs is the answer. */
function checkFiles(bytes: Buffer, entries: readonly Entry[], lines: readonly Line[]): void {
  let line = 1;
  for (const entry of entries.slice(2)) {
    const file = lines[line]?.value ?? {};
    if (file['file'] !== entry.name)
      wrong(entry.name, 'archive header', entry.at, block, `the manifest names ${String(file['file'])} here`);
    const pieces = lines.slice(line + 1, line + 1 + Number(file['pieces']));
    for (const { value } of pieces) {
      const [offset, length] = [Number(value['offset']), Number(value['length'])];
      const part = bytes.subarray(
        entry.start + offset,
        Math.min(entry.start + offset + length, entry.start + entry.size),
      );
      if (part.length !== length || sha256(part) !== value['sha256'])
        wrong(
          entry.name,
          typeof value['record'] === 'string' ? value['record'] : null,
          entry.start + offset,
          length,
          'the content was changed',
        );
    }
    if (file['size'] !== entry.size || file['sha256'] !== sha256(contentOf(bytes, entry)))
      wrong(entry.name, null, entry.start, entry.size, 'it is longer, shorter or other than the manifest says');
    line += 1 + pieces.length;
  }
  if (line !== lines.length)
    wrong(
      'the archive',
      'end',
      bytes.length - 2 * block,
      2 * block,
      `the file ${String(lines[line]?.value['file'])} of the manifest is missing`,
    );
}

function checkSignature(bytes: Buffer, entries: readonly Entry[], seal: Seal): void {
  const key = publicKeyOf(bytes, entries);
  if (key === null || fingerprintOf(key) !== seal.key)
    wrong(
      'manifest.seal',
      'line 1',
      seal.entry.start,
      seal.body.indexOf(10) + 1,
      'it names another key than public-key.pem',
    );
  if (!isSigned(bytes, entries, seal))
    wrong('manifest.seal', 'signature', seal.signatureAt, 129, 'the signature does not stand for the pack');
}

/** Is the key of the pack the trusted one, or did the trusted one hand over to it step by step? */
function checkTrust(bytes: Buffer, entries: readonly Entry[], key: string, trusted: string | undefined): void {
  if (trusted === undefined || trusted.toLowerCase() === key) return;
  let at = trusted.toLowerCase();
  const certificates = entries
    .filter(({ name }) => name.startsWith('keys/'))
    .map((entry) => contentOf(bytes, entry).toString('utf8'));
  for (let step = 0; step <= certificates.length && at !== key; step++)
    for (const text of certificates) {
      const { signature, ...statement } = JSON.parse(text) as Record<string, string>;
      const old = createPublicKey(statement['oldKey'] ?? '');
      if (
        fingerprintOf(old) !== at ||
        !verify(null, Buffer.from(canonical(statement)), old, Buffer.from(signature ?? '', 'hex'))
      )
        continue;
      at = fingerprintOf(createPublicKey(statement['newKey'] ?? ''));
    }
  if (at !== key) {
    const entry = find(entries, 'public-key.pem');
    wrong(
      'public-key.pem',
      null,
      entry.start,
      entry.size,
      `it is the key ${key}; the key ${trusted} did not hand over to it`,
    );
  }
}

function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

/** The chain of the ledger in the pack, recomputed from its entries; a kept head must lie in it. */
function checkLedger(bytes: Buffer, entries: readonly Entry[], head: PackChecks['head']): PackCheck['ledger'] {
  const batchesIn = entries.find(({ name }) => name === 'ledger/batches.jsonl');
  const entriesIn = entries.find(({ name }) => name === 'ledger/entries.jsonl');
  if (batchesIn === undefined || entriesIn === undefined) {
    if (head !== undefined)
      wrong('ledger/batches.jsonl', null, bytes.length - 1, 1, 'the pack holds no ledger to compare with the head');
    return null;
  }
  const read = (entry: Entry) =>
    contentOf(bytes, entry)
      .toString('utf8')
      .split('\n')
      .slice(0, -1)
      .map((text) => JSON.parse(text) as Record<string, unknown>);
  const records = read(entriesIn);
  let previous = '';
  let seen = 0;
  let last = 0;
  let headSeen = head === undefined;
  for (const { hash, ...batch } of read(batchesIn)) {
    const own = records.slice(seen, seen + Number(batch['lastSeq']) - Number(batch['firstSeq']) + 1);
    const name = `batch ${String(batch['batch'])}`;
    const fail = (what: string): never => wrong('ledger/batches.jsonl', name, batchesIn.start, batchesIn.size, what);
    if (batch['previousHash'] !== previous) fail('it does not continue the batch before it');
    if (sha256(canonical(batch)) !== hash) fail('its hash is not that of its record');
    if (merkleRoot(own.map((record) => leafOf(record))) !== batch['root'])
      fail('its entries are not those it was made from');
    if (head !== undefined && batch['batch'] === head.batch) {
      if (hash !== head.hash) fail('it is another one than the head that was kept elsewhere');
      headSeen = true;
    }
    previous = String(hash);
    seen += own.length;
    last = Number(batch['batch']);
  }
  if (!headSeen)
    wrong(
      'ledger/batches.jsonl',
      `batch ${String(last)}`,
      batchesIn.start,
      batchesIn.size,
      `the ledger ends at batch ${String(last)}; the head that was kept elsewhere is batch ${String(head?.batch)}: its tail was cut`,
    );
  return { batches: last, entries: seen, head: previous };
}

function leafOf(record: Record<string, unknown>): string {
  const { seq, kind, actor, at, subject, body } = record;
  return sha256(Buffer.of(0), canonical({ seq, kind, actor, at, subject, body }));
}

function merkleRoot(leaves: readonly string[]): string {
  let level: Buffer[] = leaves.map((leaf) => Buffer.from(leaf, 'hex'));
  if (level.length === 0) return sha256('');
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i] ?? Buffer.alloc(0), level[i + 1]];
      next.push(right === undefined ? left : Buffer.from(sha256(Buffer.of(1), left, right), 'hex'));
    }
    level = next;
  }
  return level[0]?.toString('hex') ?? '';
}

/** What no pack can show of itself. Printed with every answer. */
export const notProven = [
  'that what the reports say is right: only that it is what was signed',
  'that the key is the one it is said to be: compare its fingerprint with one from another channel (--key)',
  'when it was signed: the times are those of the machine that made it',
  'that the ledger was not cut before the pack was made: compare with a head kept elsewhere (--head)',
  'that systems which nobody connected hold nothing',
] as const;

/** The answer as lines for people. */
export function packLines(check: PackCheck): readonly string[] {
  const { fault, facts, files, bytes, ledger } = check;
  const found =
    fault === null
      ? [
          `The pack holds: ${String(files)} files, ${String(bytes)} bytes, every one of them covered.`,
          `Signed by ${String(facts['key'])}; revision ${String(facts['revision'])}, known by ${String(facts['knownBy'])}, ${String(facts['madeBy'])}.`,
          ...(ledger === null
            ? []
            : [
                `Ledger: ${ledger.entries === 1 ? '1 entry' : `${String(ledger.entries)} entries`} in ${ledger.batches === 1 ? '1 batch' : `${String(ledger.batches)} batches`}, head ${ledger.head}.`,
              ]),
        ]
      : [
          `The pack does not hold: ${fault.file}${fault.record === null ? '' : `, ${fault.record}`}, bytes ${String(fault.from)} to ${String(fault.to)} of the pack: ${fault.what}.`,
        ];
  return [...found, 'It does not prove:', ...notProven.map((line) => `  - ${line}`)];
}

/**
 * A head as `lexline ledger head` writes it; null where it is none, or where its signature does not stand for it. One that
 * nothing signed is taken as it is, as `lexline pack verify` does.
 */
export function keptHead(text: string): { readonly batch: number; readonly hash: string } | null {
  try {
    const { signature, ...statement } = JSON.parse(text) as Record<string, unknown>;
    const { format, batch, lastSeq, hash, at, publicKey, ...more } = statement;
    const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
    if (format !== 'lexline-ledger-head-1' || !isNumber(batch) || !isNumber(lastSeq) || typeof at !== 'string')
      return null;
    if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/u.test(hash) || Object.keys(more).length > 0) return null;
    const isKey = publicKey === null || typeof publicKey === 'string';
    if (!isKey || (signature !== null && typeof signature !== 'string')) return null;
    if (publicKey === null || signature === null) return { batch, hash };
    const key = createPublicKey(publicKey);
    return verify(null, Buffer.from(canonical(statement)), key, Buffer.from(signature, 'hex')) ? { batch, hash } : null;
  } catch {
    return null;
  }
}

/** The file of this program, for the one that packs it. */
export const verifierFile = fileURLToPath(import.meta.url);

const usage = 'node verify.mjs pack.tar [--key FINGERPRINT] [--head HEAD.json]';

/** What was asked for cannot be done: its message says why. Nothing was compared. */
class Refused extends Error {}

interface Asked {
  readonly file: string;
  readonly key: string | undefined;
  readonly headFile: string | undefined;
}

/** Reads `--key x` and `--key=x` alike. What it does not know is refused: an option that compares nothing must not pass. */
function askedFor(args: readonly string[]): Asked {
  const files: string[] = [];
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (!arg.startsWith('-')) {
      files.push(arg);
      continue;
    }
    const sign = arg.indexOf('=');
    const name = sign < 0 ? arg : arg.slice(0, sign);
    if (name !== '--key' && name !== '--head') throw new Refused(`there is no option ${name}`);
    if (values.has(name)) throw new Refused(`${name} stands there twice`);
    const value = sign < 0 ? (args[++i] ?? '') : arg.slice(sign + 1);
    if (value.trim() === '' || (sign < 0 && value.startsWith('-'))) throw new Refused(`${name} needs a value`);
    values.set(name, value);
  }
  const [file, second] = files;
  if (file === undefined) throw new Refused('name the pack');
  if (second !== undefined) throw new Refused(`one pack at a time: ${second} is one too many`);
  return { file, key: values.get('--key'), headFile: values.get('--head') };
}

function bytesOf(file: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Refused(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (bytes.length === 0) throw new Refused(`${file} is empty`);
  return bytes;
}

/** Ends with 0 when the pack holds, 1 when it does not, 2 when what was asked for cannot be done. */
function main(args: readonly string[]): number {
  try {
    const { file, key, headFile } = askedFor(args);
    const head = headFile === undefined ? undefined : keptHead(bytesOf(headFile).toString('utf8'));
    if (head === null)
      throw new Refused(`${String(headFile)} is no head of a ledger, or its signature does not stand for it`);
    const check = verifyPack(bytesOf(file), {
      ...(key === undefined ? {} : { key }),
      ...(head === undefined ? {} : { head }),
    });
    process.stdout.write(`${packLines(check).join('\n')}\n`);
    return check.fault === null ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    process.stderr.write(`${error.message}: nothing was compared.\n${usage}\n`);
    return 2;
  }
}

// A path with a link in it names this file as well: without this a pack would pass unread.
if (process.argv[1] !== undefined && existsSync(process.argv[1]) && realpathSync(process.argv[1]) === verifierFile)
  process.exitCode = main(process.argv.slice(2));
