import type { FieldState } from '../model/effective.ts';

/** A laid out lineage graph: what to paint where, in pixels, before any markup. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly boxes: readonly Box[];
  readonly curves: readonly Curve[];
  /** What the picture does not show and why: cut short, hidden, unreadable statements. */
  readonly notes: readonly string[];
  readonly legend: readonly LegendEntry[];
}

/** A dataset with the fields that take part, or a placeholder for something the viewer may not see. */
export interface Box {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly name: string;
  readonly fullName: string;
  readonly platform: string | null;
  readonly hidden: boolean;
  readonly isOrigin: boolean;
  /** Identity of the dataset; null when hidden. */
  readonly dataset: string | null;
  readonly state: FieldState | null;
  readonly rows: readonly Row[];
  /** Words at the edges that end at the box as a whole. */
  readonly arriving: readonly Arrival[];
}

export interface Row {
  readonly key: string;
  /** Top, relative to the picture. */
  readonly y: number;
  readonly name: string;
  readonly fullName: string;
  readonly label: string;
  readonly fullLabel: string;
  readonly state: FieldState | null;
  readonly isOrigin: boolean;
  readonly arriving: readonly Arrival[];
}

/** A word beside a port: what was done to the value that arrives there. */
export interface Arrival {
  readonly side: 'left' | 'right';
  readonly words: string;
  readonly y: number;
}

export type CurveStyle = 'direct' | 'step-down' | 'indirect' | 'dataset';

export interface Curve {
  readonly from: string;
  readonly to: string;
  readonly style: CurveStyle;
  /** Leftwards: it closes a cycle. */
  readonly isBack: boolean;
  readonly points: readonly Point[];
  /** What a pointer or a screen reader is told. */
  readonly about: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface LegendEntry {
  readonly sample: CurveStyle | FieldState | 'hidden';
  readonly words: string;
}
