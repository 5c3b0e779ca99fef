/** Style for print: everything expanded, no controls; as small and short as is legible. */
export const PRINT_STYLE = `
@page { margin: 12mm; }
@media print {
  :root { color-scheme: light; --ink: #000000; --soft: #333333; --page: #ffffff; --card: #f2f2f2; --line: #999999;
    --no: #8a0f17; --unproven: #5f3c00; --yes: #0f4d24; --na: #333333; --code: #f2f2f2; }
  html { font-size: 8.3pt; }
  body { max-width: none; padding: 0; font-size: 1rem; line-height: 1.3; }
  body > header { padding-top: 0; margin-bottom: 1rem; }
  main > section { margin-bottom: 1.2rem; }
  .skip, .tools, th button::after { display: none; }
  h1 { font-size: 16pt; } h2 { font-size: 12pt; } h3 { font-size: 10pt; margin: .8rem 0 .2rem; }
  .bar { height: 5pt; print-color-adjust: exact; }
  .phases rect { print-color-adjust: exact; }
  a { text-decoration: none; }
  details::details-content { content-visibility: visible; display: block; }
  .cause details { display: none; }
  summary { list-style: none; }
  .application { padding-top: .7rem; }
  .many .application { content-visibility: visible; }
  .causes { grid-template-columns: 1fr 1fr; gap: .4rem; }
  .cause { padding: .3rem .6rem; }
  .cause > .count { font-size: 12pt; }
  .row { padding: .25rem 0; grid-template-columns: 19rem 1fr; gap: 0 1rem; }
  .row li { margin-bottom: .15rem; }
  .settled { display: block; columns: 2; column-gap: 1.2rem; }
  .settled .row { display: block; break-inside: avoid; }
  .settled .proof { display: inline; margin-inline-end: .8em; }
  .settled .proof .context { display: none; }
  .row h4 { display: inline; }
  .row h4 + .meta { margin-inline-start: .5em; }
  .settled .row > div, .row h4 + .meta { display: inline; }
  .next { margin: .4rem 0; padding: .3rem .6rem; }
  th, td { padding: .15rem .5rem .15rem 0; }
  th { min-width: 0; }
  tr, .row li, .cause, .phases > li { break-inside: avoid; }
  thead { display: table-header-group; }
  h2, h3, h4, summary { break-after: avoid; }
}
`;
