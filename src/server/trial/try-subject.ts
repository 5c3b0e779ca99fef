import { review } from "../../assess/review.ts";
import { formatEnvelope } from "../../attest/dsse/envelope.ts";
import { envelopeBy } from "../../attest/dsse/sign-envelope.ts";
import { STATEMENT_TYPE } from "../../attest/in-toto/statement.ts";
import { statementBytes } from "../../attest/in-toto/write-statement.ts";
import type { SigningKey } from "../../attest/keys/signing-key.ts";
import { trialPredicate } from "../../attest/predicates/trial.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";
import { EvidenceText, type TrialEvidence } from "../../evidence/file.ts";
import type { Subject } from "../admission/subject.ts";
import {
  type JudgePorts,
  type JudgeSettings,
  judgedImages,
  problemsOf,
  subjectRequest,
} from "../examine/judge.ts";
import type { JudgedImage, KeptTrial } from "../ports.ts";

/** Signed trials of a subject's images, and the problems that left a container untried. */
export interface TriedSubject {
  readonly trials: readonly KeptTrial[];
  readonly problems: readonly Text[];
}

/**
 * Runs the pod of a subject by the code of `douane trial`, without settings of a team, and signs the observations of
 * each image: one statement for the trials of an image's containers, about the image's manifest. The evidence binds the
 * pod as the API server made it, since this is the object that ran.
 *
 * @throws UnavailableError trial-unavailable; as the key
 */
export async function trySubject(
  subject: Subject,
  settings: JudgeSettings,
  key: SigningKey,
  ports: JudgePorts,
  signal: AbortSignal,
): Promise<TriedSubject> {
  const { cwd, env, douane, cache } = ports;
  const at = new Date(ports.now()).toISOString();
  // The policy is used without its part on attestations: a run does not need attestations, and this process signs and
  // does not verify.
  const { attestations: _, ...policy } = settings.policy;
  const reviewed = await review(
    { ...subjectRequest(subject, { ...settings, policy }), tryImages: true },
    {
      cwd,
      env,
      douane,
      ...(cache === undefined ? {} : { cache }),
      signal,
      today: at.slice(0, 10),
      judgedAt: at,
    },
  );
  const images = reviewed.assessed.flatMap(({ verdict }) => judgedImages(verdict));
  const own = reviewed.assessed.flatMap(({ evidence }) =>
    evidence.flatMap((piece) => (piece.kind === "trial" && piece.origin.by === "own-run" ? [piece] : [])),
  );
  const trials: KeptTrial[] = [];
  for (const [config, ofImage] of Map.groupBy(own, ({ trial }) => trial.imageId)) {
    const image = images.find((one) => one.config === config);
    if (image?.digest === undefined) continue;
    const envelope = await signed(key, image, image.digest, ofImage, douane);
    trials.push({ image: image.digest, subject: subject.digest, envelope, at });
  }
  return { trials, problems: problemsOf(reviewed) };
}

async function signed(
  key: SigningKey,
  { repository }: JudgedImage,
  digest: Digest,
  trials: readonly TrialEvidence[],
  douane: string,
): Promise<string> {
  const text = new EvidenceText();
  const pieces = trials.map((piece) => text.add({ kind: "trial", ...piece }));
  const evidence = [text.begin(douane), ...pieces, text.end()].join("");
  const predicate = trialPredicate(JSON.parse(evidence));
  return formatEnvelope(
    await envelopeBy(key, STATEMENT_TYPE, statementBytes({ name: repository, digest }, predicate)),
  );
}
