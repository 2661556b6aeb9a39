const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/u;

/** True where what is sent stays on this machine or is encrypted: a secret may go there. */
export function mayCarrySecrets(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || loopback.test(hostname);
}
