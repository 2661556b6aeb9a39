import type { QualifiedName } from '../../server/model/ids.ts';
import type { Artefacts } from './client.ts';
import { datasetName, isEphemeral, type Naming } from './names.ts';
import type { Manifest } from './parse.ts';
import type { CatalogNode, DbtNode } from './shapes.ts';

/** A manifest with its catalog, as the mappers ask for it. */
export interface Project {
  readonly manifest: Manifest;
  readonly naming: Naming;
  seen(id: string): CatalogNode | undefined;
  /** The dataset that a node is; null for what is none (an ephemeral model, a test). */
  dataset(id: string): QualifiedName | null;
  /** The datasets that a node reads, through ephemeral models, in order and once. */
  inputs(node: DbtNode): readonly QualifiedName[];
  /** The nodes that are the relation of a node, itself among them: what makes it before what only reads it. */
  sharing(node: DbtNode): readonly DbtNode[];
  /** Tests on a node. */
  tests(id: string): readonly DbtNode[];
}

export function createProject(artefacts: Artefacts, naming: Naming): Project {
  const { manifest, catalog } = artefacts;
  const tests = new Map<string, DbtNode[]>();
  for (const node of manifest.nodes.values()) {
    if (node.resource_type !== 'test') continue;
    const tested = testedNode(node);
    if (tested === null) continue;
    const own = tests.get(tested);
    if (own === undefined) tests.set(tested, [node]);
    else own.push(node);
  }

  const project: Project = {
    manifest,
    naming,
    seen: (id) => catalog?.nodes.get(id),
    dataset(id) {
      const node = manifest.nodes.get(id);
      return node === undefined ? null : datasetName(node, catalog?.nodes.get(id), naming);
    },
    inputs(node) {
      const found = new Map<string, QualifiedName>();
      collect(node, found, new Set());
      return [...found.values()];
    },
    sharing(node) {
      const name = project.dataset(node.unique_id)?.name;
      return (name === undefined ? undefined : relations().get(name)) ?? [node];
    },
    tests: (id) => tests.get(id) ?? [],
  };

  let byName: ReadonlyMap<string, readonly DbtNode[]> | null = null;
  function relations(): ReadonlyMap<string, readonly DbtNode[]> {
    if (byName !== null) return byName;
    const ordered = [...manifest.nodes.values()].toSorted(
      (a, b) => Number(a.resource_type === 'source') - Number(b.resource_type === 'source'),
    );
    byName = Map.groupBy(ordered, ({ unique_id: id }) => project.dataset(id)?.name ?? '');
    return byName;
  }

  function collect(node: DbtNode, found: Map<string, QualifiedName>, visited: Set<string>): void {
    if (visited.has(node.unique_id)) return;
    visited.add(node.unique_id);
    for (const id of node.depends_on) {
      const dataset = project.dataset(id);
      const input = manifest.nodes.get(id);
      if (dataset !== null) found.set(dataset.name, dataset);
      else if (input !== undefined && isEphemeral(input)) collect(input, found, visited);
    }
  }

  return project;
}

/** What a test is about. Tests on sources are not attached: the argument `model` names it, as `ref('…')` or `source('…', '…')`. */
function testedNode(test: DbtNode): string | null {
  if (test.attached_node !== '') return test.attached_node;
  const [only, second] = test.depends_on;
  if (second === undefined) return only ?? null;
  const match = /(?:ref|source)\(\s*'([^']+)'(?:\s*,\s*'([^']+)')?/.exec(test.test_metadata?.kwargs?.model ?? '');
  if (match === null) return null;
  const ending = `.${[match[1], match[2]].filter((part) => part !== undefined).join('.')}`;
  return test.depends_on.find((id) => id.endsWith(ending)) ?? null;
}
