import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clinicGovernance, clinicWorld } from '../report/clinic-world.ts';
import { queryOver } from '../report/query-double.ts';
import { createReports } from '../../../server/report/create-reports.ts';
import { createPack, type PackContents } from '../../../server/report/packs/create-pack.ts';
import { ledgerHead, readLedgerHead } from '../../../server/report/packs/ledger-head.ts';
import {
  openSigningKey,
  readRotations,
  rotateSigningKey,
  type SigningKey,
} from '../../../server/report/packs/signing-keys.ts';
import { keptHead, packLines, verifyPack } from '../../../server/report/packs/verifier.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { silentLog } from '../../../server/base/log.ts';
import { systemClock } from '../../../server/base/clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-pack-test-'));
const keyFile = join(folder, 'keys', 'lexline.pem');
let key: SigningKey;
let pack: Buffer;
let contents: PackContents;
let close: () => Promise<void>;

async function made(of: PackContents): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of createPack(of)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

beforeAll(async () => {
  key = await openSigningKey(keyFile);
  const stores = await openSqliteStores({ path: join(folder, 'data'), log: silentLog, clock: systemClock });
  close = () => stores.close();
  const actor = { kind: 'person', id: 'a' } as const;
  for (let batch = 0; batch < 5; batch++)
    await stores.ledger.append(
      Array.from({ length: 3 }, (_, i) => ({
        kind: 'test',
        actor,
        at: '2026-11-20T10:00:00.000Z',
        subject: null,
        body: { batch, i },
      })),
    );
  contents = {
    reports: createReports({
      query: queryOver(clinicWorld),
      version: '0.1.0',
      governance: () => Promise.resolve(clinicGovernance),
    }),
    requests: [{ name: 'gdpr-30-1' }, { name: 'pci-dss-12-5-2' }],
    facts: { revision: 7, asOf: '2026-11-20', knownBy: '2026-11-20T10:00:01.000Z', madeBy: 'Lexline 0.1.0' },
    governance: clinicGovernance,
    ledger: stores.ledger,
    key,
    rotations: [],
  };
  pack = await made(contents);
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

describe('an evidence pack', () => {
  it('holds, is the same bytes when made again, and is a tar that anything opens', async () => {
    expect(verifyPack(pack)).toMatchObject({
      fault: null,
      facts: { revision: 7, key: key.fingerprint },
      ledger: { batches: 5, entries: 15 },
    });
    expect((await made(contents)).equals(pack)).toBe(true);
    const file = join(folder, 'pack.tar');
    writeFileSync(file, pack);
    const names = execFileSync('tar', ['tf', file], { encoding: 'utf8' }).trim().split('\n');
    expect(names).toEqual(
      expect.arrayContaining([
        'manifest.seal',
        'manifest.jsonl',
        'verify.mjs',
        'reports/gdpr-30-1.pdf',
        'ledger/entries.jsonl',
      ]),
    );
  });

  it('has one byte flipped in 100 places: each time the file, the record and a range with that byte are named', () => {
    // A fixed walk over the whole file; every part of it is met, headers, padding, manifest and seal included.
    let state = 12_345;
    const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
    const places = [
      0,
      130,
      600,
      pack.length - 1,
      pack.length - 700,
      ...Array.from({ length: 95 }, () => next() % pack.length),
    ];
    for (const place of places) {
      const broken = Buffer.from(pack);
      broken[place] = (broken[place] ?? 0) ^ (1 << (next() % 8));
      const { fault } = verifyPack(broken);
      expect(fault, `byte ${String(place)}`).not.toBeNull();
      expect(fault?.from, `byte ${String(place)}: ${JSON.stringify(fault)}`).toBeLessThanOrEqual(place);
      expect(fault?.to, `byte ${String(place)}: ${JSON.stringify(fault)}`).toBeGreaterThanOrEqual(place);
      expect((fault?.to ?? 0) - (fault?.from ?? 0)).toBeLessThan(8192);
      expect(fault?.file).not.toBe('');
      expect(fault?.record, `byte ${String(place)}: ${JSON.stringify(fault)}`).not.toBeNull();
    }
  });

  it('names the line of the seal, the signature, the manifest, the key and one entry of the ledger', () => {
    const at = (text: string, from = 0): number => pack.indexOf(text, from);
    const flipped = (place: number) => {
      const broken = Buffer.from(pack);
      broken[place] = broken[place] === 0x30 ? 0x31 : 0x30;
      return verifyPack(broken).fault;
    };
    const seal = at('lexline-seal-1');
    const firstHash = pack.indexOf('\n', seal) + 1;
    expect(flipped(firstHash + 3)).toMatchObject({ file: 'manifest.seal', record: 'line 2' });
    const manifest = at('"format":"lexline-pack-1"');
    expect(flipped(manifest + 300)?.file).toBe('manifest.jsonl');
    const entry = at('"body":{"batch":3,"i":1}');
    expect(flipped(entry + 16)).toMatchObject({ file: 'ledger/entries.jsonl', record: 'line 11' });
    expect(flipped(at('-----BEGIN PUBLIC KEY-----') + 40)).toMatchObject({ file: 'public-key.pem' });
  });

  it.each([1, 512, 1024, 5000])('has its tail cut by %i bytes: the end is named', (bytes) => {
    const { fault } = verifyPack(pack.subarray(0, pack.length - bytes));
    expect(fault?.from).toBeLessThanOrEqual(pack.length);
    expect(fault?.to).toBeGreaterThanOrEqual(pack.length - bytes);
  });

  it('does not hold with bytes after its end', () => {
    expect(verifyPack(Buffer.concat([pack, Buffer.alloc(512)])).fault?.file).toBe('the archive');
    expect(verifyPack(Buffer.concat([pack, Buffer.from('x')])).fault).not.toBeNull();
  });

  it('is found out when it was made anew, whole, by another key', async () => {
    const other = await openSigningKey(join(folder, 'other.pem'));
    const forged = await made({ ...contents, key: other });
    expect(verifyPack(forged).fault).toBeNull();
    expect(verifyPack(forged, { key: key.fingerprint }).fault).toMatchObject({ file: 'public-key.pem' });
  });

  it('shows a cut tail of the ledger against a head that was kept elsewhere', async () => {
    const all = (await contents.ledger.batches({ first: 10 })).items;
    const last = all.at(-1);
    const kept = last === undefined ? null : ledgerHead(last, key);
    expect(readLedgerHead(kept, 'head.json')).toMatchObject({ batch: 5, fingerprint: key.fingerprint });
    const head = { batch: kept?.batch ?? 0, hash: kept?.hash ?? '' };
    expect(verifyPack(pack, { head }).fault).toBeNull();
    const cut = await made({
      ...contents,
      ledger: {
        ...contents.ledger,
        read: contents.ledger.read,
        batches: () => Promise.resolve({ items: all.slice(0, 3), cursor: null }),
      },
    });
    expect(verifyPack(cut).fault).toBeNull();
    expect(verifyPack(cut, { head }).fault?.what).toMatch(/ends at batch 3; the head .* is batch 5: its tail was cut/u);
    expect(verifyPack(pack, { head: { ...head, hash: '0'.repeat(64) } }).fault?.what).toMatch(
      /another one than the head/u,
    );
  });

  it('refuses a kept head whose signature does not stand for it', async () => {
    const [first] = (await contents.ledger.batches({ first: 1 })).items;
    const head = first === undefined ? null : { ...ledgerHead(first, key), lastSeq: 99 };
    expect(() => readLedgerHead(head, 'head.json')).toThrow(/signature does not stand for it/u);
    const whole = first === undefined ? null : ledgerHead(first, key);
    expect(keptHead(JSON.stringify(whole))).toEqual({ batch: whole?.batch, hash: whole?.hash });
    for (const wrong of [head, { ...whole, signature: '0'.repeat(128) }, { ...whole, batch: 2 }, {}, null])
      expect(keptHead(JSON.stringify(wrong))).toBeNull();
    expect(keptHead('no JSON')).toBeNull();
  });

  it('verifies with the program inside it, on plain Node, and says what it does not prove', () => {
    const at = join(folder, 'alone');
    execFileSync('mkdir', ['-p', at]);
    writeFileSync(join(at, 'pack.tar'), pack);
    execFileSync('tar', ['xf', join(at, 'pack.tar'), '-C', at, 'verify.mjs']);
    const text = readFileSync(join(at, 'verify.mjs'), 'utf8');
    expect(text.match(/from '([^']+)'/gu)?.every((from) => from.startsWith("from 'node:"))).toBe(true);
    const out = execFileSync(process.execPath, ['verify.mjs', 'pack.tar', '--key', key.fingerprint], {
      cwd: at,
      encoding: 'utf8',
    });
    expect(out).toBe(`${packLines(verifyPack(pack)).join('\n')}\n`);
    expect(out).toContain('It does not prove:');
    writeFileSync(join(at, 'head.json'), '{}');
    expect(() =>
      execFileSync(process.execPath, ['verify.mjs', 'pack.tar', '--head', 'head.json'], { cwd: at, stdio: 'pipe' }),
    ).toThrow(/head\.json is no head of a ledger/u);
    const broken = Buffer.from(pack);
    broken[5000] = (broken[5000] ?? 0) ^ 1;
    writeFileSync(join(at, 'broken.tar'), broken);
    expect(() => execFileSync(process.execPath, ['verify.mjs', 'broken.tar'], { cwd: at, stdio: 'pipe' })).toThrow();
  });
});

describe('the program in a pack', () => {
  const at = join(folder, 'asked');
  const run = (args: readonly string[], program = 'verify.mjs') => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: at, encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  beforeAll(async () => {
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, 'pack.tar'), pack);
    execFileSync('tar', ['xf', join(at, 'pack.tar'), '-C', at, 'verify.mjs']);
    writeFileSync(join(at, 'empty.json'), '');
    writeFileSync(join(at, 'empty.tar'), '');
    writeFileSync(join(at, 'none.json'), '{}');
    const { items } = await contents.ledger.batches({ first: 100 });
    const [first] = items;
    const head = first === undefined ? null : ledgerHead(first, null);
    writeFileSync(join(at, 'head.json'), JSON.stringify(head));
    writeFileSync(join(at, 'other.json'), JSON.stringify({ ...head, hash: '0'.repeat(64) }));
  });

  it('compares a key and a head, whichever way they are written', () => {
    const wrong = '0'.repeat(64);
    for (const args of [[`--key=${wrong}`], ['--key', wrong], ['--head=other.json'], ['--head', 'other.json']])
      for (const all of [
        ['pack.tar', ...args],
        [...args, 'pack.tar'],
      ]) {
        const { status, stdout } = run(all);
        expect(stdout, all.join(' ')).toContain('The pack does not hold');
        expect(status, all.join(' ')).toBe(1);
      }
    const right = [`--key=${key.fingerprint}`, '--head=head.json'];
    expect(run(['pack.tar', ...right])).toMatchObject({ status: 0, stderr: '' });
    expect(run(['pack.tar', '--key', key.fingerprint, '--head', 'head.json'])).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([
    [['pack.tar', '--KEY', 'x'], 'there is no option --KEY'],
    [['pack.tar', '--keys=x'], 'there is no option --keys'],
    [['pack.tar', '-k', 'x'], 'there is no option -k'],
    [['pack.tar', '--key'], '--key needs a value'],
    [['pack.tar', '--key='], '--key needs a value'],
    [['pack.tar', '--head'], '--head needs a value'],
    [['--key', '--head', 'head.json', 'pack.tar'], '--key needs a value'],
    [['pack.tar', '--key', 'x', '--key=y'], '--key stands there twice'],
    [['pack.tar', '--head', 'nosuch.json'], 'nosuch.json cannot be read'],
    [['pack.tar', '--head=empty.json'], 'empty.json is empty'],
    [['pack.tar', '--head=none.json'], 'none.json is no head of a ledger'],
    [['nosuch.tar'], 'nosuch.tar cannot be read'],
    [['empty.tar'], 'empty.tar is empty'],
    [['pack.tar', 'other.tar'], 'other.tar is one too many'],
    [[], 'name the pack'],
  ])('refuses %j and says why', (args, why) => {
    const { status, stdout, stderr } = run(args);
    expect(stderr).toContain(why);
    expect(stderr).toContain('nothing was compared');
    expect(stderr).not.toMatch(/\n\s+at /u);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it.skipIf(process.platform === 'win32')('reads the pack through a link to itself as well', () => {
    symlinkSync(join(at, 'verify.mjs'), join(at, 'linked.mjs'));
    expect(run(['pack.tar'], 'linked.mjs').stdout).toContain('The pack holds');
  });
});

describe('the signing key', () => {
  it('hands over to a new one by its own signature: packs of the new are trusted through the old', async () => {
    const file = join(folder, 'rotating', 'lexline.pem');
    const first = await openSigningKey(file);
    const one = await rotateSigningKey(file, '2026-11-21T12:00:00.000Z');
    const two = await rotateSigningKey(file, '2026-11-22T12:00:00.000Z');
    const rotations = await readRotations([one.certificate, two.certificate]);
    const made2 = await made({ ...contents, key: two.key, rotations });
    expect(verifyPack(made2, { key: first.fingerprint }).fault).toBeNull();
    expect(verifyPack(made2, { key: two.key.fingerprint }).fault).toBeNull();
    expect(verifyPack(made2, { key: key.fingerprint }).fault).toMatchObject({ file: 'public-key.pem' });
    const text = JSON.parse(readFileSync(one.certificate, 'utf8')) as { newKey: string };
    writeFileSync(one.certificate, JSON.stringify({ ...text, newKey: key.publicKey }));
    await expect(readRotations([one.certificate])).rejects.toMatchObject({ code: 'SIGNING_KEY_INVALID' });
  });
});
