/**
 * The look of drawings, for a page that holds them inline and for SVG files alike. Colours are variables, so that a page
 * may set its own; by themselves they follow the reader's light or dark scheme. Contrast of text is at least 4.5 : 1.
 */
export const drawingCss = `
.lx { --lx-ink: #1c2430; --lx-muted: #566274; --lx-paper: #ffffff; --lx-box: #ffffff; --lx-head: #eef1f5; --lx-line: #c3cad4;
  --lx-edge: #64748b; --lx-step: #0f766e; --lx-faint: #8a94a3; --lx-sensitive: #b42318; --lx-clear: #2f6f4f;
  --lx-undecided: #8a5a00; --lx-gap: #6d28d9; --lx-origin: #1d4ed8; --lx-words: #ffffff; }
@media (prefers-color-scheme: dark) {
  .lx { --lx-ink: #e6eaf0; --lx-muted: #a3afbf; --lx-paper: #12161c; --lx-box: #1a2029; --lx-head: #242c38; --lx-line: #3a4554;
    --lx-edge: #8b9bb0; --lx-step: #4fd1bd; --lx-faint: #6b7889; --lx-sensitive: #ff8f85; --lx-clear: #7fd0a4;
    --lx-undecided: #f0b955; --lx-gap: #c4a7ff; --lx-origin: #8ab4ff; --lx-words: #12161c; }
}
@media print {
  .lx { --lx-ink: #000000; --lx-muted: #444444; --lx-paper: #ffffff; --lx-box: #ffffff; --lx-head: #eeeeee; --lx-line: #888888;
    --lx-edge: #555555; --lx-step: #0b5e57; --lx-faint: #777777; --lx-sensitive: #a01910; --lx-clear: #245a3f;
    --lx-undecided: #6d4700; --lx-gap: #5521ab; --lx-origin: #1a44b8; --lx-words: #ffffff; }
}
.lx text { font: 11px/1 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: var(--lx-ink); }
.lx .lx-name { font: 12px/1 ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.lx .lx-title { font: 600 12px/1 ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.lx .lx-word { font-size: 10px; fill: var(--lx-step); }
.lx .lx-word-of-gap { fill: var(--lx-gap); }
.lx .lx-word-back { fill: var(--lx-words); stroke: none; }
.lx .lx-note { fill: var(--lx-muted); }
.lx .lx-note-of-gap { fill: var(--lx-gap); font-weight: 600; }
.lx .lx-paper { fill: var(--lx-paper); }
.lx .lx-box { fill: var(--lx-box); stroke: var(--lx-line); }
.lx .lx-box-origin { stroke: var(--lx-origin); stroke-width: 2; }
.lx .lx-box-hidden { fill: none; stroke: var(--lx-muted); stroke-dasharray: 4 3; }
.lx .lx-head { fill: var(--lx-head); }
.lx .lx-row-origin { fill: var(--lx-origin); opacity: 0.12; }
.lx .lx-edge { fill: none; stroke: var(--lx-edge); stroke-width: 1.4; }
.lx .lx-tip { fill: var(--lx-edge); }
.lx .lx-step-down { stroke: var(--lx-step); stroke-dasharray: 6 3; }
.lx .lx-tip-step-down { fill: var(--lx-step); }
.lx .lx-indirect { stroke: var(--lx-faint); stroke-width: 1; stroke-dasharray: 1 3; }
.lx .lx-dataset { stroke: var(--lx-gap); stroke-width: 2; stroke-dasharray: 2 4; }
.lx .lx-tip-dataset { fill: var(--lx-gap); }
.lx .lx-sensitive { fill: var(--lx-sensitive); }
.lx .lx-not-sensitive { fill: var(--lx-clear); }
.lx .lx-undecided { fill: var(--lx-undecided); }
.lx .lx-gap { fill: var(--lx-gap); }
.lx a:hover .lx-name, .lx a:hover .lx-title, .lx a:focus-visible .lx-name, .lx a:focus-visible .lx-title { text-decoration: underline; }
.lx .lx-flow:hover .lx-edge { stroke-width: 3; }
`.trim();
