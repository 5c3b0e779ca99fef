// `npm run truth [-- TOPIC…]`: judges the corpus of test/truth/cases and prints what is not as the
// contract says, and the table; with --write, docs/truth.md is written, too.
// `npm run truth -- oracles [--count=200] [--seed=1]`: compares made manifests, image configs and
// Dockerfiles with kubectl, skopeo and Buildah, those of them that are installed.
// `npm run truth -- trials [NAME…] [--write | --observe]`: tries real applications and compares with what
// was seen of them by hand; with --observe, sees them by hand again.
// `npm run truth -- remedies [NAME…]`: follows the remedy that a trial tried, once and literally, and tells
// whether it ends in Admitted.
// `npm run truth -- material [NAME…]`: makes images of real material (builds of frameworks, packages of npm and Debian,
// entrypoints of databases, what the users' repositories leave) and prints each `no` that no second reader has read.
// `npm run truth -- versions [SCHEME…] [--count=2000] [--seed=1] [--write]`: orders made pairs of versions
// with each ecosystem's own program, those of them that are installed; with --write, the tests keep some answers.
// `npm run truth -- vulnerabilities FOLDER [ECOSYSTEM…] [--packages=60] [--versions=12] [--seed=1]`: compares
// `douane vulns` with an independent matcher over exports of OSV (FOLDER/npm/all.zip…), with one, two and all sources.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { corpus } from "../test/truth/corpus.ts";
import { askMaterial } from "../test/truth/material/ask-material.ts";
import { askOracles } from "../test/truth/oracles/ask-oracles.ts";
import { truthPage } from "../test/truth/page.ts";
import { said } from "../test/truth/said.ts";
import { tally } from "../test/truth/tally.ts";
import { askTrials } from "../test/truth/trials/ask-trials.ts";
import { askRemedies } from "../test/truth/trials/follow-remedy.ts";
import { askVersions } from "../test/truth/versions/ask-versions.ts";
import { askVulnerabilities } from "../test/truth/vulnerabilities/ask-vulnerabilities.ts";

const words = process.argv.slice(2);

if (words[0] === "oracles") {
  if (!(await askOracles(words.slice(1)))) process.exitCode = 1;
} else if (words[0] === "trials") {
  if (!(await askTrials(words.slice(1)))) process.exitCode = 1;
} else if (words[0] === "remedies") {
  if (!(await askRemedies(words.slice(1)))) process.exitCode = 1;
} else if (words[0] === "material") {
  if (!(await askMaterial(words.slice(1)))) process.exitCode = 1;
} else if (words[0] === "versions") {
  if (!askVersions(words.slice(1))) process.exitCode = 1;
} else if (words[0] === "vulnerabilities") {
  if (!askVulnerabilities(words.slice(1))) process.exitCode = 1;
} else {
  await judgeCorpus();
}

async function judgeCorpus(): Promise<void> {
  const topics = words.filter((word) => !word.startsWith("--"));
  const all = await corpus();
  const found = await tally(topics.length === 0 ? all : all.filter(({ topic }) => topics.includes(topic)));
  const page = truthPage(found);

  for (const { entry, judged, comparison } of found.entries) {
    if (comparison.wrong.length === 0) continue;
    console.log(
      `${entry.topic}: ${entry.name}\n  ${comparison.wrong.join("\n  ")}\n${said(entry, judged)}\n`,
    );
    if (entry.open === undefined) process.exitCode = 1;
  }
  console.log(page);
  if (words.includes("--write")) writeFileSync(join(import.meta.dirname, "..", "docs", "truth.md"), page);
}
