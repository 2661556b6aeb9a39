import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, freePort, pythonWith, untilListening } from './own-server.ts';

/** fakesnow on a loopback port: Snowflake's catalog and SQL over DuckDB, asked by our connector and by Snowflake's own client. */
export interface RunningSnowflake {
  readonly url: string;
  readonly version: string;
  readonly account: string;
  readonly user: string;
  /** A key pair that the door knows, in PEM. */
  readonly privateKeyFile: string;
  readonly token: string;
  /** Runs statements through Snowflake's own Python client and gives their rows, columns in lower case. */
  run(...statements: readonly string[]): readonly (readonly Readonly<Record<string, unknown>>[])[];
  /** Statements that an independent reader of Snowflake's dialect refuses. */
  refusedByParser(statements: readonly string[]): readonly string[];
  stop(): Promise<void>;
}

const fakesnow = '0.12.1';
// Later connectors lack a module that fakesnow imports.
const packages = [`fakesnow[server]==${fakesnow}`, 'snowflake-connector-python<4.5'];
const cache = process.env['LEXLINE_SNOWFLAKE_CACHE'] ?? join(homedir(), '.cache/lexline/snowflake');
const environment = join(cache, `venv-${fakesnow}`);

/** Why fakesnow cannot be started here; null when it can. Installs it where it is not there yet: some 200 MB by pip. */
export function snowflakeMissing(): string | null {
  try {
    execFileSync('python3', ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 10))'], { stdio: 'ignore' });
  } catch {
    return 'fakesnow needs Python 3.10 with venv';
  }
  try {
    pythonWith(environment, packages);
    return null;
  } catch {
    return `pip could not install fakesnow ${fakesnow}`;
  }
}

/** Starts fakesnow behind a door for the SQL API. */
export async function startSnowflake(options: { readonly rowsPerPartition?: number } = {}): Promise<RunningSnowflake> {
  const python = pythonWith(environment, packages);
  const folder = mkdtempSync(join(tmpdir(), 'lexline-snowflake-'));
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const [keyFile, privateKeyFile] = [join(folder, 'key.pub'), join(folder, 'key.p8')];
  writeFileSync(keyFile, publicKey);
  writeFileSync(privateKeyFile, privateKey, { mode: 0o600 });
  const [account, user, token] = ['acme-shop', 'LEXLINE', 'token-for-tests'];
  const port = await freePort();
  const rows = String(options.rowsPerPartition ?? 1000);
  const door = join(import.meta.dirname, 'snowflake/door.py');
  const child = spawn(python, [door, String(port), keyFile, account, user, token, rows], {
    cwd: folder,
    stdio: ['ignore', 'ignore', process.env['LEXLINE_SNOWFLAKE_LOG'] === undefined ? 'ignore' : 'inherit'],
  });
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const ask = (script: string, args: readonly string[], input: unknown): unknown =>
    JSON.parse(
      execFileSync(python, [join(import.meta.dirname, 'snowflake', script), ...args], {
        cwd: folder,
        input: JSON.stringify(input),
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    );
  try {
    await untilListening(port, { name: 'fakesnow', child, limitMs: 120_000 });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    version: fakesnow,
    account,
    user,
    privateKeyFile,
    token,
    run: (...statements) =>
      ask('list.py', [String(port)], statements) as readonly (readonly Readonly<Record<string, unknown>>[])[],
    refusedByParser: (statements) => ask('parse.py', [], statements) as readonly string[],
    stop,
  };
}
