import type { KnownImage } from "../../assess/run/known-image.ts";
import { SubjectJudge } from "../../assess/subject-judge.ts";
import { TrialBinding } from "../../assess/trials/bind-trials.ts";
import type { DockerfileFacts } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import type { Origin } from "../../contract/origin.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { RuleId } from "../../contract/rows.ts";
import type { Verdict } from "../../contract/verdict.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { BoundTrial } from "../../evidence/file.ts";
import { namedImages } from "../../evidence/named-images.ts";
import type { JudgedDockerfile } from "../../fix/dockerfile/fix-dockerfile.ts";
import { NEWEST_MINOR } from "../../policy/kubernetes-version.ts";
import { ALL_RULES } from "../../rules/index.ts";
import { VERSION } from "../process/version.ts";
import type { FixEvidence } from "./fix-evidence.ts";

/** The rule whose notes name the emptyDir volumes that an image will need. */
const NEEDED_MOUNTS: RuleId = "1.2-needed-mounts";

/** Acceptances for a fix: none, so that remaining findings are shown even if a policy accepts them. */
const ACCEPTED = { acceptances: [], today: "" };
const ORIGIN: Origin = { by: "own-run", douane: VERSION };

/**
 * Findings that refuse a workload, each once: about the manifest, about its images as far as known, and about
 * mounts that the images will need. Trials count if they ran the judged image and command.
 */
export function findingsIn(workload: WorkloadFacts, minor: number, known: FixEvidence): readonly Finding[] {
  const images = new Map<string, KnownImage>([...namedImages([workload]).images, ...withoutSboms(known)]);
  const trials = boundTrials(workload, known);
  return findings(judge(minor).workload(workload, { images, trials, origin: ORIGIN }));
}

/** Images without SBOM facts, which no edit of a manifest can change. */
function withoutSboms({ images }: FixEvidence): ReadonlyMap<string, KnownImage> {
  return new Map(
    [...images].map(([text, { image, reference, origin }]) => [text, { image, reference, origin }]),
  );
}

function boundTrials(
  workload: WorkloadFacts,
  { images, trials, objects }: FixEvidence,
): ReadonlyMap<string, BoundTrial> {
  const tried = placements(workload).flatMap((placement) => {
    const image = images.get(placement.spec.image ?? "")?.image;
    return image === undefined ? [] : [{ image, placed: { workload, placement } }];
  });
  const bound = new TrialBinding(trials, { objects, judged: [workload] }).bind(tried);
  return new Map(
    tried.flatMap(({ placed }, index) => {
      const trial = bound[index];
      return trial === undefined ? [] : [[placed.placement.path, trial] as const];
    }),
  );
}

/** Findings and rows of a Dockerfile. */
export function judgedDockerfile(facts: DockerfileFacts): JudgedDockerfile {
  const { rows } = judge(NEWEST_MINOR).dockerfile(facts, ORIGIN);
  const found = rows.flatMap((row) => row.findings);
  return {
    facts,
    findings: [...new Map(found.map((finding) => [keyOf(finding), finding])).values()],
    answers: new Map(rows.map(({ id, answer }) => [id, answer])),
    notes: new Set(rows.flatMap((row) => row.notes.map(keyOf))).size,
  };
}

function judge(minor: number): SubjectJudge {
  return new SubjectJudge({ rules: ALL_RULES, minor, accepted: ACCEPTED, enforceFuture: false });
}

function findings({ rows }: Verdict): readonly Finding[] {
  const mounts = rows.flatMap(({ notes }) => notes).filter(({ rule }) => rule === NEEDED_MOUNTS);
  const found = [...rows.flatMap((row) => row.findings), ...mounts];
  return [...new Map(found.map((finding) => [keyOf(finding), finding])).values()];
}

function keyOf({ container = "", fingerprint }: Finding): string {
  return `${container} ${fingerprint}`;
}
