// Loaded with `node --import`: writes the address of every module of ours that the process loads to the file named in
// LOADED_FILES, one a line.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const file = process.env.LOADED_FILES;
registerHooks({
  load(url, context, nextLoad) {
    if (url.includes('/server/') || url.includes('/connectors/')) appendFileSync(file, `${url}\n`);
    return nextLoad(url, context);
  },
});
