/** What only printed reports need: the draft mark, groups and details of long tables, pages. */
export const reportCss = `
.draft { display: inline-block; border: 1px solid var(--undecided); color: var(--undecided); border-radius: 4px; padding: 0 8px; font-weight: 600; }
.facts { width: auto; min-width: 50%; } .facts th { color: var(--muted); font-weight: 400; padding-right: 24px; white-space: nowrap; }
.narrow { width: auto; min-width: 50%; } .narrow th, .narrow td { padding-right: 24px; }
.group th { padding-top: 16px; font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; background: var(--panel); }
.group .dot { color: var(--muted); font-weight: 400; }
.details td { padding: 0 0 8px 16px; } tr:has(+ .details) td { border-bottom: none; padding-bottom: 2px; }
.details dl { margin: 0; display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 12px; }
.details div { display: flex; gap: 6px; } .details dt { color: var(--muted); white-space: nowrap; } .details dd { margin: 0; }
td { overflow-wrap: anywhere; } td:first-child { min-width: 9em; } .state { font-weight: 600; }
.confirmed { display: inline-block; border: 1px solid var(--clear); color: var(--clear); border-radius: 4px; padding: 0 8px; font-weight: 600; }
.missing { color: var(--gap); font-weight: 600; } .card { margin-bottom: 18px; } .card th { width: 22%; color: var(--muted); font-weight: 400; }
.card .from { width: 9%; color: var(--muted); font-size: 12px; } .card .from-missing { color: var(--gap); } .card td { padding-right: 16px; }
.drawing td { overflow-x: auto; } .drawing svg { max-width: 100%; height: auto; }
footer { margin-top: 40px; color: var(--muted); font-size: 12px; }
@media (max-width: 700px) { main { padding: 16px 12px; } section { overflow-x: auto; } }
@media print {
  @page { size: A4 landscape; margin: 14mm 12mm; @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 9px; } @bottom-left { content: "Draft. Not legal advice."; font-size: 9px; } }
  body { font-size: 9px; line-height: 1.3; } h1 { font-size: 18px; } h2 { font-size: 13px; margin: 16px 0 4px; } main { max-width: none; padding: 0; }
  th, td { padding: 2px 8px 2px 0; } thead th { font-size: 8.5px; } .details dl { font-size: 8px; gap: 0 14px; } .details td { padding: 0 0 3px 10px; }
  .group th { font-size: 9.5px; padding-top: 6px; } p { max-width: none; } thead { display: table-header-group; }
  tr, .details { break-inside: avoid; } .group { break-after: avoid; } h2 { break-after: avoid; } tr:has(+ .details) { break-after: avoid; }
}
`.trim();
