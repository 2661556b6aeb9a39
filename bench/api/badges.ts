import { openBenchServer } from './bench-server.ts';
import { percentile, questionsAbout } from './questions.ts';

/**
 * What a catalog's pages ask of the API over HTTP, on the embedded store: `node bench/api/badges.ts [tables]` (default 20,000
 * tables, 400,000 columns). Caller and server share one process, so the times include the caller's share of it.
 */
const tables = Number(process.argv[2] ?? 20_000);
const server = await openBenchServer(tables);

for (const [name, { text, variables, times }] of Object.entries(questionsAbout(tables, 7))) {
  const taken: number[] = [];
  for (let i = 0; i < times + 5; i++) {
    const body = JSON.stringify({ query: text, variables: variables() });
    const started = performance.now();
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = (await response.json()) as { errors?: unknown };
    if (answer.errors !== undefined) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`);
    if (i >= 5) taken.push(performance.now() - started);
  }
  taken.sort((a, b) => a - b);
  console.log(
    `${name.padEnd(30)} p50 ${percentile(taken, 0.5).toFixed(1).padStart(7)} ms   p95 ${percentile(taken, 0.95).toFixed(1).padStart(7)} ms   (${times} times)`,
  );
}
const covering = performance.now();
await server.query.coverage((await server.query.at()).n);
console.log(
  `coverage of everything, first time: ${((performance.now() - covering) / 1000).toFixed(1)} s; resident ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
);

await server.close();
