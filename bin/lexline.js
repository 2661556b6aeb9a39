#!/usr/bin/env node
// Plain JavaScript on purpose: it must also run on a Node.js that is too old for everything else, and say so.
import { existsSync } from 'node:fs';

const needed = [24, 15];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `lexline: [NODE_TOO_OLD] this is Node.js ${process.versions.node}, Lexline needs ${needed.join('.')} or newer: install it from https://nodejs.org or with "npx --package=node@24 --package=lexline lexline". Nothing was changed.\n`,
  );
  process.exitCode = 2;
} else {
  // A checkout runs its sources as they are; a package holds what was built from them.
  const source = new URL('../server/main.ts', import.meta.url);
  const { main } = await import(
    existsSync(source) ? source.href : new URL('../dist/server/main.js', import.meta.url).href
  );
  await main(process);
}
