import { writeFile } from 'node:fs/promises';
import { LexlineError } from '../../base/errors.ts';
import { writeFailure } from '../../base/file-failure.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { writeDraft } from './governance-draft.ts';

/** Writes a commented `lexline.yaml`. Never writes over a file that is there. */
export async function run({ options }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  if (options['governance'] === true) {
    const drafted = 'governance/activities.yml';
    const activities = await writeDraft(drafted, compose);
    const { governance } = await compose.readConfig();
    const next =
      governance === null
        ? 'Add to lexline.yaml:\n  governance: ./governance'
        : 'Next: name purposes and legal bases in it.';
    await io.out(`${drafted} is written: ${activities} drafts. ${next}\n`);
    return 0;
  }
  const file = global.config ?? 'lexline.yaml';
  try {
    await writeFile(file, template, { flag: 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const { why, remedy } = writeFailure(error);
    throw new LexlineError(
      'CONFIG_INVALID',
      exists ? `[init] ${file} is there already` : `[init] ${file} cannot be written: ${why}`,
      { cause: error, remedy: exists ? 'lexline init --config other.yaml' : remedy },
    );
  }
  if (global.json) await io.out(`${JSON.stringify({ written: file })}\n`);
  else await io.out(`${file} is written. Next: edit it, then\n  lexline check-config\n  lexline sync\n`);
  return 0;
}

const template = `# yaml-language-server: $schema=./node_modules/lexline/schema/config.schema.json
# Lexline reads what is listed here and nothing else. Secrets come from the environment: "\${NAME}".

sources:
  # A PostgreSQL server. A role that may read the catalog is enough:
  #   CREATE ROLE lexline LOGIN PASSWORD '…';  GRANT USAGE ON SCHEMA public TO lexline;
  # - name: shop
  #   connector: postgres
  #   url: "\${SHOP_URL}"              # postgres://lexline:…@db.example.com:5432/shop
  #   schedule: "*/15 * * * *"        # for lexline serve; absent: only when you run lexline sync
  #   profile: none                   # none: names only · in-database: counts and shapes · sample: bounded rows, never kept
  #   applies: { gdpr: controller }   # hipaa: covered-entity makes health data PHI, pci-dss: merchant makes card data PCI

  # A dbt project: the folder with manifest.json, after dbt compile or dbt docs generate.
  # - name: models
  #   connector: dbt
  #   target: ./target

# A model that may help with columns that detectors leave open. Names, comments and shapes leave, never a value; a source is
# shown to it only with \`llm: local\` of its own. \`lexline sync --dry-run\` prints what would leave.
# llm:
#   endpoints:
#     - { name: local, baseUrl: "http://localhost:11434/v1", model: my-model, region: eu, purposes: [pii] }

# Where the graph is kept (one folder of SQLite files).
stores:
  graph: { engine: embedded, path: ./data }

# Names that mean the same: what to keep, and what to replace by it.
# namespaces: { "postgres://db.example.com:5432": ["postgres://10.0.0.5:5432"] }

# Whose type, description and owner is shown where several sources know a dataset.
# precedence: [shop, models]

# What people know: legal entities, processing activities, systems, parties, retention (lexline init --governance drafts it).
# governance: ./governance

# What lexline check holds a change against.
# policies: ./policies

# What signs evidence packs and heads of the ledger; made when it is not there.
# signing: { keyFile: ./keys/lexline.pem }

# A date alone means the end of that day here.
timezone: UTC
`;
