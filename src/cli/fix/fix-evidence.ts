import { standIns } from "../../assess/images/stand-ins.ts";
import { type ObjectSource, objectSource } from "../../assess/trials/object-source.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence, TrialEvidence } from "../../evidence/file.ts";
import { namedImages } from "../../evidence/named-images.ts";
import { readEvidence } from "../check/evidence-files.ts";
import type { Session } from "../command-line/command.ts";

/** What evidence says of the images of workloads, by the text with which manifests name them, and of trials. */
export interface FixEvidence {
  readonly images: ReadonlyMap<string, ImageEvidence>;
  readonly trials: readonly TrialEvidence[];
  /** What lies beside the workloads: trials are bound to the values that it gives. */
  readonly objects: ObjectSource;
}

/** An image that was tried before it was pushed stands in for the one that it will be. */
export async function fixEvidence(
  session: Session,
  files: readonly string[],
  workloads: readonly WorkloadFacts[],
): Promise<FixEvidence> {
  const evidence = await readEvidence(session, files);
  const inputs = { manifests: [], dockerfiles: [], projects: [], images: [] };
  const local = standIns(namedImages(workloads).images, evidence.images, { inputs, tryImages: false });
  return {
    images: new Map([...local, ...evidence.imagesByText]),
    trials: evidence.trials,
    objects: objectSource(session.context.cwd, new Uint8Array()),
  };
}
