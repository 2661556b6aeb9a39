import { escapeXml } from './text.ts';
import { drawingCss } from './css.ts';
import { layOut } from './layout.ts';
import { metrics, wordsWidth } from './metrics.ts';
import { paintLegend } from './svg-legend.ts';
import { pathOf, stateClass, tipOf } from './svg-shapes.ts';
import type { Arrival, Box, Curve, Picture, Row } from './picture.ts';
import type { LineageGraph } from '../model/lineage-graph.ts';

export interface SvgOptions {
  /** `file` carries its own styles and stands alone; `inline` expects {@link drawingCss} in the page around it. */
  readonly as: 'file' | 'inline';
  /** Addresses of a field and a dataset, with `{uid}` where its id goes; absent: nothing links anywhere. */
  readonly linkTemplate?: { readonly field: string; readonly dataset: string };
  /** Pictures wider than this many pixels go on below, like text; absent: never. */
  readonly wrapAt?: number;
  /** Makes ids unique where several pictures share a page. Letters, digits and hyphens. */
  readonly idPrefix?: string;
}

/**
 * Draws a lineage answer as SVG: from left to right, a box a dataset, a row a field, what is done to a value in words
 * beside the place where it arrives. Needs nothing from outside, follows light and dark, and is the same bytes for the
 * same answer.
 */
export function drawSvg(graph: LineageGraph, options: SvgOptions): string {
  return paintSvg(layOut(graph, options.wrapAt), options);
}

/** Turns a laid out picture into markup. */
export function paintSvg(picture: Picture, options: SvgOptions): string {
  const id = (options.idPrefix ?? 'lx').replaceAll(/[^A-Za-z0-9-]/g, '-');
  const legend = paintLegend(picture);
  const height = picture.height + legend.height;
  const width = Math.max(picture.width, legend.width);
  // A picture with links is a group of things to visit; one without is a single image.
  const role = options.linkTemplate === undefined ? 'img' : 'group';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="lx" role="${role}" aria-labelledby="${id}-title ${id}-desc" width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}">`,
    `<title id="${id}-title">${escapeXml(picture.title)}</title>`,
    `<desc id="${id}-desc">${escapeXml(picture.description)}</desc>`,
    ...(options.as === 'file'
      ? [`<style>${drawingCss}</style>`, `<rect class="lx-paper" width="${String(width)}" height="${String(height)}"/>`]
      : []),
    ...picture.curves.map(paintCurve),
    ...picture.boxes.map((box) => paintBox(box, options)),
    ...picture.boxes.flatMap((box) =>
      [
        ...box.arriving.map((word) => ({ word, box })),
        ...box.rows.flatMap((row) => row.arriving.map((word) => ({ word, box }))),
      ].map(({ word, box: at }) => paintWords(word, at)),
    ),
    legend.markup,
    '</svg>',
  ].join('\n');
}

function paintCurve(curve: Curve): string {
  const tip = tipOf(curve);
  return `<g class="lx-flow"><title>${escapeXml(curve.about)}</title><path class="lx-edge lx-${curve.style}" d="${pathOf(curve)}"/><path class="lx-tip lx-tip-${curve.style}" d="${tip}"/></g>`;
}

function paintBox(box: Box, { linkTemplate }: SvgOptions): string {
  const classes = ['lx-box', ...(box.isOrigin ? ['lx-box-origin'] : []), ...(box.hidden ? ['lx-box-hidden'] : [])];
  const about = box.platform === null ? box.fullName : `${box.fullName} (${box.platform})`;
  const title = `<text class="lx-title" x="${String(box.x + 10)}" y="${String(box.y + 19)}">${escapeXml(box.name)}</text>`;
  const parts = [
    `<rect class="${classes.join(' ')}" x="${String(box.x)}" y="${String(box.y)}" width="${String(box.width)}" height="${String(box.height)}" rx="5"/>`,
    ...(box.hidden
      ? []
      : [
          `<path class="lx-head" d="M${String(box.x + 1)} ${String(box.y + metrics.header - 4)}v-${String(metrics.header - 9)}q0 -4 4 -4h${String(box.width - 10)}q4 0 4 4v${String(metrics.header - 9)}z"/>`,
        ]),
    link(title, linkTemplate?.dataset, box.dataset),
    ...box.rows.map((row) => paintRow(row, box, linkTemplate)),
  ];
  return `<g><title>${escapeXml(box.hidden ? 'A place that you may not see' : about)}</title>${parts.join('')}</g>`;
}

function paintRow(row: Row, box: Box, linkTemplate: SvgOptions['linkTemplate']): string {
  const middle = row.y + metrics.row / 2;
  const state = stateClass(row.state);
  const mark = row.isOrigin
    ? `<rect class="lx-row-origin" x="${String(box.x + 1)}" y="${String(row.y)}" width="${String(box.width - 2)}" height="${String(metrics.row)}"/>`
    : '';
  const dot =
    state === null ? '' : `<circle class="${state}" cx="${String(box.x + 13)}" cy="${String(middle)}" r="3.5"/>`;
  const name = `<text class="lx-name" x="${String(box.x + 23)}" y="${String(middle + 4)}">${escapeXml(row.name)}</text>`;
  const label = `<text class="${state ?? 'lx-note'}" text-anchor="end" x="${String(box.x + box.width - 9)}" y="${String(middle + 4)}">${escapeXml(row.label)}</text>`;
  const about = `<title>${escapeXml(`${box.fullName}.${row.fullName}${row.fullLabel === '' ? '' : `: ${row.fullLabel}`}`)}</title>`;
  return `<g>${about}${mark}${dot}${link(name, linkTemplate?.field, row.key)}${label}</g>`;
}

function paintWords(arrival: Arrival, box: Box): string {
  const width = wordsWidth(arrival.words);
  const left = arrival.side === 'left' ? box.x - 10 - width : box.x + box.width + 10;
  const gap = /columns not told|unknown function/.test(arrival.words) ? ' lx-word-of-gap' : '';
  return `<g><rect class="lx-word-back" x="${String(left)}" y="${String(arrival.y - 7)}" width="${String(width)}" height="14" rx="3"/><text class="lx-word${gap}" text-anchor="middle" x="${String(left + width / 2)}" y="${String(arrival.y + 3.5)}">${escapeXml(arrival.words)}</text></g>`;
}

function link(markup: string, template: string | undefined, uid: string | null): string {
  if (template === undefined || uid === null) return markup;
  return `<a href="${escapeXml(template.replaceAll('{uid}', encodeURIComponent(uid)))}">${markup}</a>`;
}
