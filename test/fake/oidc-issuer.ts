import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

/** An OpenID Connect issuer on loopback: discovery, tokens of any shape, faults on request. */
export interface FakeIssuer {
  readonly url: string;
  /** Requests for the discovery document and the keys. */
  readonly asked: { discovery: number; keys: number };
  /** `foreign`: signed with a key that the issuer never had. */
  token(claims: JWTPayload, more?: { readonly foreign?: boolean }): Promise<string>;
  /** What it answers instead of its documents. */
  fault: 'none' | 'down' | 'other-issuer' | 'redirect';
  close(): Promise<void>;
}

interface Pair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

async function newPair(kid: string): Promise<Pair> {
  return { kid, ...(await generateKeyPair('ES256', { extractable: true })) };
}

export async function fakeIssuer(): Promise<FakeIssuer> {
  const pair = await newPair('first');
  const foreign = await newPair('first');
  const server: Server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (issuer.fault === 'down') return void response.writeHead(503).end();
      if (issuer.fault === 'redirect') return void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      response.setHeader('content-type', 'application/json');
      if (request.url === '/keys') {
        issuer.asked.keys += 1;
        const jwk = { ...(await exportJWK(pair.publicKey)), kid: pair.kid, alg: 'ES256', use: 'sig' };
        return void response.end(JSON.stringify({ keys: [jwk] }));
      }
      issuer.asked.discovery += 1;
      const name = issuer.fault === 'other-issuer' ? 'https://evil.example' : issuer.url;
      return void response.end(JSON.stringify({ issuer: name, jwks_uri: `${issuer.url}/keys` }));
    };
    void answer();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer: FakeIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: { discovery: 0, keys: 0 },
    fault: 'none',
    token: (claims, more = {}) => {
      const signer = more.foreign === true ? foreign : pair;
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: signer.kid }).sign(signer.privateKey);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return issuer;
}
