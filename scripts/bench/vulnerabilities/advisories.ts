import { closeSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { TABLE_FORMAT } from "../../../src/vulnerabilities/database/table/table-format.ts";
import { madeOnce } from "../cache.ts";
import { run } from "../run.ts";
import { DOUANE } from "../subjects.ts";

const ADVISORIES = 300_000;
/** New records per day. */
const DELTA = 500;
/** Advisories per package, as many as a library with a few years has. */
const PER_PACKAGE = 5;
/** Counted up when the advisories become others. */
const RECIPE = "3";

const ECOSYSTEMS = ["Debian", "npm", "Maven"] as const;
type MatchedEcosystem = (typeof ECOSYSTEMS)[number];

/** A package for which advisories are generated, besides made-up ones. */
export interface NamedPackage {
  readonly ecosystem: MatchedEcosystem;
  /** Name in OSV's format. */
  readonly name: string;
  readonly version: string;
}

/** Package of the advisory with this number. */
function packageOf(number: number): NamedPackage {
  const index = number % ECOSYSTEMS.length;
  const ecosystem = ECOSYSTEMS[index] ?? "npm";
  const name = ecosystem === "Maven" ? `org.example.g${number}:part-${number}` : `part-${number}`;
  return { ecosystem, name, version: "2.4.1" };
}

/**
 * A folder of imported data, built once: 300,000 advisories of Debian, npm and Maven and as many EPSS scores.
 *
 * @param named packages with advisories, besides made-up ones
 */
export function advisoryData(named: readonly NamedPackage[]): string {
  return imported("advisory-data", ADVISORIES, named);
}

/** The same of 500 advisories. */
export function deltaData(): string {
  return imported("advisory-delta", DELTA, []);
}

function imported(name: string, count: number, named: readonly NamedPackage[]): string {
  const recipe = `${RECIPE} ${TABLE_FORMAT} ${count} ${JSON.stringify(named)}`;
  return madeOnce(name, recipe, (directory) => {
    const [records, scores] = [join(directory, "records.ndjson"), join(directory, "epss.csv")];
    writeRecords(records, count, named);
    writeScores(scores, count);
    const [node = "", ...program] = DOUANE;
    run(node, [...program, "vulns", "import", records, scores, "--data", directory, "--as-of", "2026-06-15"]);
    for (const file of [records, scores]) rmSync(file);
  });
}

function writeRecords(path: string, count: number, named: readonly NamedPackage[]): void {
  const others = count / PER_PACKAGE - named.length;
  const packages = [...named, ...Array.from({ length: others }, (_, number) => packageOf(number))];
  const file = openSync(path, "w");
  for (const [index, one] of packages.entries()) {
    const lines = Array.from({ length: PER_PACKAGE }, (_, turn) => lineOf(one, index * PER_PACKAGE + turn));
    writeSync(file, lines.join(""));
  }
  closeSync(file);
}

/** One advisory in so many is critical, and fixed in a version above the installed one. */
const CRITICAL_ONE_IN = 25;

/** An OSV record as a line; one of five is fixed in a version above the installed one. */
function lineOf({ ecosystem, name, version }: NamedPackage, number: number): string {
  const fixed = number % PER_PACKAGE === 0 ? `${version}.1` : "0.0.1";
  const events = [{ introduced: "0" }, { fixed }];
  const affected = (ecosystem === "Debian" ? ["Debian:11", "Debian:12", "Debian:13"] : [ecosystem]).map(
    (release) => ({ package: { ecosystem: release, name }, ranges: [{ type: "ECOSYSTEM", events }] }),
  );
  const score =
    number % CRITICAL_ONE_IN === 0
      ? "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
      : `CVSS:3.1/AV:N/AC:L/PR:${"NLH".charAt(number % 3)}/UI:R/S:U/C:L/I:N/A:L`;
  const record = {
    schema_version: "1.7.3",
    id: ecosystem === "Debian" ? `DEBIAN-${cveOf(number)}` : `GHSA-${number}`,
    ...(ecosystem === "Debian" ? { upstream: [cveOf(number)] } : { aliases: [cveOf(number)] }),
    modified: "2026-05-01T08:00:00Z",
    published: "2025-06-01T08:00:00Z",
    summary: `${name} reads beyond the end of what it was given, number ${number}`,
    severity: [{ type: "CVSS_V3", score }],
    affected,
  };
  return `${JSON.stringify(record)}\n`;
}

function cveOf(number: number): string {
  return `CVE-${2010 + (number % 16)}-${10_000 + number}`;
}

function writeScores(path: string, count: number): void {
  const lines = Array.from({ length: count }, (_, number) => {
    return `${cveOf(number)},0.0${1_000 + (number % 8_999)},0.${10_000 + (number % 89_999)}\n`;
  });
  const head = "#model_version:v2025.03.14,score_date:2026-06-15T00:00:00+0000\ncve,epss,percentile\n";
  writeFileSync(path, head + lines.join(""));
}
