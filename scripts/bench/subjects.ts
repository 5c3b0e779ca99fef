import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { benchDirectory } from "./cache.ts";
import { bundleFloor, floorSubject } from "./floor/floor.ts";
import type { Form, ImageForms } from "./images/build.ts";
import type { Subject } from "./measure.ts";
import { installTrivy } from "./trivy.ts";

export const FORMS = ["gzip layout", "zstd layout", "docker-archive"] as const satisfies readonly Form[];
export const TOOLS = [
  "floor",
  "douane, cold",
  "douane, --no-cache",
  "douane, warm",
  "trivy",
  "trivy, secrets and packages",
] as const;
export type Tool = (typeof TOOLS)[number];

export const DOUANE = [process.execPath, join(import.meta.dirname, "..", "..", "bin", "douane.cjs")];
/** Admitted, refused, unproven: an answer, whichever. */
export const ANSWERS = [0, 1, 2];

/** Name of a tool's run on an image in a storage format. */
export function subjectName(tool: Tool, image: string, form: Form): string {
  return `${tool}: ${image}, ${form}`;
}

/** The start-up of Node, and ours. */
export function startSubjects(): readonly Subject[] {
  return [
    { name: "node -e 0", command: [process.execPath, "-e", "0"], exits: [0] },
    { name: "douane --help", command: [...DOUANE, "--help"], exits: [0] },
  ];
}

/** Every tool on every form of an image that it reads. */
export async function imageSubjects(image: string, forms: ImageForms): Promise<readonly Subject[]> {
  const floor = await bundleFloor();
  const subjects: Subject[] = [];
  for (const form of FORMS) {
    const source = forms[form];
    subjects.push(await floorSubject(subjectName("floor", image, form), floor, source));
    subjects.push(...douaneSubjects((tool) => subjectName(tool, image, form), source));
  }
  const archive = forms["docker-archive"];
  const name = (tool: Tool) => subjectName(tool, image, "docker-archive");
  return [
    ...subjects,
    trivySubject(name("trivy"), archive),
    trivySubject(name("trivy, secrets and packages"), archive, SECRETS_AND_PACKAGES),
  ];
}

function douaneSubjects(name: (tool: Tool) => string, source: string): readonly Subject[] {
  const command = [...DOUANE, "check", source];
  const cold = join(benchDirectory(), "cold");
  const warm = join(benchDirectory(), "warm");
  return [
    {
      name: name("douane, cold"),
      command,
      env: { XDG_CACHE_HOME: cold },
      exits: ANSWERS,
      prepare: () => emptyDirectory(cold),
    },
    { name: name("douane, --no-cache"), command: [...command, "--no-cache"], exits: ANSWERS },
    { name: name("douane, warm"), command, env: { XDG_CACHE_HOME: warm }, exits: ANSWERS },
  ];
}

/** Options of trivy for the work that a check does, too. */
const SECRETS_AND_PACKAGES = ["--format", "json", "--scanners", "secret", "--list-all-pkgs"];

/**
 * A run of trivy. Java scanning is off: it would download a database of artefacts. Its cache is emptied
 * first, like douane's in cold runs.
 */
export function trivySubject(
  name: string,
  source: string,
  options: readonly string[] = ["--format", "cyclonedx"],
): Subject {
  const cache = join(benchDirectory(), "trivy-cache");
  const output = [...options, "--output", join(benchDirectory(), "trivy.json")];
  const input = ["--skip-files", "**/*.jar", "--input", source.replace("docker-archive:", "")];
  return {
    name,
    command: [installTrivy(), "-q", "image", "--cache-dir", cache, ...output, ...input],
    exits: [0],
    prepare: () => emptyDirectory(cache),
  };
}

export function emptyDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
}
