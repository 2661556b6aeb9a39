import type { EffectiveClassification } from '../model/effective.ts';

/** A tag that a field should carry, and why. */
export interface WantedTag {
  readonly tag: string;
  readonly because: Because;
}

/** What a tag stands on, in words and figures that a person can check. */
export interface Because {
  readonly category: string;
  readonly classes: readonly string[];
  readonly decidedBy: EffectiveClassification['decidedBy'];
  readonly by: string;
  /** 0..1; of something that arrived by propagation, the verdict at its origin. */
  readonly confidence: number;
}

/**
 * The tags that a field's classifications ask for. The source's `tagMap` says which: the most specific entry for a category
 * (`user.contact.email`, then `user.contact`, then `user`), and every class that it carries. Without any map each class has
 * the source's own default tag. Pure.
 */
export function wantedTags(
  classifications: readonly EffectiveClassification[],
  confidenceOf: (classification: EffectiveClassification) => number,
  tagMap: Readonly<Record<string, string>>,
  tagFor: (ours: string) => string,
): readonly WantedTag[] {
  const wanted = new Map<string, WantedTag>();
  const isMapped = Object.keys(tagMap).length > 0;
  const mapped = new Map(Object.entries(tagMap).map(([ours, theirs]) => [ours.toLowerCase(), theirs]));
  for (const one of classifications) {
    const because: Because = {
      category: one.category,
      classes: one.classes,
      decidedBy: one.decidedBy,
      by: one.by,
      confidence: confidenceOf(one),
    };
    const specific = branchesOf(one.category).find((branch) => mapped.has(branch));
    const tags = isMapped
      ? [specific, ...one.classes.map((name) => name.toLowerCase())].flatMap((key) => mapped.get(key ?? '') ?? [])
      : one.classes.map((name) => tagFor(name));
    for (const tag of tags) {
      const before = wanted.get(tag);
      if (before === undefined || before.because.confidence < because.confidence) wanted.set(tag, { tag, because });
    }
  }
  return [...wanted.values()].sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

/** `a.b.c`, `a.b`, `a`. */
function branchesOf(category: string): readonly string[] {
  const parts = category.toLowerCase().split('.');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'));
}
