import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bigqueryConfig } from '../../../../connectors/bigquery/config.ts';
import { createSignIn } from '../../../../connectors/bigquery/sign-in.ts';
import type { SignIn } from '../../../../connectors/kit/sign-in.ts';
import { listen, textOf, type FakeServer } from '../../../fake/replay-server.ts';
import { completed, never, readAll } from '../../../connector-messages.ts';
import { startFakeBigQuery } from '../../../fake/bigquery-server.ts';
import { connectTo, smallCloud } from './session.ts';

const servers: FakeServer[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function signIn(settings: object): SignIn {
  return createSignIn(bigqueryConfig.parse({ project: 'acme-shop', ...settings }), {
    source: 'bq',
    fileAt: (path) => path,
  });
}

/** Workload identity federation: a token of somebody else in a file is changed for one of Google's. */
async function federation(answer: () => { readonly status: number; readonly body: object }): Promise<string> {
  const server = await listen(async (request, response) => {
    await textOf(request);
    const { status, body } = answer();
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  servers.push(server);
  const folder = mkdtempSync(join(tmpdir(), 'lexline-bigquery-'));
  folders.push(folder);
  const file = join(folder, 'subject');
  writeFileSync(file, 'canary-subject-7Q');
  return JSON.stringify({
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/7/locations/global/workloadIdentityPools/p/providers/x',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${server.url}/token`,
    credential_source: { file },
  });
}

describe('signing in to BigQuery', () => {
  it('takes a token as it is', async () => {
    expect(await signIn({ token: 'abc' }).headers(never)).toEqual({ authorization: 'Bearer abc' });
  });

  it('changes the token of another for one of Google, once, and anew when it was refused', async () => {
    let n = 0;
    const key = await federation(() => ({
      status: 200,
      body: { access_token: `t${++n}`, expires_in: 3600, token_type: 'Bearer', issued_token_type: 'x' },
    }));
    const cloud = smallCloud();
    const server = await startFakeBigQuery(cloud, { token: 't2' });
    servers.push(server);
    const connection = connectTo(server.url, { token: undefined, key, retries: 0 });
    expect(completed(await readAll(connection))).toEqual(['acme-shop.mart', 'acme-shop.sales']);
    expect(n).toBe(2);
  });

  it('says that the credentials give no token, and nothing of them', async () => {
    const key = await federation(() => ({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'canary-7Q' },
    }));
    for (const settings of [{ key }, { key: '{"type": "canary-7Q"}' }, { keyFile: '/canary-7Q/nowhere.json' }]) {
      const failure = await signIn(settings)
        .headers(never)
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
      expect(`${String(failure)} ${String((failure as { remedy?: string }).remedy)}`).not.toContain('canary');
      expect((failure as { cause?: unknown }).cause).toBeUndefined();
    }
  });

  it('refuses a key that is no JSON before anything is sent', async () => {
    const failure = await signIn({ key: 'canary-7Q' })
      .headers(never)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(String(failure)).not.toContain('canary');
  });

  it('says that nobody gives tokens where the server is not there', async () => {
    const key = await federation(() => ({ status: 200, body: {} }));
    for (const server of servers.splice(0)) await server.close();
    await expect(signIn({ key }).headers(never)).rejects.toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
  });
});
