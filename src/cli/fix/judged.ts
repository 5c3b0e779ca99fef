import type { DockerfileFacts } from "../../contract/dockerfile-facts.ts";
import type { Collected } from "../../contract/evidence.ts";
import type { Finding } from "../../contract/finding.ts";
import { type ContainerEvidence, judge } from "../../contract/judge.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { answerable } from "../../evidence/asked.ts";
import { namedImages } from "../../evidence/named-images.ts";
import { type KnownImage, workloadSubject } from "../../evidence/workload-subject.ts";
import { RULES } from "../../rules/index.ts";
import { neededMounts } from "../../rules/start/1.2-needed-mounts.ts";

/** Policies accept findings that are false; what is left to do is told all the same. */
const ACCEPTED = { acceptances: [], today: "" };

/**
 * What the rules refuse of a workload, each finding once; of its images as far as they are known,
 * and then the mounts that they will need.
 *
 * @param images by the text with which containers name them
 */
export function findingsIn(
  workload: WorkloadFacts,
  minor: number,
  images: ReadonlyMap<string, KnownImage>,
): readonly Finding[] {
  const known = new Map<string, KnownImage>([...namedImages([workload]).images, ...images]);
  const { containers } = workloadSubject(workload, known);
  return judged(containers, { workload, cluster: { minor } });
}

export function findingsInDockerfile(dockerfile: DockerfileFacts): readonly Finding[] {
  return judged([{ collected: { dockerfile } }], {});
}

function judged(containers: readonly ContainerEvidence[], shared: Collected): readonly Finding[] {
  const subject = { name: "", images: [] };
  const { rows } = judge(subject, containers, { rules: answerable(RULES), accepted: ACCEPTED, shared });
  const mounts = rows.flatMap(({ notes }) => notes).filter(({ rule }) => rule === neededMounts.id);
  const found = [...rows.flatMap(({ findings }) => findings), ...mounts];
  return [...new Map(found.map((finding) => [keyOf(finding), finding])).values()];
}

function keyOf({ container = "", fingerprint }: Finding): string {
  return `${container} ${fingerprint}`;
}
