// `npm run truth [-- TOPIC…]`: judges the corpus of test/truth/cases and prints what is not as the
// contract says, and the table; with --write, docs/truth.md is written, too.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { corpus } from "../test/truth/corpus.ts";
import { truthPage } from "../test/truth/page.ts";
import { said } from "../test/truth/said.ts";
import { tally } from "../test/truth/tally.ts";

const words = process.argv.slice(2);
const topics = words.filter((word) => !word.startsWith("--"));
const all = await corpus();
const found = await tally(topics.length === 0 ? all : all.filter(({ topic }) => topics.includes(topic)));
const page = truthPage(found);

for (const { entry, judged, comparison } of found.entries) {
  if (comparison.wrong.length === 0) continue;
  console.log(`${entry.topic}: ${entry.name}\n  ${comparison.wrong.join("\n  ")}\n${said(entry, judged)}\n`);
  if (entry.open === undefined) process.exitCode = 1;
}
console.log(page);
if (words.includes("--write")) writeFileSync(join(import.meta.dirname, "..", "docs", "truth.md"), page);
