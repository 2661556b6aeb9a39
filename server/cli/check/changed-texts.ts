import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../base/parse-json.ts';
import type { ScanTarget } from '../scan-target.ts';
import type { ChangedText } from './empty-columns.ts';

/** Files of SQL at a place: itself, or all below it. Folders that cannot be looked into are passed over: the read tells of them. */
export async function sqlFilesAt(target: string): Promise<readonly string[]> {
  if ((await stat(target)).isFile()) return [target];
  const entries = await readdir(target, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry): Promise<readonly string[]> => {
      const path = join(target, entry.name);
      return entry.isDirectory() ? sqlFilesAt(path) : /\.(sql|ddl)$/iu.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}

/** The text of dbt's manifest at a place, with where it was found; null: there is none. */
export async function manifestAt(target: string): Promise<{ readonly place: string; readonly text: string } | null> {
  const places = [target, join(target, 'manifest.json'), join(target, 'target', 'manifest.json')];
  for (const place of places.filter((file) => file.endsWith('.json'))) {
    const text = await readFile(place, 'utf8').catch(() => null);
    if (text !== null) return { place, text };
  }
  return null;
}

/** Largest manifest that is read, in bytes. */
export const largestManifest = 512 * 1024 * 1024;

const manifestSchema = z.object({
  metadata: z.looseObject({ adapter_type: z.string().nullish() }).optional(),
  nodes: z.record(
    z.string(),
    z.looseObject({
      resource_type: z.string().optional(),
      relation_name: z.string().nullish(),
      compiled_code: z.string().nullish(),
    }),
  ),
});

/** What the change says in SQL, as the engine takes it. A model of dbt stands as the view that it would be. */
export async function changedTexts(
  { connector, settings }: ScanTarget,
  naming: Readonly<Record<string, string>>,
): Promise<readonly ChangedText[]> {
  if (connector !== 'dbt') {
    const { dialect = 'ansi', defaultDatabase, defaultSchema } = { ...naming, ...settings };
    const around = {
      dialect,
      ...(defaultDatabase === undefined ? {} : { defaultDatabase }),
      ...(defaultSchema === undefined ? {} : { defaultSchema }),
    };
    const files = await sqlFilesAt(settings['path'] ?? '');
    return Promise.all(files.map(async (file) => ({ ...around, sql: await readFile(file, 'utf8').catch(() => '') })));
  }
  const manifest = await manifestAt(settings['target'] ?? '');
  if (manifest === null) return [];
  const parsed = manifestSchema.safeParse(parseJson(manifest.text, `[check] ${manifest.place}`, largestManifest));
  if (!parsed.success) return [];
  const dialect = parsed.data.metadata?.adapter_type ?? 'ansi';
  return Object.values(parsed.data.nodes).flatMap(({ resource_type: type, relation_name: name, compiled_code: code }) =>
    type === 'model' && typeof name === 'string' && typeof code === 'string'
      ? [{ dialect, sql: `create view ${name} as ${code}` }]
      : [],
  );
}
