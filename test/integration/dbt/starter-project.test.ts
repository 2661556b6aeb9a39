import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { dbt } from '../../../connectors/dbt/connector.ts';
import { dbtConfig } from '../../../connectors/dbt/config.ts';
import { dbtProgram, runDbt } from '../../../scripts/dbt.ts';
import { context, describeOnPostgres, documentsOf, never, readAll } from '../postgres/real-server.ts';
import type { SourceMessage } from '../../../server/model/document.ts';

/** The starter project that dbt brings along: public, small and not ours. Run live, because dbt's files change with its releases. */
describeOnPostgres("dbt's own starter project on a real PostgreSQL", [], (real) => {
  it('names the same datasets as the warehouse itself does', async ({ skip }) => {
    const program = dbtProgram(process.env['LEXLINE_EXTENDED'] === '1');
    if (program === null) {
      const reason = 'dbt is not installed under .cache/dbt; LEXLINE_EXTENDED=1 installs it';
      process.stderr.write(`skipped: dbt's own starter project: ${reason}\n`);
      skip(reason);
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'lexline-starter-'));
    try {
      const url = await real().database('starter');
      const { port, password } = new URL(url);
      cpSync(starterProject(program), folder, { recursive: true });
      writeFileSync(
        join(folder, 'dbt_project.yml'),
        "name: starter\nversion: '1.0'\nprofile: starter\nmodel-paths: [models]\n",
      );
      writeFileSync(
        join(folder, 'profiles.yml'),
        `starter: { target: t, outputs: { t: { type: postgres, host: 127.0.0.1, port: ${port}, user: postgres, password: "{{ env_var('STARTER_PASSWORD') }}", dbname: starter, schema: public, threads: 1 } } }\n`,
      );
      const env = { STARTER_PASSWORD: password };
      const folders = ['--project-dir', folder, '--profiles-dir', folder];
      for (const command of [['run'], ['docs', 'generate']])
        runDbt(program, [...command, ...folders], { env, quiet: true });

      const namespace = `postgres://127.0.0.1:${port}`;
      const connection = dbt.connect(dbtConfig.parse({ target: folder, namespace }), context);
      const messages: SourceMessage[] = [];
      for await (const message of connection.read({ cursor: null }, never)) messages.push(message);
      const shapes = (documents: ReturnType<typeof documentsOf>) =>
        documents
          .flatMap((one) =>
            one.type === 'dataset'
              ? [
                  [
                    one.namespace,
                    one.name,
                    one.kind,
                    ...one.fields.map(({ path, type }) => `${path.join('.')} ${type}`),
                  ].join(' '),
                ]
              : [],
          )
          .sort();
      expect(shapes(documentsOf(messages)).length).toBe(2);
      expect(shapes(documentsOf(messages))).toEqual(shapes(documentsOf(await readAll(url, { queries: false }))));
      expect(messages.filter(({ type }) => type === 'gap')).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Where the installed dbt keeps it. */
function starterProject(program: string): string {
  const lib = join(dirname(program), '../lib');
  const python = readdirSync(lib).find((name) => name.startsWith('python3')) ?? 'python3';
  return join(lib, python, 'site-packages/dbt/include/starter_project');
}
