import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dbt } from '../../../../connectors/dbt/connector.ts';
import { dbtConfig } from '../../../../connectors/dbt/config.ts';
import { silentLog } from '../../../../server/base/log.ts';
import type { SourceMessage } from '../../../../server/model/document.ts';

/** The example's artefacts, made by a real dbt; tests change copies of them. */
const target = join(import.meta.dirname, '../../../../examples/shop-clinic/dbt/target');

export type Tree = Record<string, unknown>;

export function realArtefact(name: string): Tree {
  return JSON.parse(readFileSync(join(target, `${name}.json`), 'utf8')) as Tree;
}

/** A member by its path; fails when it is not there, so that a test never changes nothing. */
export function at(tree: Tree, ...path: readonly string[]): Tree {
  return path.reduce<Tree>((node, name) => {
    const member = node[name];
    if (typeof member !== 'object' || member === null) throw new Error(`the artefact has no ${path.join('/')}`);
    return member as Tree;
  }, tree);
}

/** A target folder with these files; text as it is, trees as JSON. */
export function targetWith(files: Readonly<Record<string, Tree | string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-dbt-'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      join(folder, name),
      typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
    );
  return folder;
}

export const namespace = 'postgres://db.example.com:5432';

export async function readDbt(folder: string = target, settings: object = {}): Promise<readonly SourceMessage[]> {
  const config = dbtConfig.parse({ target: folder, namespace, ...settings });
  const connection = dbt.connect(config, { source: 'dbt', clock: { now: () => 0 }, log: silentLog });
  const messages: SourceMessage[] = [];
  for await (const message of connection.read({ cursor: null }, new AbortController().signal)) messages.push(message);
  return messages;
}
