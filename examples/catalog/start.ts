import { serveCatalog } from './serve-catalog.ts';

/** `node examples/catalog/start.ts [http://127.0.0.1:4000]`: serves the catalog's page at port 4100. */
const lexline = new URL(process.argv[2] ?? 'http://127.0.0.1:4000').origin;
const { origin } = await serveCatalog(4100, () => lexline);
process.stdout.write(`The example catalog is at ${origin} and asks Lexline at ${lexline}\n`);
