/** What the scan page adds to the shared look. */
export const scanCss = `
.lead { font-size: 15px; color: var(--muted); }
.figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 18px 0; padding: 0; list-style: none; }
.figures li { border: 1px solid var(--line); border-radius: 8px; padding: 10px 16px; min-width: 130px; background: var(--panel); }
.figures b { display: block; font-size: 22px; line-height: 1.2; font-variant-numeric: tabular-nums; }
h1 { max-width: 60ch; }
.kinds { display: flex; flex-wrap: wrap; gap: 6px; padding: 0; margin: 0 0 14px; list-style: none; font-size: 12px; }
.kinds li { border: 1px solid var(--line); border-radius: 12px; padding: 1px 10px; }
nav { position: sticky; top: 0; z-index: 2; background: var(--paper); border-bottom: 1px solid var(--line); padding: 8px 0; display: flex; flex-wrap: wrap; gap: 4px 18px; }
.tools { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin: 10px 0; }
.tools input[type="search"] { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 6px 10px; width: min(340px, 100%); }
.tools label { display: inline-flex; gap: 5px; align-items: center; }
[hidden] { display: none !important; }
details.dataset { border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; }
details.dataset > summary { padding: 8px 12px; cursor: pointer; background: var(--panel); border-radius: 8px; display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: baseline; }
details.dataset > summary::before { content: "\\25B8"; color: var(--muted); } details.dataset[open] > summary::before { content: "\\25BE"; }
details.dataset .mono { font-weight: 600; }
details.dataset table { margin: 0 12px 8px; width: calc(100% - 24px); }
td.field { width: 20%; } td.holds { width: 20%; } td.classes { width: 9%; white-space: nowrap; } td.sure { width: 8%; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 4px; padding: 0 5px; font-size: 11px; font-weight: 600; margin-right: 4px; }
.badge.pci { color: var(--sensitive); } .badge.phi { color: var(--undecided); } .badge.pii { color: var(--accent); }
.treated { color: var(--step); }
details.why > summary { cursor: pointer; color: var(--muted); font-size: 12px; } details.why ul { margin: 2px 0 6px; padding-left: 18px; font-size: 12px; }
details.more > summary { cursor: pointer; color: var(--accent); padding: 6px 0; }
figure { margin: 14px 0 26px; border: 1px solid var(--line); border-radius: 8px; }
figcaption { padding: 8px 12px; background: var(--panel); border-radius: 8px 8px 0 0; }
figure .scroll { overflow-x: auto; } figure svg { display: block; }
.gap-list td:first-child { width: 26%; }
pre { margin: 0; white-space: pre-wrap; font-size: 12px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
footer { margin-top: 40px; padding-top: 10px; border-top: 1px solid var(--line); color: var(--muted); font-size: 12px; }
@media (max-width: 760px) { main { padding: 16px 12px 48px; } h1 { font-size: 20px; } thead { display: none; }
  tr { display: block; padding: 6px 0; border-bottom: 1px solid var(--line); } td { display: block; width: auto !important; border: none; padding: 1px 0; white-space: normal !important; text-align: left; } .figures li { min-width: 0; flex: 1 1 40%; } }
@media print { nav, .tools, details.why { display: none; } details::details-content { content-visibility: visible; height: auto; } figure { break-inside: avoid-page; } tr { break-inside: avoid; } body { font-size: 11px; } figure svg { max-width: 100%; height: auto; } @page { size: A4 landscape; margin: 12mm; } }
`.trim();
