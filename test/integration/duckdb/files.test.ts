import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { duckdbConfig } from '../../../connectors/duckdb/config.ts';
import { createFilePort } from '../../../connectors/duckdb/port.ts';
import { datasetsByName, never, readAll } from '../../connector-messages.ts';
import { isRoot, folder, shop, run, settings, only, failed, withFiles } from './session.ts';

withFiles();

describe('files of DuckDB', () => {
  it('changes no byte and leaves no file behind, a write-ahead log beside the file included', async () => {
    const path = join(folder, 'crashed.duckdb');
    await run(path, 'CREATE TABLE t(a int)');
    const log = await crashedWriter(path);
    const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
    const left = () => readdirSync('.').filter((name) => /memory|duckdb|\.wal$|\.tmp$/u.test(name));
    const before = [digest(path), digest(log), readdirSync(folder).toSorted(), left()];
    expect([...datasetsByName(await readAll(only(path))).keys()]).toEqual(['crashed.main.late', 'crashed.main.t']);
    expect([digest(path), digest(log), readdirSync(folder).toSorted(), left()]).toEqual(before);
  });

  it('says that another process holds the file, waits for it as long as it may, and lets go of it at the end', async () => {
    const path = join(folder, 'held.duckdb');
    await run(path, 'CREATE TABLE t(a int)');
    const writer = await heldBy(path);
    expect(await failed(only(path))).toMatchObject({
      code: 'CONNECTOR_UNAVAILABLE',
      message: expect.stringMatching(/holds it for writing/u),
    });
    const patient = readAll(only(path, { lockWaitMs: 60_000 }));
    setTimeout(() => writer.kill('SIGKILL'), 700);
    expect([...datasetsByName(await patient).keys()]).toEqual(['held.main.late', 'held.main.t']);
    await run(path, 'CREATE TABLE u(a int)');
  });

  it.each([
    ['absent', () => {}, 'CONNECTOR_UNAVAILABLE', /no such file/u],
    ['empty', (path: string) => writeFileSync(path, ''), 'ARTEFACT_INVALID', /no DuckDB database/u],
    [
      'text',
      (path: string) => writeFileSync(path, 'id,email\n1,canary-ada@example.com\n'.repeat(2000)),
      'ARTEFACT_INVALID',
      /no DuckDB database/u,
    ],
    ['cut', (path: string) => (cpSync(shop, path), truncateSync(path, 9000)), 'ARTEFACT_INVALID', /damaged/u],
    ['flipped', (path: string) => writeFileSync(path, flipped(readFileSync(shop))), 'ARTEFACT_INVALID', /damaged/u],
    [
      'newer',
      (path: string) => writeFileSync(path, ofVersion(readFileSync(shop), 9_999n)),
      'ARTEFACT_VERSION',
      /newer/u,
    ],
  ] as const)('gives a file that is %s its own typed error', async (kind, make, code, says) => {
    const path = join(folder, `${kind}.duckdb`);
    make(path);
    const error = await failed(only(path));
    expect(error).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(String(error)).not.toContain('canary');
  });

  it('asks for the key of an encrypted file, refuses a wrong one and never says it', async () => {
    const path = join(folder, 'secret.duckdb');
    await run(
      ':memory:',
      "SET force_mbedtls_unsafe = 'true'",
      `ATTACH '${path}' AS e (ENCRYPTION_KEY 'right-canary-key')`,
      'CREATE TABLE e.t(a int)',
    );
    expect(await failed(only(path))).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED', remedy: 'set encryptionKey' });
    const wrong = await failed(only(path, { encryptionKey: 'wrong-canary-key' }));
    expect(wrong).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
    expect(String(wrong)).not.toContain('canary');
    expect(datasetsByName(await readAll(only(path, { encryptionKey: 'right-canary-key' }))).size).toBe(1);
  });

  it.skipIf(isRoot)(
    `says that the file may not be read${isRoot ? ' (skipped: root may read every file)' : ''}`,
    async () => {
      const path = join(folder, 'closed.duckdb');
      cpSync(shop, path);
      chmodSync(path, 0);
      expect(await failed(only(path))).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
    },
  );

  it('gives up a statement that takes too long, and goes on with the next', async () => {
    const port = createFilePort(
      'shop',
      [{ name: 'shop', path: shop, encryptionKey: null }],
      duckdbConfig.parse({ ...settings, statementTimeoutMs: 10_000 }),
    );
    const endless = 'SELECT sum(a.range * b.range % 7) FROM range(3000000) a, range(3000000) b';
    await expect(port.query(endless, [], never)).rejects.toMatchObject({ code: 'CONNECTOR_TIMEOUT' });
    expect(await port.query('SELECT 1 AS x', [], never)).toEqual([{ x: 1 }]);
    await port.close();
  });
});

/** A process that wrote and died before DuckDB put its log into the file. */
async function crashedWriter(path: string): Promise<string> {
  const writer = await heldBy(path);
  writer.kill('SIGKILL');
  await new Promise((resolve) => writer.once('exit', resolve));
  return `${path}.wal`;
}

async function heldBy(path: string) {
  const script = `
    import { DuckDBInstance } from '@duckdb/node-api';
    const instance = await DuckDBInstance.create(process.argv[1]);
    const connection = await instance.connect();
    await connection.run('CREATE TABLE IF NOT EXISTS late(a int)');
    console.log('held');
    setInterval(() => {}, 1000);`;
  const writer = spawn(process.execPath, ['--input-type=module', '-e', script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => writer.stdout.once('data', resolve));
  return writer;
}

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  for (let at = 12_288; at < changed.length; at += 97) changed[at] = (changed[at] ?? 0) ^ 0x5a;
  return changed;
}

/** The file with another storage version in its header, whose checksum holds. */
function ofVersion(bytes: Buffer, version: bigint): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeBigUInt64LE(version, 12);
  let sum = 5381n;
  for (let at = 8; at < 4096; at += 8) sum ^= BigInt.asUintN(64, changed.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n);
  changed.writeBigUInt64LE(sum, 0);
  return changed;
}
