/**
 * The report's only style sheet: no font, image or script is fetched. Colours are variables, so that
 * the two palettes stand together; their contrast is tested (WCAG 2.2, 1.4.3: at least 4.5 to 1).
 */
export const STYLE = `
:root { color-scheme: light dark;
  --ink: #1b1f24; --soft: #55606b; --page: #ffffff; --card: #f5f7f9; --line: #d5dbe1;
  --no: #a8141d; --unproven: #7a4d00; --yes: #14652f; --na: #55606b; --code: #eceff2; }
@media (prefers-color-scheme: dark) { :root {
  --ink: #e8ecf0; --soft: #a9b4bf; --page: #14181c; --card: #1d2329; --line: #38424c;
  --no: #ff9a94; --unproven: #f0c069; --yes: #7fd699; --na: #a9b4bf; --code: #2a323a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { font-size: 1.05rem; font-weight: 600; color: var(--soft); margin: 0; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .35rem; overflow-wrap: anywhere; }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
pre { overflow-x: auto; font-size: .85rem; }
h4 { font-size: 1rem; margin: 0 0 .4rem; }
p { margin: .3rem 0; }
a { color: inherit; text-decoration-color: var(--soft); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; margin-bottom: 2rem; }
.total { font-size: 1.35rem; font-weight: 650; }
.application { margin-bottom: 4rem; }
.facts { color: var(--soft); margin: .15rem 0; overflow-wrap: anywhere; }
.next { background: var(--card); border-inline-start: 4px solid var(--line); padding: .7rem 1rem; margin: 1rem 0; }
.next.no { border-color: var(--no); } .next.unproven { border-color: var(--unproven); }
.next.yes { border-color: var(--yes); }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: start; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line); }
th { font-weight: 500; }
thead th, tbody th[scope=rowgroup] { font-weight: 650; }
thead th { color: var(--soft); font-size: .9rem; }
tbody th[scope=rowgroup] { background: var(--card); }
th.number, td.number { text-align: end; }
td { font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
td.name { overflow-wrap: anywhere; min-width: 9rem; }
summary { cursor: pointer; font-size: 1.1rem; font-weight: 650; margin: 1.2rem 0 .5rem; }
summary h3 { display: inline; margin: 0; }
.answer { white-space: nowrap; font-weight: 650; }
.answer.no { color: var(--no); } .answer.unproven { color: var(--unproven); }
.answer.yes { color: var(--yes); } .answer.na { color: var(--na); }
.row { border: 1px solid var(--line); border-radius: .4rem; padding: .8rem 1rem; margin: .7rem 0; }
.row:target { border-color: currentColor; }
.problems { margin-bottom: 3rem; }
.problems h2 { font-size: 1.1rem; }
.row h4 .answer { margin-inline-end: .4rem; }
.row ul { margin: 0; padding: 0; list-style: none; }
.row li { margin: .45rem 0; overflow-wrap: anywhere; }
.context, .proof, .note, .accepted, .more { color: var(--soft); }
.context { display: block; font-size: .9rem; }
.remedy, .settle { border-inline-start: 3px solid var(--line); padding-inline-start: .7rem; }
.label { font-weight: 650; }
code { font: .9em/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  background: var(--code); padding: .1em .3em; border-radius: .25em; overflow-wrap: anywhere; }
.trial svg { display: block; width: 100%; margin: .7rem 0; }
.trial rect { fill: var(--soft); rx: 3px; }
.trial rect.restart { fill: var(--unproven); } .trial rect.writable { fill: var(--ink); }
.trial rect.replica { fill: var(--yes); }
footer { color: var(--soft); font-size: .9rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media (max-width: 32rem) {
  body { padding: 1rem .75rem 3rem; }
  th, td { padding: .4rem .25rem; }
  th[scope=row] { overflow-wrap: anywhere; }
}
@media print {
  :root { color-scheme: light; --ink: #000000; --soft: #333333; --page: #ffffff; --card: #f2f2f2; --line: #999999;
    --no: #8a0f17; --unproven: #5f3c00; --yes: #0f4d24; --na: #333333; --code: #f2f2f2; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .application + .application { break-before: page; }
  details::details-content { content-visibility: visible; display: block; }
  tr, .row li { break-inside: avoid; }
  h3, h4 { break-after: avoid; }
}
`;
