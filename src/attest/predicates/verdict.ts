// Verdict as a verification summary: https://slsa.dev/spec/v1.2/verification_summary

import { hexOf } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Answer } from "../../contract/verdict.ts";
import { type Fields, objectAt, textAt } from "../../json/fields.ts";
import { SUMMARY_TYPE } from "../in-toto/statement.ts";
import type { Predicate } from "../in-toto/write-statement.ts";

export const VERDICT_TYPE = SUMMARY_TYPE;
/** Field of the predicate for douane's own fields, which the standard does not define. */
const EXTENSION = "urn:douane:verdict:v1";

/** Days after which a verdict no longer counts: the image may be judged differently since. */
export const VERDICT_DAYS = 7;

/** Circumstances under which a verdict was reached; under others, the verdict does not count. */
export interface VerdictBinding {
  /** Digest of the image's configuration. */
  readonly imageId: Digest;
  readonly platform: string;
  /** Digest of the policy: see policyDigest(). */
  readonly policy: Digest;
  /** Digest of the rules, with the version of douane. */
  readonly rules: Digest;
}

/** Verdict on an image without a workload. */
export interface ImageVerdict extends VerdictBinding {
  readonly verifier: string;
  readonly douane: string;
  readonly contract: string;
  /** ISO 8601. */
  readonly at: string;
  /** Registry, repository and digest. */
  readonly resource: string;
  readonly rows: readonly { readonly id: string; readonly answer: Answer }[];
  readonly passed: boolean;
  /** Build level of the provenance that counts; absent if no provenance counts. */
  readonly level?: number;
  /** Attestations that decided. */
  readonly inputs: readonly Digest[];
}

export function verdictPredicate(verdict: ImageVerdict): Predicate {
  const { verifier, douane, contract, at, resource, rows, passed, level, inputs } = verdict;
  const { imageId, platform, policy, rules } = verdict;
  const reached = level === undefined ? "SLSA_BUILD_LEVEL_UNEVALUATED" : `SLSA_BUILD_LEVEL_${level}`;
  const content = {
    verifier: { id: verifier, version: { douane } },
    timeVerified: at,
    resourceUri: resource,
    policy: { digest: { sha256: hexOf(policy) } },
    inputAttestations: inputs.map((digest) => ({ digest: { sha256: hexOf(digest) } })),
    verificationResult: passed ? "PASSED" : "FAILED",
    verifiedLevels: [passed ? reached : "FAILED"],
    slsaVersion: "1.2",
    [EXTENSION]: {
      contract,
      imageId,
      platform,
      rules: { digest: { sha256: hexOf(rules) } },
      expires: new Date(Date.parse(at) + VERDICT_DAYS * 24 * 3_600_000).toISOString(),
      rows,
    },
  };
  return { type: VERDICT_TYPE, content };
}

/** Fields of a stated verdict that bind it. */
export interface StatedVerdict {
  readonly imageId?: string;
  readonly platform?: string;
  readonly policy: string;
  readonly rules: string;
  readonly result?: string;
  readonly at?: string;
}

export function statedVerdict(predicate: Fields): StatedVerdict {
  const extension = objectAt(predicate, EXTENSION);
  const [imageId, platform] = [textAt(extension, "imageId"), textAt(extension, "platform")];
  const [result, at] = [textAt(predicate, "verificationResult"), textAt(predicate, "timeVerified")];
  return {
    policy: digestAt(objectAt(predicate, "policy")),
    rules: digestAt(objectAt(extension, "rules")),
    ...(imageId === undefined ? {} : { imageId }),
    ...(platform === undefined ? {} : { platform }),
    ...(result === undefined ? {} : { result }),
    ...(at === undefined ? {} : { at }),
  };
}

function digestAt(fields: Fields): string {
  return `sha256:${textAt(objectAt(fields, "digest"), "sha256") ?? ""}`;
}
