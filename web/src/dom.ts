export type Child = Node | string | number | null;

type Attributes = Readonly<Record<string, string | number | boolean | null | ((event: Event) => void)>>;

/**
 * Makes an element. Texts become text nodes, never markup; an attribute that is a function listens to the event of its name
 * (`onclick`); `false` and `null` leave an attribute out.
 */
export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null) element.setAttribute(name, String(value));
  }
  append(element, children);
  return element;
}

export function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== null) parent.append(child instanceof Node ? child : String(child));
}

/** Puts new children in the place of all that were there. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** Runs a function once nobody has called for a while. */
export function afterPause(milliseconds: number, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
  };
}

/** A long name that may break after its dots and underscores, and nowhere else as long as that is enough. */
export function breakable(name: string): readonly Child[] {
  return name
    .split(/(?<=[._/])/)
    .flatMap((part, index): readonly Child[] => (index === 0 ? [part] : [document.createElement('wbr'), part]));
}
