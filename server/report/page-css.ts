/** The look that reports and the scan page share: colours of both schemes, type, tables. No address outside. */
export const pageCss = `
:root { color-scheme: light dark; --ink: #1c2430; --muted: #566274; --paper: #ffffff; --panel: #f5f7f9; --line: #d5dae1;
  --accent: #1d4ed8; --sensitive: #b42318; --clear: #2f6f4f; --undecided: #8a5a00; --gap: #6d28d9; --step: #0f766e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --muted: #a3afbf; --paper: #12161c; --panel: #1a2029; --line: #333d4b;
  --accent: #8ab4ff; --sensitive: #ff8f85; --clear: #7fd0a4; --undecided: #f0b955; --gap: #c4a7ff; --step: #4fd1bd; } }
@media print { :root { --ink: #000000; --muted: #444444; --paper: #ffffff; --panel: #f2f2f2; --line: #aaaaaa;
  --accent: #1a44b8; --sensitive: #a01910; --clear: #245a3f; --undecided: #6d4700; --gap: #5521ab; --step: #0b5e57; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.45 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 1240px; margin: 0 auto; padding: 24px 20px 64px; }
h1 { font-size: 24px; line-height: 1.25; margin: 4px 0 8px; }
h2 { font-size: 17px; margin: 32px 0 8px; }
h3 { font-size: 14px; margin: 18px 0 6px; }
p { margin: 6px 0; max-width: 90ch; }
code, .mono { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.93em; overflow-wrap: anywhere; }
a { color: var(--accent); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th { color: var(--muted); font-weight: 600; font-size: 12px; border-bottom: 2px solid var(--line); white-space: nowrap; }
.about, .muted { color: var(--muted); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.sensitive { color: var(--sensitive); } .not-sensitive { color: var(--clear); } .undecided { color: var(--undecided); }
.gap, .gap-not-judged { color: var(--gap); }
`.trim();
