import type { RevokedKey, SignerKey } from "../../contract/attestation-policy.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { CertificateSigner } from "../certificates/certificate-signer.ts";
import { CLOCK_SKEW_MS } from "./age.ts";
import { type Ignored, ignored } from "./ignored.ts";
import type { TrustedKey } from "./trusted-key.ts";

/** A signer of the policy, recognised by key or by certificate. */
export type TrustedSigner = TrustedKey | CertificateSigner;

/**
 * Reason why a signature counts for nothing at a time; undefined if it counts. A signature by key has no reliable
 * date, so the days of the key are compared with the time of judging; those of an identity with the time at which
 * the signature is known to have been made.
 *
 * @param at milliseconds since 1970
 */
export function signerProblem(
  signer: TrustedSigner,
  revoked: readonly RevokedKey[],
  at: number,
): Ignored | undefined {
  const revocation = revoked.find((one) => one.id === signer.id && Date.parse(one.from) <= at);
  if (revocation !== undefined) {
    const [name, seen] = [quoted(signer.signer), quoted(signer.id)];
    const { from, reason } = revocation;
    return ignored("key-revoked", {
      fr: `signée par ${name} avec la clé ${seen}, révoquée depuis le ${from} (${reason})`,
      en: `signed by ${name} with key ${seen}, which is revoked from ${from} on (${reason})`,
    });
  }
  if (signer.kind === "key") return dayProblem(signer, at, "key", keyText);
  if (signer.signedAt > at + CLOCK_SKEW_MS) return signedLater(signer);
  return dayProblem(signer, signer.signedAt, "identity", identityText);
}

type Days = Pick<SignerKey, "notBefore" | "notAfter">;
type DayText = (signer: TrustedSigner, day: string, bound: "first" | "last") => Text;

/** @param time milliseconds since 1970, compared with the days @param of beginning of the code */
function dayProblem(signer: TrustedSigner, time: number, of: string, text: DayText): Ignored | undefined {
  const { notBefore, notAfter }: Days = signer;
  if (notBefore !== undefined && time < Date.parse(`${notBefore}T00:00:00Z`))
    return ignored(`${of}-not-yet-valid`, text(signer, notBefore, "first"));
  if (notAfter !== undefined && time >= Date.parse(`${notAfter}T00:00:00Z`) + DAY_MS)
    return ignored(`${of}-expired`, text(signer, notAfter, "last"));
  return undefined;
}

const DAY_MS = 24 * 3600 * 1000;

function keyText({ signer, id }: TrustedSigner, day: string, bound: "first" | "last"): Text {
  const [name, seen] = [quoted(signer), quoted(id)];
  return bound === "first"
    ? {
        fr: `signée par ${name} avec la clé ${seen}, valable à partir du ${day} seulement`,
        en: `signed by ${name} with key ${seen}, which is valid from ${day} only`,
      }
    : {
        fr: `signée par ${name} avec la clé ${seen}, dont les signatures comptaient jusqu'au ${day}`,
        en: `signed by ${name} with key ${seen}, whose signatures counted until ${day}`,
      };
}

function identityText({ signer }: TrustedSigner, day: string, bound: "first" | "last"): Text {
  const name = quoted(signer);
  return bound === "first"
    ? {
        fr: `signée par ${name} avant le ${day}, premier jour de cette identité`,
        en: `signed by ${name} before ${day}, the first day of this identity`,
      }
    : {
        fr: `signée par ${name} après le ${day}, dernier jour de cette identité`,
        en: `signed by ${name} after ${day}, the last day of this identity`,
      };
}

function signedLater({ signer, signedAt }: CertificateSigner): Ignored {
  const [name, time] = [quoted(signer), new Date(signedAt).toISOString()];
  return ignored("signed-later", {
    fr: `signée par ${name} le ${time}, après la date du jugement`,
    en: `signed by ${name} on ${time}, after the time of judging`,
  });
}
