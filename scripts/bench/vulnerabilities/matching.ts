import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSbom } from "../../../src/sbom/documents/read/read-sbom.ts";
import { purlOf } from "../../../src/sbom/purl.ts";
import { bundle } from "../bundle.ts";
import { benchDirectory } from "../cache.ts";
import type { Subject } from "../measure.ts";
import { BenchError, run } from "../run.ts";
import { statisticsOf } from "../statistics.ts";
import { ANSWERS, DOUANE, emptyDirectory } from "../subjects.ts";
import { advisoryData, deltaData, type NamedPackage } from "./advisories.ts";

export const MATCHING_SUBJECTS = {
  match: "matching 10,000 components with 300,000 advisories",
  affected: "500 advisories against 10,000 images",
  without: "douane, warm: the large image without vulnerability data",
  with: "douane, warm: the large image with vulnerability data",
} as const;

export interface Matching {
  readonly subjects: readonly Subject[];
  /** Medians of the times that the programs print, in milliseconds. */
  readonly said: () => { readonly matchMs: number; readonly affectedMs: number };
}

/** @param image the large one, in any form */
export async function matchingSubjects(image: string): Promise<Matching> {
  const data = advisoryData(packagesOf(image));
  const match = await saying(MATCHING_SUBJECTS.match, "match-once", data);
  const affected = await saying(MATCHING_SUBJECTS.affected, "affected-once", deltaData());
  return {
    subjects: [match.subject, affected.subject, ...checkSubjects(image, data)],
    said: () => ({ matchMs: match.median(), affectedMs: affected.median() }),
  };
}

/** Two runs whose difference is the cost of matching. */
function checkSubjects(image: string, data: string): readonly Subject[] {
  const nothing = join(benchDirectory(), "no-data");
  emptyDirectory(nothing);
  const warm = { XDG_CACHE_HOME: join(benchDirectory(), "warm"), XDG_DATA_HOME: nothing };
  const command = [...DOUANE, "check", image];
  return [
    { name: MATCHING_SUBJECTS.without, command, env: warm, exits: ANSWERS },
    { name: MATCHING_SUBJECTS.with, command: [...command, "--data", data], env: warm, exits: ANSWERS },
  ];
}

/** A program that prints the time of its own work, without starting and opening files. */
async function saying(name: string, program: string, data: string) {
  const file = await bundle(join(import.meta.dirname, `${program}.ts`), `${program}.cjs`);
  const said: number[] = [];
  const subject: Subject = {
    name,
    command: [process.execPath, file, data],
    exits: [0],
    verify(stdout) {
      const { ms, findings } = JSON.parse(stdout);
      if (!(findings > 0)) throw new BenchError(`${name}: nothing was found`);
      said.push(ms);
    },
  };
  return { subject, median: () => statisticsOf(said).median };
}

/** One in so many language packages has advisories; every Debian package has. */
const LANGUAGES_ONE_IN = 5;

function packagesOf(image: string): readonly NamedPackage[] {
  const file = join(benchDirectory(), "large.cdx.json");
  const [node = "", ...program] = DOUANE;
  run(node, [...program, "sbom", image, "--format", `cyclonedx=${file}`, "--quiet"]);
  const read = readSbom(readFileSync(file), file);
  if (!("document" in read)) throw new BenchError(`${file} is not readable`);
  const named = new Map<string, NamedPackage>();
  let ofLanguages = 0;
  for (const { facts } of read.document.components) {
    if (facts?.type === "deb") {
      const { name, version } = facts.source ?? facts;
      named.set(`deb ${name}`, { ecosystem: "Debian", name, version });
    }
    if (facts?.type === "npm" && ofLanguages++ % LANGUAGES_ONE_IN === 0) {
      const { namespace, name, version } = facts;
      named.set(purlOf(facts), {
        ecosystem: "npm",
        name: namespace === undefined ? name : `${namespace}/${name}`,
        version,
      });
    }
  }
  return [...named.values()];
}
