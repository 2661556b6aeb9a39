import { columnsOf, escapeXml } from './text.ts';
import { metrics } from './metrics.ts';
import type { LegendEntry, Picture } from './picture.ts';

const states = new Set<string>(['SENSITIVE', 'NOT_SENSITIVE', 'UNDECIDED', 'GAP']);

/** The lines below a picture: what its signs mean, and what it leaves out. */
export function paintLegend(picture: Picture): {
  readonly markup: string;
  readonly height: number;
  readonly width: number;
} {
  const width = Math.max(picture.width, 360);
  const parts: string[] = [];
  let x = metrics.margin;
  let y = picture.height + metrics.line;
  let widest = 0;
  for (const entry of picture.legend) {
    const takes = 30 + columnsOf(entry.words) * metrics.labelChar + 18;
    if (x > metrics.margin && x + takes > width) {
      x = metrics.margin;
      y += metrics.line + 4;
    }
    parts.push(
      `${sample(entry, x, y - 4)}<text class="lx-note" x="${String(x + 30)}" y="${String(y)}">${escapeXml(entry.words)}</text>`,
    );
    x += takes;
    widest = Math.max(widest, x);
  }
  for (const note of picture.notes) {
    y += metrics.line + 4;
    const gap = /^(Gap|Cut short)/.test(note) ? ' lx-note-of-gap' : '';
    parts.push(`<text class="lx-note${gap}" x="${String(metrics.margin)}" y="${String(y)}">${escapeXml(note)}</text>`);
    widest = Math.max(widest, metrics.margin * 2 + columnsOf(note) * metrics.labelChar);
  }
  return { markup: `<g>${parts.join('')}</g>`, height: y - picture.height + metrics.margin, width: Math.ceil(widest) };
}

function sample({ sample: kind }: LegendEntry, x: number, y: number): string {
  const name = kind.toLowerCase().replaceAll('_', '-');
  if (states.has(kind)) return `<circle class="lx-${name}" cx="${String(x + 13)}" cy="${String(y)}" r="4"/>`;
  if (kind === 'hidden')
    return `<rect class="lx-box-hidden" x="${String(x + 2)}" y="${String(y - 5)}" width="22" height="10" rx="2"/>`;
  return `<path class="lx-edge lx-${name}" d="M${String(x)} ${String(y)}h24"/>`;
}
