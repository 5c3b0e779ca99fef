import { fallbackEvidence } from "../../assess/images/fallback-evidence.ts";
import { type ObjectSource, objectSource } from "../../assess/trials/object-source.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence, TrialEvidence } from "../../evidence/file.ts";
import { namedImages } from "../../evidence/named-images.ts";
import { readEvidence } from "../check/evidence-files.ts";
import type { Session } from "../command-line/command.ts";

/** Evidence about images of workloads, by their text in the manifests, and about trials. */
export interface FixEvidence {
  readonly images: ReadonlyMap<string, ImageEvidence>;
  readonly trials: readonly TrialEvidence[];
  /** Objects beside the workloads; trials are compared with their values. */
  readonly objects: ObjectSource;
}

/** Evidence for a fix; an image that was tried before being pushed replaces the pushed image. */
export async function fixEvidence(
  session: Session,
  files: readonly string[],
  workloads: readonly WorkloadFacts[],
): Promise<FixEvidence> {
  const evidence = await readEvidence(session, files);
  const inputs = { manifests: [], dockerfiles: [], projects: [], images: [] };
  const local = fallbackEvidence(namedImages(workloads).images, evidence.images, {
    inputs,
    tryImages: false,
  });
  return {
    images: new Map([...local, ...evidence.imagesByText]),
    trials: evidence.trials,
    objects: objectSource(session.context.cwd, new Uint8Array()),
  };
}
