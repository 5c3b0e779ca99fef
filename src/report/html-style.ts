import { PRINT_STYLE } from "./html-style-print.ts";

/**
 * The report's only style sheet; no font or image is fetched. Colours are variables, so that each palette is
 * in one place; their contrast is tested (WCAG 2.2, 1.4.3: at least 4.5 to 1).
 */
export const STYLE = `
:root { color-scheme: light dark;
  --ink: #1b1f24; --soft: #55606b; --page: #ffffff; --card: #f5f7f9; --line: #d5dbe1;
  --no: #a8141d; --unproven: #7a4d00; --yes: #14652f; --na: #55606b; --code: #eceff2; }
@media (prefers-color-scheme: dark) { :root {
  --ink: #e8ecf0; --soft: #a9b4bf; --page: #14181c; --card: #1d2329; --line: #38424c;
  --no: #ff9a94; --unproven: #f0c069; --yes: #7fd699; --na: #a9b4bf; --code: #2a323a; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 0 clamp(1rem, 3vw, 3rem) 4rem; max-width: 110rem; background: var(--page);
  overflow-wrap: break-word; color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.no { --tone: var(--no); } .unproven { --tone: var(--unproven); } .yes { --tone: var(--yes); } .na { --tone: var(--na); }
h1, h2, h3, h4, p { overflow-wrap: anywhere; }
h1 { font-size: clamp(1.5rem, 3.2vw, 2.1rem); line-height: 1.2; font-weight: 680; margin: .2rem 0 .6rem; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .35rem; }
h3 { font-size: 1.08rem; margin: 1.6rem 0 .5rem; }
h4 { font-size: 1rem; line-height: 1.35; margin: 0; }
p { margin: .3rem 0; }
pre { overflow-x: auto; font-size: .85rem; background: var(--card); padding: .8rem 1rem; border-radius: .4rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: inherit; text-decoration-color: var(--soft); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
code { font: .9em/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  background: var(--code); padding: .1em .3em; border-radius: .25em; overflow-wrap: anywhere; }
.skip { position: absolute; inset-inline-start: -100vw; }
.skip:focus { inset-inline-start: 1rem; top: .5rem; background: var(--page); padding: .3rem .8rem; z-index: 1; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
body > header { padding: 2rem 0 1.4rem; border-bottom: 1px solid var(--line); margin-bottom: 2rem; }
.brand { color: var(--soft); font-weight: 600; margin: 0; }
.lead { font-size: 1.08rem; max-width: 75ch; }
.bar { display: block; width: 100%; height: .8rem; margin: 1rem 0; border-radius: .4rem; overflow: hidden; }
.bar rect { fill: var(--tone); }
.about { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 1rem 0 0; }
.about dt { color: var(--soft); }
.about dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
main > section { margin-bottom: 3rem; }
.causes { list-style: none; margin: .8rem 0; padding: 0; display: grid; gap: .8rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); }
.cause { border: 1px solid var(--line); border-inline-start: 4px solid var(--tone); border-radius: .4rem;
  padding: .7rem 1rem; display: grid; grid-template-columns: auto 1fr; gap: 0 1rem; align-content: start; }
.cause > .count { grid-row: span 2; color: var(--tone); font-size: 1.7rem; line-height: 1.2; font-weight: 680;
  font-variant-numeric: tabular-nums; }
.cause > div { min-width: 0; overflow-wrap: anywhere; }
.cause details { font-size: .9rem; margin-top: .3rem; }
.cause details ul { margin: .3rem 0; padding-inline-start: 1.2rem; }
.cause details li { padding: .2rem 0; }
.tools { display: flex; flex-wrap: wrap; gap: .6rem 1.4rem; align-items: end; background: var(--card);
  border-radius: .4rem; padding: .8rem 1rem; margin: .8rem 0; }
.tools > * { min-width: 0; }
.tools label, .tools legend { font-size: .9rem; color: var(--soft); padding: 0; }
.tools fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem .9rem; }
.tools input[type=search], .tools select { display: block; font: inherit; color: var(--ink); background: var(--page);
  border: 1px solid var(--soft); border-radius: .3rem; padding: .3rem .6rem; width: 18rem; max-width: 100%; }
.tools input[type=checkbox] { accent-color: var(--tone); width: 1.1rem; height: 1.1rem; vertical-align: -.2em; }
.tools fieldset label { color: var(--ink); padding: .3rem 0; }
.tools button, th button { font: inherit; color: inherit; background: none; border: 1px solid var(--soft);
  border-radius: .3rem; padding: .3rem .8rem; cursor: pointer; }
th button { border: 0; padding: .1rem 0; font-weight: 650; text-align: start; }
th button::after { content: " ↕"; color: var(--soft); }
th[aria-sort=ascending] button::after { content: " ↑"; } th[aria-sort=descending] button::after { content: " ↓"; }
.tools p { margin: 0 0 .3rem auto; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; }
th, td { text-align: start; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
th { font-weight: 500; min-width: 9rem; }
thead th { color: var(--soft); font-size: .9rem; font-weight: 650; min-width: 0; overflow-wrap: normal; }
td { font-variant-numeric: tabular-nums; }
tbody tr:hover { background: var(--card); }
.counts { white-space: nowrap; }
.counts span.answer { display: inline-block; min-width: 2.9rem; }
.application { border-top: 1px solid var(--line); padding-top: 1.4rem; }
.application:first-child { border-top: 0; padding-top: 0; }
.many .application { content-visibility: auto; contain-intrinsic-size: auto 22rem; }
.application > h2 { display: flex; flex-wrap: wrap; gap: .1rem .7rem; align-items: baseline; }
.facts { color: var(--soft); margin: .15rem 0; overflow-wrap: anywhere; }
.next { background: var(--card); border-inline-start: 4px solid var(--tone); padding: .6rem 1rem; margin: .8rem 0; }
summary { cursor: pointer; }
summary h3 { display: inline; }
.chapter > summary { margin: 1.2rem 0 .5rem; font-weight: 650; }
.answer { white-space: nowrap; font-weight: 650; color: var(--tone); }
.row { border-top: 1px solid var(--line); padding: .7rem 0; display: grid; gap: .2rem 2rem;
  grid-template-columns: minmax(14rem, 24rem) 1fr; }
.row:target, li:target { outline: 2px solid var(--tone); outline-offset: 4px; border-radius: .2rem; }
.row > * { min-width: 0; }
.row h4 { display: flex; gap: .6rem; align-items: baseline; font-weight: 600; }
.row ul { margin: 0; padding: 0; list-style: none; }
.row li { margin: 0 0 .45rem; overflow-wrap: anywhere; max-width: 110ch; }
.settled { display: grid; gap: 0 2.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 34rem), 1fr)); }
.settled .row { grid-template-columns: 1fr; align-content: start; }
.meta, .context, .proof, .note, .accepted, .more { color: var(--soft); }
.meta, .context { display: block; font-size: .9em; }
.fingerprint { font-size: .85em; }
.remedy, .settle { border-inline-start: 3px solid var(--tone); padding-inline-start: .7rem; }
.label { font-weight: 650; }
.titles { columns: 22rem; column-gap: 2rem; }
.titles li { break-inside: avoid; }
.phases { list-style: none; margin: .8rem 0; padding: 0; }
.phases > li { display: grid; grid-template-columns: 13rem minmax(12rem, 1fr) minmax(14rem, 1.4fr); gap: 0 1.5rem;
  border-top: 1px solid var(--line); padding: .5rem 0; }
.phases > li.axis { border: 0; padding: 0; color: var(--soft); font-size: .85rem; }
.phases > li > * { min-width: 0; overflow-wrap: anywhere; }
.phases svg { display: block; width: 100%; height: 1.6rem; }
.axis svg { overflow: visible; }
.phases text { fill: var(--soft); font-size: .8rem; }
.phases .tick { stroke: var(--line); }
.phases rect { fill: var(--na); } .phases rect.restart { fill: var(--unproven); } .phases rect.writable { fill: var(--ink); }
.phases rect.replica { fill: var(--yes); } .phases rect.kept, .phases rect.tried { fill: var(--soft); }
.words { columns: 36rem; column-gap: 3rem; }
.words h2 { column-span: all; }
.words section { break-inside: avoid-column; padding-bottom: .8rem; }
.words h3 { margin-top: .6rem; }
.words dt { font-weight: 600; margin-top: .9rem; }
.words dd { margin: .1rem 0 0; max-width: 110ch; overflow-wrap: anywhere; }
.codes dt { font-weight: 600; } .codes dd { margin: 0; }
.codes { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; font-size: .9rem; }
.problems li { margin: .45rem 0; overflow-wrap: anywhere; }
footer { color: var(--soft); font-size: .9rem; border-top: 1px solid var(--line); padding-top: 1rem; }
[hidden] { display: none !important; }
@media (max-width: 60rem) {
  .phases > li { grid-template-columns: 10rem 1fr; }
  .phases > li > :nth-child(3) { grid-column: 1 / -1; }
}
@media (max-width: 44rem) {
  .row { grid-template-columns: 1fr; }
  .about { grid-template-columns: 1fr; gap: 0; }
  .about dd { margin-bottom: .4rem; }
  .overview thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .overview, .overview tbody { display: block; }
  .overview tr { display: flex; flex-wrap: wrap; gap: 0 1rem; border-bottom: 1px solid var(--line); padding: .5rem 0; }
  .overview th, .overview td { border: 0; padding: 0; }
  .overview th { flex-basis: 100%; order: -1; }
  .overview td:empty { display: none; }
  .phases > li { grid-template-columns: 1fr; }
  .tools input[type=search], .tools select { width: 100%; }
  .tools > * { flex-basis: 100%; }
}
${PRINT_STYLE}`;
