import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { zipOf } from "../../fixtures/zip.ts";
import {
  compareFindings,
  emptyScore,
  type Finding,
  f1Of,
  type Score,
  SharedNames,
} from "./compare-findings.ts";
import { madeComponents, purlOf, type Sample } from "./made-components.ts";
import { ECOSYSTEMS, familyOf, IndependentMatcher, type OsvComponent } from "./matcher.ts";
import { type OsvRecord, recordsIn } from "./osv-records.ts";

const DOUANE = join(import.meta.dirname, "../../../bin/douane.cjs");
/** Components of one document: a report names a bounded number of findings. */
const COMPONENTS = 300;
const LEAST = 0.9999;

/**
 * Compares `douane vulns` with an independent matcher over exports of OSV, with one, two and all sources of an
 * ecosystem.
 *
 * @param argv folder with an `all.zip` for each ecosystem, then names of ecosystems
 * @returns whether every F1 is 0.9999 at least
 */
export function askVulnerabilities(argv: readonly string[]): boolean {
  const options = {
    packages: { type: "string", default: "60" },
    versions: { type: "string", default: "12" },
    seed: { type: "string", default: "1" },
  } as const;
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  const [folder = ".", ...chosen] = positionals;
  const sample = {
    packages: Number(values.packages),
    versions: Number(values.versions),
    seed: Number(values.seed),
  };
  const zips = ECOSYSTEMS.map((name) => ({ name, zip: join(folder, name, "all.zip") })).filter(({ zip }) =>
    existsSync(zip),
  );
  const wanted = zips.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  const room = mkdtempSync(join(tmpdir(), "douane-vulnerabilities-"));
  try {
    const all = join(room, "all");
    for (const { zip } of zips) imported(all, zip);
    console.log(
      "| ecosystem | sources | components | right | wrong | missed | doubted | untold | doubted for nothing | silent | F1 |",
    );
    console.log("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    const every = zips.map(({ zip }) => recordsIn(zip)).flat();
    const scores = wanted.flatMap(({ name, zip }) => scoresOf(name, zip, { room, all, every, sample }));
    return wanted.length > 0 && scores.every((score) => f1Of(score) >= LEAST && score.silent === 0);
  } finally {
    rmSync(room, { recursive: true });
  }
}

interface Ground {
  /** Temporary folder. */
  readonly room: string;
  /** Data of all ecosystems, and their records. */
  readonly all: string;
  readonly every: readonly OsvRecord[];
  readonly sample: Sample;
}

function scoresOf(name: string, zip: string, { room, all, every, sample }: Ground): readonly Score[] {
  const records = recordsIn(zip);
  const components = madeComponents(records, sample).filter(({ ecosystem }) => familyOf(ecosystem) === name);
  const [one, two] = [join(room, `${name}-1`), join(room, `${name}-2`)];
  imported(one, zip);
  // Records that share a vulnerability fall into different sources.
  for (const part of [0, 1]) {
    const half = records.filter((_, at) => at % 2 === part);
    if (half.length === 0) continue;
    const file = join(room, `${name}-${part}.zip`);
    writeFileSync(
      file,
      zipOf(half.map((record) => ({ name: `${record.id}.json`, content: JSON.stringify(record) }))),
    );
    imported(two, file, `osv:${name}-${part}`);
  }
  const own = { records, components };
  return [
    printed(name, "one", one, own),
    printed(name, "two", two, own),
    printed(name, "all", all, { records: uniqueById(every), components }),
  ];
}

interface Given {
  readonly records: readonly OsvRecord[];
  readonly components: readonly OsvComponent[];
}

function printed(name: string, sources: string, data: string, { records, components }: Given): Score {
  const expected = new IndependentMatcher(records).match(components);
  const names = new SharedNames(records.filter(({ withdrawn }) => typeof withdrawn !== "string"));
  const findings = Map.groupBy(scanned(data, components), ({ purl }) =>
    purl.replace("pkg:generic/", "pkg:bitnami/"),
  );
  const score = emptyScore();
  for (const [index, component] of components.entries()) {
    const purl = purlOf(component);
    const one = expected[index];
    if (one !== undefined) compareFindings(score, purl, one, findings.get(purl) ?? [], names);
  }
  const { right, wrong, missed, doubted, untold, doubtedForNothing, silent, examples } = score;
  const counts = [components.length, right, wrong, missed, doubted, untold, doubtedForNothing, silent];
  console.log(`| ${name} | ${sources} | ${counts.join(" | ")} | ${f1Of(score).toFixed(6)} |`);
  for (const example of examples) console.error(`  ${example}`);
  return score;
}

function uniqueById(records: readonly OsvRecord[]): readonly OsvRecord[] {
  return [...new Map(records.map((record) => [record.id, record])).values()];
}

function imported(data: string, zip: string, source?: string): void {
  const named = source === undefined ? ["--allow-shrink"] : ["--source", source];
  execFileSync(process.execPath, [DOUANE, "vulns", "import", "--data", data, ...named, zip], {
    stdio: "pipe",
  });
}

function scanned(data: string, components: readonly OsvComponent[]): readonly Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < components.length; at += COMPONENTS) {
    const document = join(data, "..", "components.cdx.json");
    writeFileSync(document, documentOf(components.slice(at, at + COMPONENTS)));
    const report = join(data, "..", "report.json");
    const { status, stderr } = spawnSync(
      process.execPath,
      [DOUANE, "vulns", "scan", "--data", data, "--format", `json=${report}`, document],
      { encoding: "utf8" },
    );
    if (status === null || status > 2) throw new Error(stderr);
    const { findings } = JSON.parse(readFileSync(report, "utf8")) as {
      readonly findings: readonly Finding[];
    };
    found.push(...findings);
  }
  return found;
}

function documentOf(components: readonly OsvComponent[]): string {
  const stated = new Map(components.map((component) => [purlOf(component), component]));
  return JSON.stringify({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    components: [...stated].map(([purl, { ecosystem, name, version }], index) => {
      const [group, artifact = ""] = name.split(":");
      const maven = familyOf(ecosystem) === "Maven" ? { group, name: artifact } : { name };
      return { type: "library", "bom-ref": `c${index}`, ...maven, version, purl };
    }),
  });
}
