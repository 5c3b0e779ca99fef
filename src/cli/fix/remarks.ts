import type { Inputs } from "../../assess/inputs.ts";
import type { KnownImage } from "../../assess/workload-subject.ts";
import type { Finding } from "../../contract/finding.ts";
import { containerName, placements } from "../../contract/placement.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { FixedWorkload } from "../../fix/fix-text.ts";
import { createLocator } from "../../workload/locate.ts";
import type { Problems } from "../check/problems.ts";
import type { Session } from "../command-line/command.ts";
import type { FixedFile } from "./fix-file.ts";
import type { FixValues } from "./flags.ts";
import { findingsIn, findingsInDockerfile } from "./judged.ts";
import { type Said, sentence } from "./say.ts";

/** Says on stderr what a file's workloads lose, what is left to the user, what could not be done. */
export async function tell(
  { file, workloads }: FixedFile,
  { context, lang }: Session,
  { write }: FixValues,
  minor: number,
  images: ReadonlyMap<string, KnownImage>,
): Promise<void> {
  const locate = createLocator();
  for (const workload of workloads) {
    // Lines of the file as the user finds it now.
    const { document } = write ? workload.after : workload;
    for (const { path, ...said } of remarks(workload, minor, images)) {
      await context.stderr.write(sentence({ ...said, file, line: locate(document, path).line }, lang));
    }
  }
}

type Remark = Omit<Said, "file" | "line"> & { readonly path: string };

function remarks(
  { plan, refused, after }: FixedWorkload,
  minor: number,
  images: ReadonlyMap<string, KnownImage>,
): readonly Remark[] {
  const lost = refused === undefined ? plan.givenUp : [];
  return [
    ...(refused === undefined ? [] : [{ label: "refused" as const, ...refused }]),
    ...lost.map((remark) => ({ label: "givenUp" as const, ...remark })),
    ...plan.left.map((remark) => ({ label: "left" as const, ...remark })),
    ...findingsIn(after.facts, minor, images).map((finding) => ({
      label: "left" as const,
      message: finding.message,
      remedy: finding.remedy,
      container: finding.container,
      path: pathOf(finding, after.facts),
    })),
  ];
}

/** What names no field is about the container's image. */
function pathOf({ at, container }: Finding, workload: WorkloadFacts): string {
  if (at?.file === workload.file && at.path !== undefined) return at.path;
  const placement = placements(workload).find((one) => containerName(one) === container);
  return placement === undefined ? workload.path : `${placement.path}.image`;
}

/** The lines to write in Dockerfiles: on stdout, unless that is kept for a diff. */
export async function tellDockerfiles(session: Session, inputs: Inputs, problems: Problems): Promise<void> {
  const { context, lang, quiet } = session;
  const { readDockerfiles } = await import("../../assess/dockerfiles.ts");
  const output = inputs.manifests.length === 0 ? context.stdout : context.stderr;
  for (const facts of await readDockerfiles(inputs, context.cwd, problems)) {
    if (quiet && output === context.stderr) continue;
    const findings = findingsInDockerfile(facts).toSorted((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0));
    for (const { message, remedy, at } of findings) {
      await output.write(
        sentence({ label: "left", file: facts.file, line: at?.line, message, remedy }, lang),
      );
    }
  }
}
