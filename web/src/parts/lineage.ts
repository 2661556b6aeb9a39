import type { Route } from '../route.ts';
import { appendPage, readChoice, toGraph, type LineageChoice } from '../lineage-answer.ts';
import { ask } from '../graphql.ts';
import { drawMermaid } from '../../../server/draw/mermaid.ts';
import { drawSvg } from '../../../server/draw/svg.ts';
import { errorBox, loading } from './error.ts';
import { fill, h } from '../dom.ts';
import type { LineageAnswer } from '../answers.ts';
import type { PageContext } from '../context.ts';

/** Nodes fetched at a time. */
const pageSize = 100;

/** The lineage of a field or dataset: the picture to click through, and the choices of how to look at it. */
export function lineagePart(of: 'field' | 'dataset', name: string, context: PageContext): HTMLElement {
  const { route, signal } = context;
  let choice = readChoice(route.options);
  const picture = h('div', { class: 'picture' });
  const section = h('section', { 'aria-labelledby': 'lineage' });

  const draw = async (): Promise<void> => {
    const asked = choice;
    fill(picture, loading());
    try {
      const answer = await fetchLineage(of, route, asked, null, signal);
      if (asked === choice) show(answer);
    } catch (error) {
      if (!signal.aborted) fill(picture, errorBox(error));
    }
  };
  const show = (answer: LineageAnswer): void => {
    const graph = toGraph(answer, route.id, choice);
    const scroll = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Lineage of ${name}` });
    const suffix = route.asOf === null ? '' : `?asOf=${encodeURIComponent(route.asOf)}`;
    const svg = drawSvg(graph, {
      as: 'inline',
      idPrefix: 'lineage-picture',
      wrapAt: Math.max(720, picture.clientWidth),
      linkTemplate: { field: `./fields/{uid}${suffix}`, dataset: `./datasets/{uid}${suffix}` },
    });
    scroll.append(document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true));
    fill(
      picture,
      scroll,
      answer.endCursor === null
        ? null
        : h('button', { type: 'button', onclick: () => void more(answer) }, 'Show more of it'),
      ' ',
      h(
        'button',
        { type: 'button', onclick: () => save(`${name}.svg`, 'image/svg+xml', drawSvg(graph, { as: 'file' })) },
        'Save as SVG',
      ),
      ' ',
      h(
        'button',
        { type: 'button', onclick: () => save(`${name}.mmd`, 'text/plain', drawMermaid(graph)) },
        'Save as Mermaid',
      ),
    );
  };
  const more = async (answer: LineageAnswer): Promise<void> => {
    try {
      show(appendPage(answer, await fetchLineage(of, route, choice, answer.endCursor, signal)));
    } catch (error) {
      if (!signal.aborted) picture.append(errorBox(error));
    }
  };
  const change = (next: LineageChoice): void => {
    choice = next;
    context.keep({
      direction: next.direction,
      depth: String(next.depth),
      by: next.granularity === 'DATASET' ? 'dataset' : '',
      indirect: next.includeIndirect ? 'yes' : '',
    });
    void draw();
  };
  section.append(
    h('h2', { id: 'lineage' }, 'Lineage'),
    controls(choice, (part) => change({ ...choice, ...part })),
    picture,
  );
  void draw();
  return section;
}

async function fetchLineage(
  of: 'field' | 'dataset',
  route: Route,
  choice: LineageChoice,
  after: string | null,
  signal: AbortSignal,
): Promise<LineageAnswer> {
  const variables = { id: route.id, asOf: route.asOf, first: pageSize, after, ...choice };
  const answer = await ask<Record<string, { readonly lineage: LineageAnswer } | null>>(
    `${of}Lineage`,
    variables,
    signal,
  );
  const lineage = answer[of]?.lineage;
  if (lineage === undefined) throw new Error('It is not there at this revision.');
  return lineage;
}

function controls(choice: LineageChoice, change: (part: Partial<LineageChoice>) => void): HTMLElement {
  const select = <K extends string>(
    id: string,
    title: string,
    chosen: string,
    entries: readonly (readonly [K, string])[],
    picked: (value: K) => void,
  ): HTMLElement => {
    const element = h(
      'select',
      { id },
      ...entries.map(([value, words]) => h('option', { value, selected: value === chosen }, words)),
    );
    element.addEventListener('change', () => {
      const entry = entries.find(([value]) => value === element.value);
      if (entry !== undefined) picked(entry[0]);
    });
    return h('label', {}, `${title} `, element);
  };
  const indirect = h('input', { type: 'checkbox', checked: choice.includeIndirect });
  indirect.addEventListener('change', () => change({ includeIndirect: indirect.checked }));
  return h(
    'div',
    { class: 'controls' },
    select(
      'direction',
      'Direction',
      choice.direction,
      [
        ['BOTH', 'both ways'],
        ['UPSTREAM', 'where it comes from'],
        ['DOWNSTREAM', 'where it goes'],
      ],
      (direction) => change({ direction }),
    ),
    select(
      'depth',
      'Depth',
      String(choice.depth),
      ['1', '2', '3', '5', '10', '20'].map((depth) => [depth, depth] as const),
      (depth) => change({ depth: Number(depth) }),
    ),
    select(
      'by',
      'By',
      choice.granularity,
      [
        ['FIELD', 'field'],
        ['DATASET', 'dataset'],
      ],
      (granularity) => change({ granularity }),
    ),
    h('label', {}, indirect, ' also what only steers rows'),
  );
}

/** Hands a text to the reader as a file. */
function save(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = h('a', { href: url, download: name.replaceAll(/[^\w.-]+/g, '_') });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
