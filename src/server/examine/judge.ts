import { rulesText } from "../../assess/attestations/rules-digest.ts";
import { review as assessOnce, type Review } from "../../assess/review.ts";
import type { AssessmentPorts, AssessmentRequest } from "../../assess/run/request.ts";
import { parseEnvelope } from "../../attest/dsse/envelope.ts";
import type { FoundAttestation } from "../../attest/read/read-attachments.ts";
import { sha256 } from "../../contract/digest.ts";
import { DouaneError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { Verdict } from "../../contract/verdict.ts";
import { parseReference } from "../../net/reference.ts";
import { minorOf, NEWEST_MINOR } from "../../policy/kubernetes-version.ts";
import type { Policy } from "../../policy/policy.ts";
import { policyText } from "../../policy/policy-digest.ts";
import { verdictDocument } from "../../verdicts/write-verdict.ts";
import { type Subject, workloadOf } from "../admission/subject.ts";
import type { JudgedImage, TrialStore, VerdictKey } from "../ports.ts";
import type { Examined } from "./examinations.ts";
import { privateHosts } from "./private-hosts.ts";

/** Settings for judging subjects: the platform's policy, and the access to its registries. */
export interface JudgeSettings extends Pick<AssessmentRequest, "insecureRegistries" | "caFile"> {
  readonly policy: Policy;
}

/** Ports of a judge. Each call passes its own time of judging. */
export interface JudgePorts
  extends Omit<
    AssessmentPorts,
    "emit" | "signal" | "today" | "judgedAt" | "keptAttestations" | "onUnanswered"
  > {
  now(): number;
  /** Trials that other processes made, for subjects of this judge; absent: none. */
  readonly trials?: Pick<TrialStore, "trialOf">;
}

/**
 * Judges a subject with the same code as `douane check` with a manifest of this one object. A failure to read
 * an image becomes a problem of that image, and so does a registry that does not answer for its attestations or its
 * base: a verdict that is stored counts for everything that runs, and an outage would refuse it.
 */
export async function judgeSubject(
  subject: Subject,
  key: VerdictKey,
  readImages: boolean,
  settings: JudgeSettings,
  ports: JudgePorts,
  signal: AbortSignal,
): Promise<Examined> {
  const judgedAt = new Date(ports.now()).toISOString();
  const { trials } = ports;
  const unanswered = new Map<string, Text>();
  const { assessed, failed, skipped, unreadable } = await assessOnce(
    { ...subjectRequest(subject, settings), readImages },
    {
      ...ports,
      signal,
      today: judgedAt.slice(0, 10),
      judgedAt,
      onUnanswered: (text) => void unanswered.set(text.en, text),
      ...(trials === undefined
        ? {}
        : { keptAttestations: (image: Digest) => keptTrials(trials, image, subject.digest) }),
    },
  );
  const problems = [...problemsOf({ failed, skipped, unreadable }), ...unanswered.values()];
  const [one, ...others] = assessed;
  if (one === undefined || others.length > 0) return { problems: problems.length > 0 ? problems : [SEVERAL] };
  const { verdict } = one;
  return {
    stored: { key, judgedAt, images: judgedImages(verdict), verdict: verdictDocument(verdict) },
    problems,
  };
}

/** Request to judge a subject with its images, as a manifest with only its object. */
export function subjectRequest(
  subject: Subject,
  { policy, insecureRegistries = [], caFile }: JudgeSettings,
): AssessmentRequest {
  const at = { in: "api", uid: subject.digest } as const;
  const controller = workloadOf(subject);
  const objects = [{ value: subject.object, at, ...(controller === undefined ? {} : { controller }) }];
  return {
    insecureRegistries,
    privateHosts: privateHosts(policy, insecureRegistries),
    ...(caFile === undefined ? {} : { caFile }),
    inputs: { manifests: [], dockerfiles: [], projects: [], images: [], objects },
    evidence: { pieces: [], sources: [] },
    minor: minorOf(policy.kubernetes ?? "") ?? NEWEST_MINOR,
    policy,
    readImages: true,
    tryImages: false,
    trial: {},
    ...(policy.platform === undefined ? {} : { platform: policy.platform }),
  };
}

/** Problems that left something unexamined. */
export function problemsOf({
  failed,
  skipped,
  unreadable,
}: Pick<Review, "failed" | "skipped" | "unreadable">): readonly Text[] {
  return [
    ...failed.map(({ error }) => textOf(error)),
    ...[...unreadable, ...skipped].map(({ message }) => message),
  ];
}

/** Stored trials in which an image ran as this subject, as they were signed. */
async function keptTrials(
  trials: Pick<TrialStore, "trialOf">,
  image: Digest,
  subject: Digest,
): Promise<readonly FoundAttestation[]> {
  const envelope = await trials.trialOf(image, subject);
  if (envelope === undefined) return [];
  const name = sha256(envelope);
  return [{ name, envelope: parseEnvelope(Buffer.from(envelope), name) }];
}

/**
 * Documents, beside the subject, on which a verdict depends. They are the same for a whole process; keys name
 * them by SHA-256.
 */
export interface JudgedBy {
  readonly policy: string;
  readonly rules: string;
  /** Sources of the vulnerability data; absent if there are none. */
  readonly data?: string;
}

export function judgedBy(
  { policy }: Pick<JudgeSettings, "policy">,
  { douane, vulnerabilities }: Pick<JudgePorts, "douane" | "vulnerabilities">,
): JudgedBy {
  return {
    policy: policyText(policy),
    rules: rulesText(douane),
    ...(vulnerabilities === undefined ? {} : { data: JSON.stringify(vulnerabilities.sources) }),
  };
}

/** Digests of these documents, by which keys name them. */
export function judgingDigests({ policy, rules, data }: JudgedBy): Omit<VerdictKey, "subject"> {
  return {
    policy: sha256(policy),
    rules: sha256(rules),
    ...(data === undefined ? {} : { data: sha256(data) }),
  };
}

/** Returns a function that makes the key of a subject judged by these documents. */
export function keyMaker(documents: JudgedBy): (subject: Subject) => VerdictKey {
  const shared = judgingDigests(documents);
  return ({ digest }) => ({ subject: digest, ...shared });
}

/** Images of a verdict, by container. */
export function judgedImages({ subject }: Verdict): readonly JudgedImage[] {
  return subject.images.map(({ container = "", reference, digest, imageId }) => {
    const named = parsedOrNone(reference);
    return {
      container,
      reference,
      repository: named === undefined ? reference : `${named.registry}/${named.repository}`,
      ...(digest === undefined ? {} : { digest }),
      ...(imageId === undefined ? {} : { config: imageId }),
      isPinned: named?.digest !== undefined,
    };
  });
}

function parsedOrNone(reference: string) {
  try {
    return parseReference(reference);
  } catch {
    return undefined;
  }
}

function textOf(error: unknown): Text {
  if (error instanceof DouaneError) return error.text;
  return {
    fr: "l'image ou le pod n'a pas pu être examiné ; la cause est dans le journal du serveur.",
    en: "the image or the pod could not be examined; the cause is in the server's log.",
  };
}

const SEVERAL: Text = {
  fr: "l'objet n'est pas un pod lisible.",
  en: "the object is not a readable pod.",
};
