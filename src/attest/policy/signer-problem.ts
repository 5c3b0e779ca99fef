import type { RevokedKey, SignerKey } from "../../contract/attestation-policy.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { CertificateSigner } from "../certificates/certificate-signer.ts";
import type { PkiValidity } from "../certificates/verify-pki.ts";
import { isMergeRequestRef, isUnreviewedEvent } from "../names/unreviewed-code.ts";
import { CLOCK_SKEW_MS } from "./age.ts";
import { type Ignored, ignored } from "./ignored.ts";
import type { TrustedKey } from "./trusted-key.ts";
import { MERGE_REQUEST } from "./unaccepted-code.ts";

/** A signer of the policy, recognised by key or by certificate. */
export type TrustedSigner = TrustedKey | CertificateSigner;

/**
 * Reason why a signature does not count at a time; undefined if it counts. The date of a signature by key is
 * unreliable, so the key's days are compared with the time of judging. A certificate's days are compared with
 * the time of signing if it is known; without a timestamp, an organisation's certificate is compared with the
 * time of judging.
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
  const { ref, trigger } = signer.claims;
  if (isMergeRequestRef(ref) || isUnreviewedEvent(trigger)) return MERGE_REQUEST;
  const { signedAt } = signer;
  if (typeof signedAt !== "number") {
    const { time = at } = signedAt.stamp ?? {};
    if (time > at + CLOCK_SKEW_MS) return signedLater(signer.signer, time);
    return pkiProblem(signer.signer, signedAt, at) ?? dayProblem(signer, time, "identity", identityText);
  }
  if (signedAt > at + CLOCK_SKEW_MS) return signedLater(signer.signer, signedAt);
  return dayProblem(signer, signedAt, "identity", identityText);
}

type Days = Pick<SignerKey, "notBefore" | "notAfter">;
type DayText = (signer: TrustedSigner, day: string, bound: "first" | "last") => Text;

/**
 * @param time milliseconds since 1970, compared with the days
 * @param of words for the date, which begin the code of the problem
 */
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

function signedLater(signer: string, signedAt: number): Ignored {
  const [name, time] = [quoted(signer), new Date(signedAt).toISOString()];
  return ignored("signed-later", {
    fr: `signée par ${name} le ${time}, après la date du jugement`,
    en: `signed by ${name} on ${time}, after the time of judging`,
  });
}

/**
 * Problem of a certificate whose signatures count while it is valid: at the time of a timestamp, otherwise at
 * the time of judging. A revocation counts at the time of judging in any case (ADR 0206).
 *
 * @param at milliseconds since 1970
 */
function pkiProblem(signer: string, validity: PkiValidity, at: number): Ignored | undefined {
  const { notBefore, notAfter, stamp } = validity;
  const { time = at } = stamp ?? {};
  const name = quoted(signer);
  if (time < notBefore) {
    return ignored("certificate-not-yet-valid", {
      fr: `signée par ${name}, dont le certificat n'est valable qu'à partir du ${day(notBefore)}`,
      en: `signed by ${name}, whose certificate is valid from ${day(notBefore)} only`,
    });
  }
  if (time > notAfter) {
    return ignored("certificate-expired", {
      fr: `signée par ${name}, dont le certificat, ou celui d'une de ses autorités, a expiré le ${day(notAfter)}`,
      en: `signed by ${name}, whose certificate, or one of its authorities', expired on ${day(notAfter)}`,
    });
  }
  return revocationProblem(name, validity, at);
}

function day(time: number): string {
  return new Date(time).toISOString();
}

/**
 * Revocation of a certificate. If it expired after its timestamp, revocation lists of that time count: later
 * lists may omit expired certificates.
 */
function revocationProblem(
  name: string,
  { notAfter, revocationAt, stamp }: PkiValidity,
  at: number,
): Ignored | undefined {
  if (revocationAt === undefined) return undefined;
  const revocation = revocationAt(at + CLOCK_SKEW_MS);
  const archive = at > notAfter ? stamp?.archive : undefined;
  const { from = Number.POSITIVE_INFINITY } = archive ?? revocation;
  if (from <= at) {
    return ignored("certificate-revoked", {
      fr: `signée par ${name}, dont le certificat, ou celui d'une de ses autorités, est révoqué depuis le ${day(from)}`,
      en: `signed by ${name}, whose certificate, or one of its authorities', is revoked since ${day(from)}`,
    });
  }
  if (archive !== undefined) return archive.isCovered ? undefined : notCovered(name);
  const { listsUntil } = revocation;
  if (listsUntil === undefined) return listOfLater(name);
  if (at <= listsUntil) return undefined;
  return ignored("crl-expired", {
    fr: `signée par ${name} ; la liste de révocation de la politique n'est plus à jour depuis le ${day(listsUntil)}`,
    en: `signed by ${name}; the policy's revocation list is out of date since ${day(listsUntil)}`,
  });
}

function listOfLater(name: string): Ignored {
  return ignored("crl-not-yet-valid", {
    fr: `signée par ${name} ; la liste de révocation d'un émetteur de la chaîne n'est pas encore valable`,
    en: `signed by ${name}; the revocation list of an issuer in the chain is not valid yet`,
  });
}

function notCovered(name: string): Ignored {
  return ignored("crl-archive", {
    fr: `signée par ${name}, dont le certificat a expiré depuis ; il faut une liste de révocation établie entre l'horodatage et cette expiration, car les suivantes peuvent l'omettre`,
    en: `signed by ${name}, whose certificate has expired since; a revocation list made between the timestamp and that end is needed, for later ones may leave it out`,
  });
}
