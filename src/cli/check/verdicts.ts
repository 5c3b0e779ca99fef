import type { DockerfileFacts } from "../../contract/dockerfile-facts.ts";
import { type JudgeOptions, judge } from "../../contract/judge.ts";
import type { Verdict } from "../../contract/verdict.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { answerable } from "../../evidence/asked.ts";
import type { StoredEvidence } from "../../evidence/file.ts";
import { type KnownImage, workloadSubject } from "../../evidence/workload-subject.ts";
import { RULES } from "../../rules/index.ts";
import { type Context, today } from "../process/context.ts";
import type { KnownTrials } from "../trial/known-trials.ts";
import type { CheckSettings } from "./settings.ts";

/** What subjects are judged by; each method gives the verdict on one. */
export interface SubjectJudge {
  image(evidence: StoredEvidence): Verdict;
  dockerfile(facts: DockerfileFacts): Verdict;
  workload(facts: WorkloadFacts, images: ReadonlyMap<string, KnownImage>): Verdict;
}

/** @param trials what is known of how containers behave */
export function subjectJudge(
  context: Context,
  settings: CheckSettings,
  trials: KnownTrials | undefined,
): SubjectJudge {
  const { acceptances, enforceFuture, minor } = settings;
  const team = settings.team === undefined ? {} : { team: settings.team };
  const options: JudgeOptions = {
    rules: answerable(RULES),
    accepted: { acceptances, today: today(context) },
    enforceFuture,
  };
  return {
    image(evidence) {
      const { image, reference } = evidence;
      const trial = trials?.of(evidence);
      const { digest, imageId, platform, source: name } = image;
      const named = { reference: reference.given, imageId, platform };
      const images = [digest === undefined ? named : { ...named, digest }];
      return judge(
        { name, ...team, images },
        [{ collected: { image, reference, ...(trial === undefined ? {} : { trial }) } }],
        options,
      );
    },
    dockerfile(dockerfile) {
      return judge({ name: dockerfile.file, ...team, images: [] }, [{ collected: { dockerfile } }], options);
    },
    workload(workload, images) {
      const { subject, containers } = workloadSubject(workload, images, (placement, { image, reference }) =>
        image === undefined ? undefined : trials?.of({ image, reference }, { workload, placement }),
      );
      const shared = { workload, cluster: { minor } };
      return judge({ ...subject, ...team }, containers, { ...options, shared });
    },
  };
}
