import { printPath, type Uid } from '../../model/ids.ts';
import type { JointIdentification, JointKey } from '../../query/joint/joint.ts';
import type { Query } from '../../query/query.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { textOption } from '../options.ts';
import { printJson, printLines } from '../print.ts';
import { countOf } from '../../query/labels.ts';

/** Columns that identify a person only together, in one dataset or across joins. Ends with 1 when there are some. */
export async function run({ options }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const query = await product.query();
    const { n } = await query.at(textOption(options, 'asOf'));
    const { items, whole } = await query.jointIdentifications(n);
    const name = await namesOf(query, items, n);
    if (global.json) await printJson(io, { revision: n, whole, items: items.map((item) => named(item, name)) });
    else
      await printLines(io, [
        ...(items.length === 0 ? ['No such columns were found together.'] : []),
        ...items.flatMap((item) => linesOf(item, name)),
        ...(whole ? [] : ['There is more than is looked at in one answer.']),
      ]);
    return items.length === 0 ? 0 : 1;
  } finally {
    await product.close();
  }
}

type NameOf = (uid: Uid) => string;

async function namesOf(query: Query, items: readonly JointIdentification[], n: number): Promise<NameOf> {
  const uids = [
    ...new Set(
      items.flatMap(({ parts, joins }) => [
        ...parts.flatMap(({ fields }) => fields),
        ...joins.flatMap(({ field, way }) => [field, ...way.map(({ to }) => to)]),
      ]),
    ),
  ];
  const fields = await query.fieldsByUid(uids, n);
  const parents = await query.datasetsByUid(
    fields.flatMap((field) => (field === null ? [] : [field.dataset])),
    n,
  );
  const datasetNames = new Map(parents.flatMap((one) => (one === null ? [] : [[one.uid, one.name] as const])));
  const names = new Map(
    fields.flatMap((field) =>
      field === null ? [] : [[field.uid, `${datasetNames.get(field.dataset) ?? ''}.${printPath(field.path)}`] as const],
    ),
  );
  return (uid) => names.get(uid) ?? '(a field that you may not see, or that no source describes)';
}

function linesOf({ says, parts, joins, datasets }: JointIdentification, name: NameOf): readonly string[] {
  return [
    datasets.length === 1 ? says : `${says} They stand in ${countOf(datasets.length, 'dataset')} that can be joined:`,
    ...parts.map(({ part, fields }) => `  ${part.replaceAll('-', ' ')}: ${fields.map(name).join(', ')}`),
    ...joins.map((join) => `  joined by ${wayOf(join, name)}`),
  ];
}

/** `visits.patient → patients.id (foreign key)`. */
function wayOf({ field, way }: JointKey, name: NameOf): string {
  return [
    name(field),
    ...way.map(({ how, to, fn }) => {
      const said = how === 'FOREIGN_KEY' ? 'foreign key' : fn === '' ? 'copied from' : `${fn} of`;
      return `${name(to)} (${said})`;
    }),
  ].join(' → ');
}

function named({ parts, joins, ...rest }: JointIdentification, name: NameOf): unknown {
  return {
    ...rest,
    parts: parts.map(({ part, fields }) => ({ part, fields: fields.map(name) })),
    joins: joins.map(({ field, way }) => ({
      field: name(field),
      way: way.map(({ how, to, fn }) => ({ how, to: name(to), fn })),
    })),
  };
}
