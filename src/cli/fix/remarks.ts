import type { Finding } from "../../contract/finding.ts";
import { declaringFile } from "../../contract/object-location.ts";
import { containerName, imageField, imagePlacements } from "../../contract/pod-containers.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { FixedWorkload } from "../../fix/fix-text.ts";
import { createLocator } from "../../workload/locate.ts";
import type { Session } from "../command-line/command.ts";
import type { FixEvidence } from "./fix-evidence.ts";
import type { FixedFile } from "./fix-file.ts";
import type { FixValues } from "./flags.ts";
import { findingsIn } from "./judged.ts";
import { nothingToCorrect, type Said, tell as say, sentence } from "./say.ts";

/** Prints on stderr the settings a workload loses, the remaining findings, and failed edits. */
export async function tell(
  { file, workloads, before, after }: FixedFile,
  session: Session,
  { write }: FixValues,
  minor: number,
  known: FixEvidence,
): Promise<void> {
  const { context, lang } = session;
  const locate = createLocator();
  let isSilent = after === before;
  for (const workload of workloads) {
    // Positions in the file as the user will find it.
    const { document } = write ? workload.after : workload;
    for (const { path, ...said } of remarks(workload, minor, known)) {
      isSilent = false;
      await context.stderr.write(sentence({ ...said, file, line: locate(document, path).line }, lang));
    }
  }
  if (isSilent) await say(nothingToCorrect(file), session);
}

type Remark = Omit<Said, "file" | "line"> & { readonly path: string };

function remarks(
  { plan, refused, after }: FixedWorkload,
  minor: number,
  known: FixEvidence,
): readonly Remark[] {
  const lost = refused === undefined ? plan.givenUp : [];
  return [
    ...(refused === undefined ? [] : [{ label: "refused" as const, ...refused }]),
    ...lost.map((remark) => ({ label: "givenUp" as const, ...remark })),
    ...plan.left.map((remark) => ({ label: "left" as const, ...remark })),
    ...findingsIn(after.facts, minor, known).map((finding) => ({
      label: "left" as const,
      message: finding.message,
      remedy: finding.remedy,
      container: finding.container,
      path: pathOf(finding, after.facts),
    })),
  ];
}

/** Path of a finding; without a field, the container's image. */
function pathOf({ at, container }: Finding, workload: WorkloadFacts): string {
  if (at?.path !== undefined && at.file === declaringFile(workload.at)) return at.path;
  const placement = imagePlacements(workload).find((one) => containerName(one) === container);
  return placement === undefined ? workload.path : imageField(placement);
}
