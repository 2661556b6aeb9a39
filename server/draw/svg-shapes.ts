import type { Curve, Point } from './picture.ts';
import type { FieldState } from '../model/effective.ts';

/** The class that colours a state. */
export function stateClass(state: FieldState | null): string | null {
  return state === null ? null : `lx-${state.toLowerCase().replaceAll('_', '-')}`;
}

/** A smooth path: level where it leaves, arrives and crosses a column. */
export function pathOf({ points, isBack, from, to }: Curve): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  const end = rest.at(-1);
  if (isBack && end !== undefined && rest.length === 1 && start.x === end.x)
    return `M${at(start)}C${at({ x: start.x + 38, y: start.y })} ${at({ x: end.x + 38, y: from === to ? end.y + 20 : end.y })} ${at(end)}`;
  let before = start;
  const commands = [`M${at(start)}`];
  for (const point of rest) {
    if (point.y === before.y) {
      commands.push(`H${number(point.x)}`);
    } else if (point.x === before.x) {
      commands.push(`V${number(point.y)}`);
    } else {
      const middle = (before.x + point.x) / 2;
      commands.push(`C${at({ x: middle, y: before.y })} ${at({ x: middle, y: point.y })} ${at(point)}`);
    }
    before = point;
  }
  return commands.join('');
}

/** The arrow's tip, at the end and in the direction of the last step. */
export function tipOf({ points, isBack }: Curve): string {
  const end = points.at(-1);
  if (end === undefined) return '';
  const back = isBack ? 8 : -8;
  return `M${at(end)}L${at({ x: end.x + back, y: end.y - 3.5 })}V${number(end.y + 3.5)}z`;
}

function at({ x, y }: Point): string {
  return `${number(x)} ${number(y)}`;
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
