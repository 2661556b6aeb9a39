import type { SourceTag } from '../model/document.ts';
import { spellingsOf, type TagTarget } from '../model/tag-writing.ts';
import type { WantedTag } from './wanted-tags.ts';
import { isWritten, type WrittenTags } from './written-tags.ts';

/** One thing as a plan sees it: what it carries, and what it should. */
export interface Tagged {
  readonly target: TagTarget;
  readonly now: readonly SourceTag[];
  readonly wanted: readonly WantedTag[];
  /** False while nobody could tell what it holds: then nothing is taken off it. */
  readonly isJudged: boolean;
}

/** What should change about one thing. */
export type Planned =
  | {
      readonly action: 'add';
      readonly target: TagTarget;
      readonly tag: string;
      readonly wanted: WantedTag;
      readonly waitsFor: string | null;
    }
  | { readonly action: 'remove'; readonly target: TagTarget; readonly tag: string; readonly waitsFor: string };

/**
 * Compares what is there with what should be. Adds what is missing; proposes to remove what we wrote and nothing asks for any
 * more; never touches a tag of anybody else. A tag that we wrote and that is gone was taken away by somebody: it is proposed
 * again and written by nobody but a person. Pure.
 */
export function planTags(
  { target, now, wanted, isJudged }: Tagged,
  options: { readonly threshold: number; readonly written: WrittenTags },
): readonly Planned[] {
  const there = new Set(now.flatMap(spellingsOf));
  const plan: Planned[] = [];
  for (const one of wanted) {
    // Of a tag with a value there is one a thing: where it stands with another value, ours would take its place.
    const [key = ''] = one.tag.toLowerCase().split('=');
    if (there.has(one.tag.toLowerCase()) || there.has(key)) continue;
    plan.push({ action: 'add', target, tag: one.tag, wanted: one, waitsFor: waitOf(one, target, options) });
  }
  if (!isJudged) return plan;
  const asked = new Set(wanted.map(({ tag }) => tag.toLowerCase()));
  for (const tag of now) {
    const spellings = spellingsOf(tag);
    const asWritten = spellings.find((spelling) => isWritten(options.written, target.uid, spelling));
    const isOurs = tag.setBy === 'lexline' || (tag.setBy !== 'propagated' && asWritten !== undefined);
    if (!isOurs || spellings.some((spelling) => asked.has(spelling))) continue;
    const name = options.written.get(target.uid)?.get(asWritten ?? '')?.tag ?? tag.name;
    plan.push({ action: 'remove', target, tag: name, waitsFor: 'removals wait for a person' });
  }
  return plan;
}

function waitOf(
  { tag, because }: WantedTag,
  { uid }: TagTarget,
  { threshold, written }: { readonly threshold: number; readonly written: WrittenTags },
): string | null {
  if (isWritten(written, uid, tag)) return 'it was written before, and somebody took it away in the source';
  if (because.decidedBy !== 'human' && because.confidence < threshold)
    return `it is ${because.confidence.toFixed(2)} sure, and ${threshold} is asked for`;
  return null;
}
