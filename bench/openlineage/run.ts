import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkStores } from './check.ts';
import { jobCount, makeEvent } from './make-event.ts';
import { benchServer } from './server.ts';

/**
 * Events pushed at a steady rate to `lexline serve` in a process of its own: `node bench/openlineage/run.ts [events a second]
 * [seconds] [kills]` (default 500, 60, 0). With kills the server is ended by SIGKILL at random moments, started again, and
 * what was not answered is sent again. Prints times to answer, and whether every answered event is in the graph once.
 */
const rate = Number(process.argv[2] ?? 500);
const seconds = Number(process.argv[3] ?? 60);
const kills = Number(process.argv[4] ?? 0);
const total = rate * seconds;
const folder = mkdtempSync(join(tmpdir(), 'lexline-events-bench-'));
const config = join(folder, 'lexline.yaml');
writeFileSync(config, 'sources:\n  - { name: lineage, connector: openlineage }\n');

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
const server = await benchServer(config);
await server.start();
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function post(body: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(
      `${server.url}/api/v1/lineage`,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', () => resolve(0));
      },
    );
    sent.on('error', () => resolve(0));
    sent.end(body);
  });
}

const times: number[] = [];
const statuses = new Map<number, number>();
const answered = new Set<number>();
let retried = 0;
async function send(serial: number, startedAt: number): Promise<void> {
  const body = makeEvent(serial);
  for (;;) {
    const status = await post(body);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status === 201) break;
    retried += 1;
    await pause(200 + Math.random() * 300);
  }
  answered.add(serial);
  times.push(performance.now() - startedAt);
}

const bytes = Buffer.byteLength(makeEvent(0));
console.log(`${rate} events/s of ${bytes} bytes for ${seconds} s, ${kills} kills; node ${process.version}`);
const started = performance.now();
const killer = (async () => {
  for (let i = 0; i < kills; i++) {
    await pause(((seconds * 1000) / (kills + 1)) * (0.5 + Math.random()));
    await server.kill();
    await server.start();
  }
})();
const sending: Promise<void>[] = [];
for (let serial = 0; serial < total; serial++) {
  const due = started + (serial * 1000) / rate;
  const wait = due - performance.now();
  if (wait > 1) await pause(wait);
  // Timed from the moment it should have been sent: a client that is late does not hide a slow server.
  sending.push(send(serial, Math.min(due, performance.now())));
}
await Promise.all(sending);
await killer;
const sentIn = performance.now() - started;

const cpuSent = await cpuSeconds();
const drainStarted = performance.now();
await drained();
const drainedIn = performance.now() - drainStarted;
const cpuAll = await cpuSeconds();
await server.stop();
const found = await checkStores(folder, answered);

times.sort((a, b) => a - b);
const at = (share: number): string => `${(times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1)} ms`;
const row = (what: string, value: string | number): void =>
  console.log(`${what.padEnd(46)}${String(value).padStart(16)}`);
row('answered', answered.size);
row('sent in', `${(sentIn / 1000).toFixed(1)} s`);
row('time to answer: median', at(0.5));
row('p95', at(0.95));
row('p99', at(0.99));
row('longest', at(1));
row('answers by status', [...statuses].map(([status, n]) => `${status}: ${n}`).join(', '));
row('sent again', retried);
row('in the graph after the last answer', `${(drainedIn / 1000).toFixed(1)} s`);
row('processor time of the server while sending', `${cpuSent.toFixed(1)} s`);
row('and until all was in the graph', `${cpuAll.toFixed(1)} s`);
row('runs counted', found.runs);
row(`jobs (of ${jobCount}) with a wrong count`, found.wrongCounts);
row('datasets missing', found.missingDatasets);
row('still waiting', found.waiting);
row('revisions', found.revisions);
row('most revisions in a second', found.mostInASecond);
row('least time between two', `${found.closest} ms`);
rmSync(folder, { recursive: true, force: true });

async function cpuSeconds(): Promise<number> {
  const text = await fetch(`${server.url}/metrics`).then((answer) => answer.text());
  return Number(/^process_cpu_seconds_total (.*)$/mu.exec(text)?.[1]);
}

/** Waits until the inbox is empty and no revision came for three seconds. */
async function drained(): Promise<void> {
  let quiet = 0;
  let before = '';
  while (quiet < 6) {
    await pause(500);
    const metrics = await fetch(`${server.url}/metrics`).then(
      (answer) => answer.text(),
      () => '',
    );
    const now = metrics
      .split('\n')
      .filter((line) => /^lexline_(revision|inbox_waiting)/u.test(line))
      .join('\n');
    quiet = now === before && now !== '' && !/lexline_inbox_waiting\{[^}]*\} [1-9]/u.test(now) ? quiet + 1 : 0;
    before = now;
  }
}
