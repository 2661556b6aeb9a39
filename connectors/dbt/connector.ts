import { basename, dirname } from 'node:path';
import type { CheckResult, Connector, ConnectorContext } from '../connector.ts';
import { localPath } from '../kit/local-path.ts';
import { readArtefacts } from './client.ts';
import { dbtConfig, type DbtConfig } from './config.ts';
import { namingOf } from './names.ts';
import { createProject } from './project.ts';
import { readProject } from './read.ts';
import { dbtWriter } from './write.ts';

/** The files that dbt 1.5 and later leaves in its target folder. Nothing is run and no template is rendered. */
export const dbt: Connector<DbtConfig> = {
  name: 'dbt',
  configSchema: dbtConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: [], accept: false, write: true },
  connect(given, context) {
    const config = withLocalPaths(given, context);
    return {
      async check(signal): Promise<CheckResult> {
        const { manifest, catalog } = await readArtefacts(context.source, config, signal);
        const { dbt_version: version, adapter_type: adapter, project_name: name } = manifest.metadata;
        return {
          system: `dbt ${version || 'of an unknown version'} (manifest ${manifest.version}, ${adapter || 'no adapter'})`,
          gaps: [],
          notes: [
            `project ${name || 'without a name'}: ${manifest.nodes.size} nodes`,
            ...(catalog === null ? ['no catalog.json: run "dbt docs generate" to get column types'] : []),
            ...(config.namespace === undefined
              ? [
                  'no "namespace": set it to the warehouse\'s (postgres://host:port) so that both name the same datasets',
                ]
              : []),
          ],
        };
      },
      async *read(request, signal) {
        const artefacts = await readArtefacts(context.source, config, signal);
        const project = createProject(artefacts, namingOf(artefacts.manifest, config.namespace));
        for (const message of readProject(artefacts, project, request)) {
          signal.throwIfAborted();
          yield message;
        }
      },
      write: dbtWriter(projectFolder(config), async (signal) => {
        const artefacts = await readArtefacts(context.source, config, signal);
        return { artefacts, project: createProject(artefacts, namingOf(artefacts.manifest, config.namespace)) };
      }),
      close: async () => {},
    };
  },
};

/** The folder that paths of the manifest start from: the one around `target`, unless the settings name it. */
function projectFolder({ project, target, manifest }: DbtConfig): string {
  if (project !== undefined) return project;
  const given = target ?? manifest ?? '';
  const folder = given.endsWith('.json') ? dirname(given) : given;
  return basename(folder) === 'target' ? dirname(folder) : folder;
}

function withLocalPaths(config: DbtConfig, context: ConnectorContext): DbtConfig {
  const local = { ...config };
  for (const member of ['target', 'manifest', 'catalog', 'runResults', 'sources', 'project'] as const) {
    const path = config[member];
    if (path !== undefined) local[member] = localPath(context, path);
  }
  return local;
}
