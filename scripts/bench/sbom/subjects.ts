import { join } from "node:path";
import { benchDirectory } from "../cache.ts";
import type { ImageForms } from "../images/build.ts";
import type { Subject } from "../measure.ts";
import { ANSWERS, DOUANE, emptyDirectory, trivySubject } from "../subjects.ts";

export const SBOM_TOOLS = ["douane sbom, cold", "douane sbom, warm", "trivy"] as const;

/** Name of a run on an image's docker-archive. */
export function sbomSubjectName(tool: (typeof SBOM_TOOLS)[number], image: string): string {
  return `${tool}: ${image}, docker-archive`;
}

/** Subjects without a baseline: their peak of memory counts. */
export const EXTREME_SUBJECTS = {
  entries: "douane sbom, cold: 1,000,000 entries",
  longFiles: "douane sbom, cold: a program of 300 MB, a jar of 200 MB",
} as const;

/** douane and trivy, which the check of an image runs beside too, where it is one that is checked. */
export function sbomSubjects(image: string, forms: ImageForms, hasTrivy: boolean): readonly Subject[] {
  const source = forms["docker-archive"];
  const trivy = trivySubject(sbomSubjectName("trivy", image), source);
  return [
    coldSbom(sbomSubjectName("douane sbom, cold", image), source),
    warmSbom(sbomSubjectName("douane sbom, warm", image), source),
    ...(hasTrivy ? [] : [trivy]),
  ];
}

export function extremeSubjects(
  images: Readonly<Record<keyof typeof EXTREME_SUBJECTS, string>>,
): readonly Subject[] {
  return (["entries", "longFiles"] as const).map((name) => coldSbom(EXTREME_SUBJECTS[name], images[name]));
}

function coldSbom(name: string, source: string): Subject {
  const cold = join(benchDirectory(), "cold");
  return {
    name,
    command: sbomCommand(source),
    env: { XDG_CACHE_HOME: cold },
    exits: ANSWERS,
    prepare: () => emptyDirectory(cold),
  };
}

function warmSbom(name: string, source: string): Subject {
  return {
    name,
    command: sbomCommand(source),
    env: { XDG_CACHE_HOME: join(benchDirectory(), "warm") },
    exits: ANSWERS,
  };
}

function sbomCommand(source: string): readonly string[] {
  return [...DOUANE, "sbom", source, "--format", `cyclonedx=${join(benchDirectory(), "douane.cdx.json")}`];
}
