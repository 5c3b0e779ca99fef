import type { VerifiedImage } from "../../assess/attestations/verify-image.ts";
import type { IgnoredAttestation } from "../../contract/attestation-facts.ts";
import { jsonText } from "../../report/escape.ts";
import { VERSION } from "../process/version.ts";
import { ROW_CHECKS } from "./row-checks.ts";

/** The verification as JSON: rows as in the report of `check`, then each check. */
export function verifyJson(
  { reference, digest, indexDigest, platform, judged, ...verified }: VerifiedImage,
  at: string,
): string {
  const { checks, level, unverified } = judged;
  return `${jsonText({
    schema: "douane/verify/v1",
    douane: VERSION,
    at,
    image: {
      reference: reference.given,
      digest,
      ...(indexDigest === undefined ? {} : { indexDigest }),
      platform,
    },
    rows: verified.rows.map(({ id, answer }) => ({
      id,
      answer,
      enforced: verified.enforced.some((one) => one === id),
      checks: ROW_CHECKS.filter(({ row }) => row === id).flatMap((one) => one.checks),
    })),
    ...(level === undefined ? {} : { level }),
    checks: checks.map(({ id, answer, text, by, ignored }) => ({
      id,
      answer,
      message: text,
      ...(by === undefined ? {} : { attestation: by }),
      ignored: ignored.map(ignoredJson),
    })),
    others: verified.others.map(ignoredJson),
    unverified: unverified.map(ignoredJson),
    signatures: (verified.signatures ?? []).map(({ problem, ...one }) => ({
      ...one,
      ...(problem === undefined ? {} : { message: problem }),
    })),
  })}\n`;
}

function ignoredJson({ name, code, text }: IgnoredAttestation) {
  return { attestation: name, code, message: text };
}
