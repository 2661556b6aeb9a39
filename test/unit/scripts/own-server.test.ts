import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ended, freePort, has, isListening, untilAnswer, untilListening } from '../../../scripts/own-server.ts';

const limitMs = 60_000;
const node = (script: string) => spawn(process.execPath, ['-e', script], { stdio: 'ignore' });

describe('a server that the scripts start', () => {
  it('is there once its port takes connections, and gone once it was ended', async () => {
    const port = await freePort();
    expect(await isListening(port)).toBe(false);
    const child = node(`require('node:net').createServer().listen(${port}, '127.0.0.1')`);
    await untilListening(port, { name: 'the server', child, limitMs });
    expect(await isListening(port)).toBe(true);
    await ended(child);
    await ended(child);
    expect(child.signalCode).toBe('SIGKILL');
    expect(await isListening(port)).toBe(false);
  });

  it('is asked until it answers', async () => {
    const child = node('setInterval(() => undefined, 1000)');
    let asked = 0;
    const ask = async () => (++asked < 3 ? null : 'version 3');
    expect(await untilAnswer({ name: 'the server', child, limitMs, everyMs: 1, ask })).toBe('version 3');
    expect(asked).toBe(3);
    await ended(child, 'SIGTERM');
    expect(child.signalCode).toBe('SIGTERM');
  });

  it('is not waited for when its process has ended: the status and its last words are said', async () => {
    const child = node('process.exit(3)');
    const start = { name: 'the server', child, limitMs, everyMs: 1, ask: async () => null };
    await expect(untilAnswer({ ...start, lastWords: () => 'no room on the disk' })).rejects.toThrow(
      'the server ended with status 3\nno room on the disk',
    );
  });

  it('is given up when the time is over', async () => {
    const child = node('setInterval(() => undefined, 1000)');
    const start = { name: 'the server', child, limitMs: 20, everyMs: 1, ask: async () => null };
    await expect(untilAnswer(start)).rejects.toThrow('the server did not answer within 0.02 s');
    await ended(child);
  });
});

it('a port that is given is free to listen on', async () => {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  server.close();
});

it('a program is found on the path, and another is not', () => {
  expect(has('sh')).toBe(true);
  expect(has('no-program-of-this-name')).toBe(false);
});
