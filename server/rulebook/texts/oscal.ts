import { z } from 'zod';
import type { ParsedText } from './parsed-text.ts';
import { createTextWriter, type ProvisionNode } from './text-writer.ts';

const partSchema = z.looseObject({
  id: z.string().optional(),
  name: z.string(),
  prose: z.string().optional(),
  get parts() {
    return z.array(partSchema).optional();
  },
});
const controlSchema = z.looseObject({
  id: z.string(),
  title: z.string(),
  parts: z.array(partSchema).optional(),
  get controls() {
    return z.array(controlSchema).optional();
  },
});
const groupSchema = z.looseObject({
  controls: z.array(controlSchema).optional(),
  get groups() {
    return z.array(groupSchema).optional();
  },
});
const catalogSchema = z.looseObject({
  catalog: z.looseObject({
    metadata: z.looseObject({
      title: z.string(),
      version: z.string().optional(),
      'last-modified': z.string().optional(),
    }),
    groups: z.array(groupSchema).optional(),
    controls: z.array(controlSchema).optional(),
  }),
});

type Part = z.infer<typeof partSchema>;
type Control = z.infer<typeof controlSchema>;
type Group = z.infer<typeof groupSchema>;

/** Reads an OSCAL catalogue of controls (JSON); null when it is none. `ac-2.1` is printed `AC-2(1)`, as the standard does. */
export function readOscal(value: unknown): ParsedText | null {
  const parsed = catalogSchema.safeParse(value);
  if (!parsed.success) return null;
  const { metadata, groups = [], controls = [] } = parsed.data.catalog;
  const writer = createTextWriter();
  for (const control of [...controls, ...groups.flatMap((group) => controlsOf(group))]) {
    const number = control.id.toUpperCase().replaceAll(/\.(\d+)/gu, '($1)');
    const points = (control.parts ?? [])
      .filter(({ name }) => name === 'statement')
      .flatMap((part) => partNodes(number, part));
    writer.add({ number, lead: control.title, page: null, points }, `${number} ${control.title}`);
  }
  return {
    format: 'oscal',
    language: 'en',
    title: metadata.title,
    marks: [metadata.version, metadata['last-modified']].filter((mark) => mark !== undefined),
    provisions: writer.provisions,
    text: writer.text(),
    pages: null,
    warnings: [],
  };
}

function controlsOf(group: Group): readonly Control[] {
  const own = (group.controls ?? []).flatMap((control) => [control, ...(control.controls ?? [])]);
  return [...own, ...(group.groups ?? []).flatMap((inner) => controlsOf(inner))];
}

/** A statement's own prose and its items, counted a, b, c as their ids end. */
function partNodes(number: string, part: Part): readonly ProvisionNode[] {
  const items = (part.parts ?? []).flatMap((item) => {
    const label = /_smt\.(?:.*\.)?(\w+)$/u.exec(item.id ?? '')?.[1];
    return label === undefined ? [] : partNodes(`${number}(${label})`, item);
  });
  return part.prose === undefined && items.length === 0
    ? []
    : part.name === 'statement' && part.prose === undefined
      ? items
      : [
          {
            number: part.name === 'statement' ? `${number}#statement` : number,
            lead: part.prose ?? '',
            page: null,
            points: items,
          },
        ];
}
