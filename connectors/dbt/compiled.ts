import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DbtNode } from './shapes.ts';

/** Nodes with the SQL that an earlier command left in `target/compiled`. */
export interface FoundSql {
  readonly nodes: ReadonlyMap<string, DbtNode>;
  /** Nodes whose SQL was found there. */
  readonly ids: ReadonlySet<string>;
  /** Of the texts found; empty where none was. */
  readonly digest: string;
}

/**
 * Looks for the SQL of nodes that the manifest holds none of: `dbt parse`, `ls`, `test` and `source freshness` write a manifest
 * without it, and leave the files of the last compile where they are. A file that is not there, is too large or is no text
 * gives nothing: the node stays uncompiled.
 */
export async function findCompiled(
  nodes: ReadonlyMap<string, DbtNode>,
  folder: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<FoundSql> {
  const found = new Map(nodes);
  const ids = new Set<string>();
  const hash = createHash('sha256');
  for (const [id, node] of nodes) {
    const path = compiledPath(node);
    if (path === null) continue;
    signal.throwIfAborted();
    const code = await textAt(join(folder, ...path), maxBytes);
    if (code === null) continue;
    // dbt has put the ephemeral models in front before it writes this file.
    found.set(id, { ...node, compiled_code: code, extra_ctes_injected: true });
    ids.add(id);
    hash.update(JSON.stringify([id, code]));
  }
  return { nodes: found, ids, digest: ids.size === 0 ? '' : hash.digest('hex').slice(0, 32) };
}

/** Where dbt writes the compiled file of a model or analysis, below the target folder; null for what is not looked for. */
function compiledPath(node: DbtNode): readonly string[] | null {
  if (node.compiled_code.trim() !== '' || node.language === 'python') return null;
  if (node.resource_type !== 'model' && node.resource_type !== 'analysis') return null;
  const own = node.original_file_path.replaceAll('\\', '/').split('/');
  if (!basename(node.original_file_path).toLowerCase().endsWith('.sql')) return null;
  const parts = [node.package_name, ...own];
  return parts.every(isPlain) ? ['compiled', ...parts] : null;
}

/** A part of a path that stays below its folder. */
function isPlain(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !/[/\\:\0]/u.test(part);
}

async function textAt(path: string, maxBytes: number): Promise<string | null> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > maxBytes) return null;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    return text.includes('\0') || text.trim() === '' ? null : text;
  } catch {
    return null;
  }
}
