import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { openBenchServer } from './bench-server.ts';
import { percentile, questionsAbout } from './questions.ts';

/**
 * Many callers at once: `node bench/api/clients.ts [tables] [clients] [seconds]` (default 20,000 tables, 64 clients, 20 s a
 * question). The callers are a process of their own; the server is this one, with what the store runs in its workers.
 */
const [command = '20000', second = '64', third = '20', fourth = '', fifth = ''] = process.argv.slice(2);

if (command === 'ask') await askAll(second, Number(third), Number(fourth), Number(fifth));
else {
  const server = await openBenchServer(Number(command));
  const load = (loadavg()[0] ?? 0).toFixed(1);
  console.log(`${second} clients, ${third} s a question, load average ${load} before`);
  const asked = [import.meta.filename, 'ask', server.url, command, second, third];
  const callers = spawn(process.execPath, asked, { stdio: ['ignore', 'inherit', 'inherit'] });
  const used = process.cpuUsage();
  const [status] = (await once(callers, 'exit')) as [number | null];
  const { user, system } = process.cpuUsage(used);
  const resident = Math.round(process.memoryUsage.rss() / 1e6);
  console.log(`server: ${((user + system) / 1e6).toFixed(1)} s of processor time, resident ${resident} MB`);
  await server.close();
  process.exitCode = status ?? 1;
}

async function askAll(url: string, tables: number, clients: number, seconds: number): Promise<void> {
  for (const name of ['lineage, 3 deep, 100 nodes', 'search', 'badges of 50 rows']) {
    const taken: number[] = [];
    let failed = 0;
    const started = performance.now();
    const until = started + seconds * 1000;
    const client = async (seed: number): Promise<void> => {
      const question = questionsAbout(tables, seed)[name];
      if (question === undefined) throw new Error(`there is no question ${name}`);
      while (performance.now() < until) {
        const from = performance.now();
        const body = JSON.stringify({ query: question.text, variables: question.variables() });
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body }).catch(() => null);
        const answer = (await response?.json()) as { errors?: unknown } | undefined;
        if (answer === undefined || answer.errors !== undefined) failed += 1;
        taken.push(performance.now() - from);
      }
    };
    await Promise.all(Array.from({ length: clients }, (_, seed) => client(seed + 1)));
    const rate = taken.length / ((performance.now() - started) / 1000);
    taken.sort((a, b) => a - b);
    const at = (share: number): string => `${percentile(taken, share).toFixed(0)} ms`;
    console.log(
      `${name.padEnd(30)} ${rate.toFixed(0).padStart(5)} a second   p50 ${at(0.5)}   p95 ${at(0.95)}   p99 ${at(0.99)}   ${failed} failed`,
    );
  }
}
