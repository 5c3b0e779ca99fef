import { isDocumentTime } from "../contract/document-time.ts";
import { aboutWorkload, type ProblemSubject } from "../contract/source-problem.ts";
import type { Text } from "../contract/text.ts";
import { type OnDemand, rulesFor } from "../rules/rule-set.ts";
import { type Assessed, SubjectAssessor } from "./assess-subject.ts";
import type { RunAttestations } from "./attestations/run-attestations.ts";
import type { ImageVulnerabilities } from "./image-vulnerabilities.ts";
import { openOptions } from "./images/open-options.ts";
import { inOrder } from "./in-order.ts";
import { Assessment } from "./run/assessment.ts";
import { isEmpty } from "./run/inputs.ts";
import type { AssessmentPorts, AssessmentRequest } from "./run/request.ts";
import { type Subjects, subjectsAtHand, subjectsToRead } from "./subjects.ts";
import type { TrialDeps } from "./trials/trial-deps.ts";

/**
 * Judges inputs: workloads in the order of reading, then images, then Dockerfiles, each as soon as its
 * evidence is collected. Evidence is released once its subject is judged.
 *
 * @throws UsageError for an invalid setting; UnavailableError `trial-unavailable`; InvalidInputError
 * `evidence-empty`; the signal's reason. Problems of a single source are events.
 */
export async function* assess(
  request: AssessmentRequest,
  ports: AssessmentPorts,
): AsyncGenerator<Assessed, void, void> {
  const attestations = await runAttestations(request, ports);
  try {
    yield* assessedWith(new Assessment(request, ports, attestations));
  } finally {
    await attestations?.close();
  }
}

/** Loads the module that reads attestations; undefined if the policy requires none, or no image is judged. */
async function runAttestations(
  request: AssessmentRequest,
  ports: AssessmentPorts,
): Promise<RunAttestations | undefined> {
  const { attestations } = request.policy;
  if (attestations === undefined || !request.readImages) return undefined;
  const module = await import("./attestations/run-attestations.ts");
  return new module.RunAttestations(attestations, {
    ...openOptions({ request, ports }),
    kept: async (image) => (await ports.keptAttestations?.(image)) ?? [],
  });
}

async function* assessedWith(assessment: Assessment): AsyncGenerator<Assessed, void, void> {
  const { request } = assessment;
  if (isEmpty(request.inputs)) {
    if (request.policy.attestations !== undefined) await assessment.warn(NOT_STORED);
    const subjects = await subjectsAtHand(assessment);
    yield* assessed(assessment, subjects, 1);
    for (const text of subjects.trials?.ignored ?? []) await assessment.warn(text);
    return;
  }
  const means = request.tryImages ? await meansOfTrial(assessment) : undefined;
  try {
    const subjects = await subjectsToRead(assessment, means);
    yield* assessed(assessment, subjects, means?.atATime ?? 1);
    for (const text of [...assessment.evidence.ignored, ...(subjects.trials?.ignored ?? [])]) {
      await assessment.warn(text);
    }
  } finally {
    await means?.directory.dispose();
  }
}

/** @param atATime subjects processed at a time */
async function* assessed(
  assessment: Assessment,
  subjects: Subjects,
  atATime: number,
): AsyncGenerator<Assessed, void, void> {
  const { workloads, dockerfiles, images, trials } = subjects;
  const vulnerabilities = await imageVulnerabilities(assessment);
  const rules = await rulesFor(kindsIn(subjects, vulnerabilities, assessment.attestations));
  const assessor = new SubjectAssessor(assessment, subjects, rules, vulnerabilities);
  const works = [
    ...workloads.map(
      (one) => () => inTime(assessment, aboutWorkload(one.facts), () => assessor.workload(one)),
    ),
    ...images.given.map((read) => async () => {
      const image = await read();
      if (image === undefined) return undefined;
      const about = { kind: "image", reference: image.image.source } as const;
      return inTime(assessment, about, () => assessor.image(image));
    }),
  ];
  // Dockerfiles come after the images, since a Dockerfile may have built one of them.
  const behind = dockerfiles.map((facts) => () => {
    return inTime(assessment, { kind: "file", file: facts.file }, () => assessor.dockerfile(facts));
  });
  try {
    yield* judged(inOrder(works, atATime, (work) => work()));
    yield* judged(inOrder(behind, atATime, (work) => work()));
    const idle = vulnerabilities?.idle ?? [];
    if (idle.length > 0) await assessment.ports.emit({ kind: "vulnerability-acceptances-idle", idle });
  } finally {
    await images.close();
    await trials?.close();
  }
}

/** Kinds of evidence of the subjects whose rules are loaded on demand. */
function kindsIn(
  { workloads, dockerfiles, trials }: Subjects,
  vulnerabilities: ImageVulnerabilities | undefined,
  attestations: RunAttestations | undefined,
): readonly OnDemand[] {
  return [
    ...(workloads.length === 0 ? [] : (["workload"] as const)),
    ...(dockerfiles.length === 0 ? [] : (["dockerfile"] as const)),
    ...(trials === undefined ? [] : (["trial"] as const)),
    ...(vulnerabilities === undefined ? [] : (["vulnerabilities"] as const)),
    ...(attestations === undefined ? [] : (["attestations"] as const)),
  ];
}

/** Loads the module that compares packages with vulnerability data; undefined without data. */
async function imageVulnerabilities({
  ports,
  request,
}: Assessment): Promise<ImageVulnerabilities | undefined> {
  if (ports.vulnerabilities === undefined) return undefined;
  const module = await import("./image-vulnerabilities.ts");
  return new module.ImageVulnerabilities(
    ports.vulnerabilities,
    ports.today,
    request.policy.acceptedVulnerabilities,
    ports.onCompared,
  );
}

/** Subjects with a verdict. */
async function* judged(all: AsyncIterable<Assessed | undefined>): AsyncGenerator<Assessed, void, void> {
  for await (const one of all) if (one !== undefined) yield one;
}

/**
 * Judges a subject within a time limit. At the limit, the subject becomes a problem without a verdict, and
 * the run continues with the others.
 */
async function inTime(
  assessment: Assessment,
  about: ProblemSubject,
  work: () => Promise<Assessed>,
): Promise<Assessed | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isDocumentTime(error)) throw error;
    await assessment.failed(about, error);
    return undefined;
  }
}

async function meansOfTrial(assessment: Assessment): Promise<TrialDeps> {
  const { trialDeps } = await import("./trials/trial-deps.ts");
  // The runtime is queried while other modules are loaded.
  const [means] = await Promise.all([
    trialDeps(assessment),
    import("./images/images.ts"),
    import("./trials/pod-runner.ts"),
  ]);
  return means;
}

/** Note for a policy that asks for attestations, which are verified where the image is. */
const NOT_STORED: Text = {
  fr: "un fichier de preuves ne contient pas d'attestations : les lignes 13 et 15, et les SBOM, documents VEX et essais attestés, ne se jugent qu'avec l'image. La nommer aussi (douane check IMAGE --evidence FICHIER).",
  en: "an evidence file holds no attestations: rows 13 and 15, and attested SBOMs, VEX documents and trials, are judged with the image alone. Name it, too (douane check IMAGE --evidence FILE).",
};
