import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { PatchTagWriter, TagChange } from '../../server/model/tag-writing.ts';
import type { Artefacts } from './client.ts';
import { addColumnTag, sharesParts, type ColumnTag } from './edit-yaml.ts';
import type { Project } from './project.ts';
import type { DbtNode } from './shapes.ts';
import { unifiedDiff } from './unified-diff.ts';

const sections: Readonly<Record<string, string>> = { model: 'models', seed: 'seeds', snapshot: 'snapshots' };

/**
 * Tags on their way back into a dbt project: as a patch of its YAML files that a person looks at and commits. Nothing is
 * written here. `folder` is the project's.
 */
export function dbtWriter(
  folder: string,
  open: (signal: AbortSignal) => Promise<{ readonly artefacts: Artefacts; readonly project: Project }>,
): PatchTagWriter {
  return {
    kind: 'patch',
    tables: false,
    tagFor: (ours) => ours.toLowerCase(),
    async patch(changes, signal) {
      const { artefacts, project } = await open(signal);
      const nodes = new Map<string, DbtNode>();
      for (const node of artefacts.manifest.nodes.values()) {
        const name = project.dataset(node.unique_id);
        if (name !== null && (sections[node.resource_type] !== undefined || node.resource_type === 'source'))
          nodes.set(`${name.namespace} ${name.name}`, project.sharing(node)[0] ?? node);
      }
      const left: { readonly change: TagChange; readonly why: string }[] = [];
      const files = new Map<string, { readonly before: string; after: string }>();
      for (const change of changes) {
        const { dataset, field } = change.target;
        const node = nodes.get(`${dataset.namespace} ${dataset.name}`);
        const why = await place(change, node, folder, artefacts.manifest.metadata.project_name, files, signal);
        if (why !== null) left.push({ change, why: field === null ? 'tags are put on columns only' : why });
      }
      const diffs = [...files]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, { before, after }]) => unifiedDiff(path, before, after));
      return { diff: diffs.join(''), left };
    },
  };
}

/** Why a change has no place in the project; null when it was put in one. */
async function place(
  change: TagChange,
  node: DbtNode | undefined,
  folder: string,
  projectName: string,
  files: Map<string, { readonly before: string; after: string }>,
  signal: AbortSignal,
): Promise<string | null> {
  const { target, tag, action } = change;
  if (action === 'remove') return 'a person takes it out of the YAML file: a patch only adds';
  if (node === undefined || target.field === null) return 'the project has no node of that name';
  if (node.package_name !== projectName)
    return `it belongs to the package ${node.package_name}, which is not yours to change`;
  if (node.version !== null && node.version !== undefined)
    return 'it has versions, whose columns are described in several places';
  const path = yamlOf(node);
  if (path === null) return 'no YAML file describes it: add it to one, without columns if you like';
  const file = resolve(join(folder, path));
  if (relative(folder, file).startsWith('..')) return 'its YAML file lies outside of the project';
  const text = files.get(path) ?? (await load(file, signal));
  if (text === null) return `its YAML file ${path} cannot be read`;
  if (sharesParts(text.before))
    return `${path} uses aliases or merge keys (*name, <<), by which a tag in one place reaches or replaces others: put it in by hand`;
  const after = addColumnTag(text.after, { thing: thingOf(node), column: target.field.join('.'), tag });
  if (after === null) return `${path} is written in a way that cannot be patched safely`;
  files.set(path, { before: text.before, after });
  return null;
}

async function load(file: string, signal: AbortSignal): Promise<{ readonly before: string; after: string } | null> {
  try {
    const text = await readFile(file, { encoding: 'utf8', signal });
    return { before: text, after: text };
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/** `shop://models/marts.yml` of a model; a source is described where it stands. */
function yamlOf(node: DbtNode): string | null {
  const patch = node.patch_path.split('://').at(-1) ?? '';
  const path = node.resource_type === 'source' ? node.original_file_path : patch;
  return /\.ya?ml$/i.test(path) ? path : null;
}

function thingOf(node: DbtNode): ColumnTag['thing'] {
  if (node.resource_type !== 'source') return [sections[node.resource_type] ?? 'models', node.name];
  return ['sources', node.unique_id.split('.')[2] ?? '', node.name];
}
