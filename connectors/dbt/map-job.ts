import type { JobDocument, JobStatement } from '../../server/model/document.ts';
import { ownersOf } from './map-dataset.ts';
import { jobName, nameParts } from './names.ts';
import type { Project } from './project.ts';
import type { DbtNode } from './shapes.ts';

/** Why a job's SQL, or a part of it, is not known. */
export type UnknownSql = 'not-compiled' | 'python' | 'hook';

interface MappedJob {
  readonly document: JobDocument;
  readonly unknown: UnknownSql | null;
}

/** Text in which dbt still has to fill something in. It is never rendered here. */
const template = /\{\{|\{%/;
const calls = /^\s*(?:call|exec|execute|do|perform)\b/iu;
/** Blocks and notes of a template; what they hold between them stays. */
const templateBlocks = /\{%.*?%\}|\{#.*?#\}/gsu;
/** Notes in SQL. */
const comments = /--[^\n]*|\/\*.*?\*\//gsu;
/** First words of statements that move no rows, and what dbt's own templates begin with that do nothing. */
const movesNothing =
  /^(?:grant|revoke|analy[sz]e|vacuum|comment|set|reset|use|begin|start|commit|rollback|lock|unlock|optimize|drop|delete|truncate|describe|show|explain|cluster|reindex|create\s+(?:unique\s+|clustered\s+|nonclustered\s+)*index|alter\s+(?!.*\b(?:rename|swap|switch|exchange|attach|partition)\b)|\{\{\s*(?:log|print|debug|return)\b)/isu;

/** The job behind a node; null for what runs nothing (a seed, a source, an ephemeral model). */
export function mapJob(node: DbtNode, project: Project): MappedJob | null {
  switch (node.resource_type) {
    case 'model':
    case 'snapshot':
      return project.dataset(node.unique_id) === null ? null : modelJob(node, project);
    case 'analysis':
    case 'operation':
    case 'sql_operation':
      return sqlJob(node, project);
    case 'exposure':
      return { document: exposureJob(node, project), unknown: null };
    case 'test':
      return { document: testJob(node, project), unknown: null };
    default:
      return null;
  }
}

function modelJob(node: DbtNode, project: Project): MappedJob {
  const output = project.dataset(node.unique_id);
  const outputs = output === null ? [] : [output];
  const main = compiled(node, project);
  const hooks = [...(node.config?.['pre-hook'] ?? []), ...(node.config?.['post-hook'] ?? [])].filter(mayMove);
  const plainHooks = hooks
    .filter((sql) => !template.test(sql) && !calls.test(sql))
    .map((sql) => statement(sql, node, project));
  const statements = [...(main === null || output === null ? [] : [{ ...main, target: output }]), ...plainHooks];
  const unknown =
    main === null
      ? node.language === 'python'
        ? 'python'
        : 'not-compiled'
      : plainHooks.length < hooks.length
        ? 'hook'
        : null;
  return {
    document: {
      ...job(node, project),
      kind: 'model',
      inputs: project.inputs(node),
      outputs,
      ...(unknown === 'not-compiled' ? { partial: true } : {}),
      ...(statements.length === 0 ? {} : { statements }),
    },
    unknown,
  };
}

/** That a hook may move rows: any statement of it that is not known to move none. What a macro or a procedure does nobody knows. */
function mayMove(hook: string): boolean {
  return hook
    .replace(templateBlocks, ' ')
    .replace(comments, ' ')
    .split(';')
    .some((part) => part.trim() !== '' && !movesNothing.test(part.trim()));
}

function sqlJob(node: DbtNode, project: Project): MappedJob {
  const main = compiled(node, project);
  const document: JobDocument = {
    ...job(node, project),
    kind: node.resource_type === 'analysis' ? 'query' : 'process',
    inputs: project.inputs(node),
    outputs: [],
    ...(main === null ? { partial: true } : { statements: [main] }),
  };
  return { document, unknown: main === null ? 'not-compiled' : null };
}

function exposureJob(node: DbtNode, project: Project): JobDocument {
  const report = jobName(project.naming, node.unique_id);
  return { ...job(node, project), kind: 'exposure', inputs: project.inputs(node), outputs: [report] };
}

/** A test reads and writes nothing back; its SQL can hold accepted values, so it is not carried. */
function testJob(node: DbtNode, project: Project): JobDocument {
  return {
    ...job(node, project),
    kind: 'test',
    inputs: project.inputs(node),
    outputs: [],
    facets: {
      'dbt.test': {
        test: node.test_metadata?.name || node.name,
        ...(node.column_name === '' ? {} : { column: node.column_name }),
        ...(node.config?.severity ? { severity: node.config.severity.toLowerCase() } : {}),
      },
    },
  };
}

function job(node: DbtNode, project: Project) {
  const owners = ownersOf(node, project);
  return {
    type: 'job',
    platform: 'dbt',
    ...jobName(project.naming, node.unique_id),
    native: { id: node.unique_id },
    ...(node.description.trim() === '' ? {} : { description: node.description }),
    ...(owners.length === 0 ? {} : { owners }),
  } as const;
}

/** The SQL that dbt sends, with the ephemeral models it needs inside; null when dbt has not compiled it. */
function compiled(node: DbtNode, project: Project): JobStatement | null {
  const code = node.compiled_code;
  if (code.trim() === '' || node.language === 'python' || template.test(code)) return null;
  return statement(node.extra_ctes_injected === false ? injected(code, node) : code, node, project);
}

/** Puts the common table expressions of ephemeral models in front, as dbt does when it has not done so yet. */
function injected(code: string, node: DbtNode): string {
  const ctes = node.extra_ctes.map(({ sql }) => sql.trim()).filter((sql) => sql !== '');
  if (ctes.length === 0) return code;
  const leading = /^\s*with(\s+recursive)?\s/i.exec(code);
  if (leading === null) return `with ${ctes.join(', ')} ${code}`;
  return `with${leading[1] ?? ''} ${ctes.join(', ')}, ${code.slice(leading[0].length)}`;
}

function statement(sql: string, node: DbtNode, project: Project): JobStatement {
  const parts = nameParts(node, project.seen(node.unique_id), project.naming);
  const database = parts === null ? node.database : parts.at(-3);
  const schema = parts === null ? node.schema : parts.at(-2);
  return {
    dialect: project.naming.dialect,
    sql,
    namespace: project.naming.warehouse,
    ...(database ? { defaultDatabase: database } : {}),
    ...(schema ? { defaultSchema: schema } : {}),
  };
}
