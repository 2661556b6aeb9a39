import { createHmac } from 'node:crypto';

/**
 * Headers of a signed notice, by the Standard Webhooks specification (https://www.standardwebhooks.com, version 1): the
 * signature covers id, time and body. `at` in milliseconds since 1970. With several secrets there are several signatures:
 * a receiver takes the message when one of them fits.
 */
export function signatureHeaders(
  secrets: readonly string[],
  { id, at, body }: { readonly id: string; readonly at: number; readonly body: string },
): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => {
    const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`).digest('base64');
    return `v1,${mac}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    ...(signatures.length === 0 ? {} : { 'webhook-signature': signatures.join(' ') }),
  };
}

/** `whsec_` and base64 as the specification writes secrets; anything else is taken as it stands. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret, 'utf8');
}
