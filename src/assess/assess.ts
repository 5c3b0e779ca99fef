import type { Verdict } from "../contract/verdict.ts";
import type { EvidencePiece, ImageEvidence, TrialEvidence } from "../evidence/file.ts";
import { Assessment } from "./assessment.ts";
import { inOrder } from "./in-order.ts";
import { isEmpty } from "./inputs.ts";
import { withPositions } from "./positions.ts";
import type { AssessmentPorts, AssessmentRequest } from "./request.ts";
import { SubjectJudge } from "./subject-judge.ts";
import { type Subjects, type SubjectWorkload, subjectsAtHand, subjectsToRead } from "./subjects.ts";

/** One subject, judged. */
export interface Assessed {
  readonly verdict: Verdict;
  /** What it rests on, as it is stored; an image that several subjects name is given once. */
  readonly evidence: readonly EvidencePiece[];
}

/**
 * Inputs → evidence → verdicts: workloads in the order in which they were read, then Dockerfiles,
 * then images, each as soon as it is judged. What is known of a subject is let go after it.
 *
 * @throws UsageError for a setting that is wrong; UnavailableError `trial-unavailable`;
 * InvalidInputError `evidence-empty`; the signal's reason. Whatever is one source's fault is told by an event.
 */
export async function* assess(
  request: AssessmentRequest,
  ports: AssessmentPorts,
): AsyncGenerator<Assessed, void, void> {
  const assessment = new Assessment(request, ports);
  if (isEmpty(request.inputs)) {
    yield* judged(assessment, await subjectsAtHand(assessment), 1);
    return;
  }
  const means = request.tryImages ? await meansOfTrial(assessment) : undefined;
  try {
    const subjects = await subjectsToRead(assessment, means);
    yield* judged(assessment, subjects, means?.atATime ?? 1);
    for (const text of [...request.evidence.ignored, ...(subjects.trials?.ignored ?? [])]) {
      await assessment.warn(text);
    }
  } finally {
    await means?.directory.dispose();
  }
}

async function meansOfTrial(assessment: Assessment) {
  const { trialMeans } = await import("./trials/trial-means.ts");
  return trialMeans(assessment);
}

/** @param atATime subjects that are under way at a time */
async function* judged(
  assessment: Assessment,
  subjects: Subjects,
  atATime: number,
): AsyncGenerator<Assessed, void, void> {
  const { workloads, dockerfiles, images, trials } = subjects;
  const { request, ports, origin } = assessment;
  const { acceptedFindings: acceptances = [], enforceFuture = false } = request.policy;
  const { minor, team } = request;
  const accepted = { acceptances, today: ports.today };
  const judge = new SubjectJudge({ minor, accepted, enforceFuture, ...(team === undefined ? {} : { team }) });
  const count = workloads.length + dockerfiles.length + images.given.length;
  const given = new Set<string>();

  async function workload(subject: SubjectWorkload): Promise<Assessed> {
    const { facts, locate } = subject;
    const known = await images.of(facts);
    const tried = (await trials?.ofWorkload(facts, known)) ?? new Map<string, TrialEvidence>();
    const verdict = judge.workload(facts, { images: known, trials: tried, origin: subject.origin });
    images.release(facts);
    const locates = request.locates;
    const isWanted = locates && ((row: Verdict["rows"][number]) => locates(row, count));
    return {
      verdict: withPositions(verdict, facts.file, locate, isWanted),
      evidence: [
        { kind: "workload", origin: subject.origin, workload: facts },
        ...[...known].flatMap(([text, { image, reference, origin: own }]): readonly EvidencePiece[] => {
          if (image === undefined || own === undefined || given.has(text)) return [];
          given.add(text);
          return [{ kind: "image", origin: own, reference, image }];
        }),
        ...[...tried.values()].map((one) => ({ kind: "trial", ...one }) as const),
      ],
    };
  }

  async function image(evidence: ImageEvidence | undefined): Promise<readonly Assessed[]> {
    if (evidence === undefined) return [];
    const tried = await trials?.ofImage(evidence);
    return [
      {
        verdict: judge.image(evidence, tried),
        evidence: [
          { kind: "image", alone: true, ...evidence },
          ...(tried === undefined ? [] : [{ kind: "trial", ...tried } as const]),
        ],
      },
    ];
  }

  const works = [
    ...workloads.map((one) => async () => [await workload(one)]),
    ...dockerfiles.map((facts) => async () => [{ verdict: judge.dockerfile(facts, origin), evidence: [] }]),
    ...images.given.map((read) => async () => image(await read())),
  ];
  try {
    for await (const some of inOrder(works, atATime, (work) => work())) yield* some;
  } finally {
    await images.close();
    await trials?.close();
  }
}
