import { LexlineError } from '../../base/errors.ts';
import { drawMermaid } from '../../draw/mermaid.ts';
import { drawSvg } from '../../draw/svg.ts';
import type { LineageGraph } from '../../model/lineage-graph.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { findThing } from '../find-thing.ts';
import { lineageLines, maxLineageDepth } from '../lineage-text.ts';
import { oneOf, textOption, wholeNumber } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { printLines } from '../print.ts';

const formats = ['text', 'svg', 'mermaid', 'json'] as const;
const directions = ['upstream', 'downstream', 'both'] as const;

/** Where a dataset or field comes from and goes to, as text, picture or JSON. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose } = context;
  const format = oneOf(options, 'format', formats) ?? (global.json ? 'json' : 'text');
  const direction = oneOf(options, 'direction', directions) ?? 'both';
  const depth = wholeNumber(options, 'depth', 1, maxLineageDepth) ?? 10;
  const first = wholeNumber(options, 'first', 1, 10_000) ?? 500;
  const out = textOption(options, 'out');
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const query = await product.query();
    const { n } = await query.at(textOption(options, 'asOf'));
    const thing = await findThing(query, args[0] ?? '', n);
    const graph = await query.lineage({
      origin: thing.field?.uid ?? thing.dataset.uid,
      direction: direction === 'both' ? 'BOTH' : direction === 'upstream' ? 'UPSTREAM' : 'DOWNSTREAM',
      depth,
      first,
      granularity: thing.field === null ? 'DATASET' : 'FIELD',
      includeIndirect: options['indirect'] === true,
      n,
    });
    if (format === 'text' && out === undefined) await printLines(io, lineageLines(graph, thing.name));
    else if (out === undefined) await io.out(written(graph, format, thing.name));
    else {
      await writeWhole(out, [written(graph, format, thing.name)]);
      await printLines(io, [`${out} is written: ${graph.nodes.length} nodes, ${graph.edges.length} edges.`]);
    }
    return 0;
  } finally {
    await product.close();
  }
}

function written(graph: LineageGraph, format: (typeof formats)[number], name: string): string {
  switch (format) {
    case 'text':
      return `${lineageLines(graph, name).join('\n')}\n`;
    case 'svg':
      return `${drawSvg(graph, { as: 'file' })}\n`;
    case 'mermaid':
      return `${drawMermaid(graph)}\n`;
    case 'json':
      return `${JSON.stringify(graph)}\n`;
    default:
      throw new LexlineError('INTERNAL', `[cli] format ${String(format)} is not written`);
  }
}
