import { UsageError } from "../../contract/error.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type Fields, fieldsOf, numberOf, textAt, textsOf } from "../../json/fields.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import { CLOCK_SKEW_MS } from "../policy/age.ts";

/** Variable in which Sigstore's clients find a job's identity token. */
export const SIGSTORE_TOKEN_VARIABLE = "SIGSTORE_ID_TOKEN";

/** Audience of tokens that a Fulcio accepts, unless it is configured otherwise. */
export const SIGSTORE_AUDIENCE = "sigstore";

/** Identity token for a Fulcio; only Fulcio verifies the token. */
export interface IdentityToken {
  readonly text: string;
  /** Text that the key signs to prove its possession: the verified e-mail address, otherwise the subject. */
  readonly challenge: string;
}

/**
 * Reads the claims that decide whether a Fulcio can accept a token, so that a wrong token is explained before
 * it is sent. Claims are not verified, and no error contains the token.
 *
 * @throws UsageError token-form, token-audience, token-expired, token-not-yet-valid
 */
export function identityToken(text: string, audience: string, now: Date): IdentityToken {
  const claims = claimsOf(text);
  const [subject, email] = [textAt(claims, "sub"), textAt(claims, "email")];
  const challenge = email !== undefined && claims["email_verified"] === true ? email : subject;
  const expires = numberOf(claims["exp"]);
  if (challenge === undefined || expires === undefined) throw notAToken();
  const audiences = [textAt(claims, "aud") ?? [], textsOf(claims["aud"])].flat();
  if (!audiences.includes(audience)) throw otherAudience(audiences, audience);
  const time = now.getTime();
  if (expires * 1000 <= time) throw expired(expires * 1000, now);
  const begins = Math.max(numberOf(claims["nbf"]) ?? 0, numberOf(claims["iat"]) ?? 0) * 1000;
  if (begins > time + CLOCK_SKEW_MS) throw notYetValid(begins, now);
  return { text, challenge };
}

function claimsOf(text: string): Fields {
  try {
    return fieldsOf(parseSignedJson(Buffer.from(text.split(".")[1] ?? "", "base64url"), "token"));
  } catch {
    throw notAToken();
  }
}

function notAToken(): UsageError {
  return refused("token-form", {
    fr: "le jeton d'identité n'est pas un JWT avec sub et exp",
    en: "the identity token is not a JWT with sub and exp",
  });
}

function otherAudience(seen: readonly string[], audience: string): UsageError {
  const list = seen.length === 0 ? "?" : seen.slice(0, 5).map(quoted).join(", ");
  const wanted = quoted(audience);
  return refused("token-audience", {
    fr: `le jeton d'identité est destiné à ${list}, et non à ${wanted} (claim aud). GitLab : « id_tokens: { ${SIGSTORE_TOKEN_VARIABLE}: { aud: ${excerpt(audience)} } } » ; si ce Fulcio attend un autre destinataire : --audience`,
    en: `the identity token is for ${list}, and not for ${wanted} (claim aud). GitLab: \`id_tokens: { ${SIGSTORE_TOKEN_VARIABLE}: { aud: ${excerpt(audience)} } }\`; if this Fulcio expects another audience: --audience`,
  });
}

function expired(at: number, now: Date): UsageError {
  const [end, clock] = [iso(at), iso(now.getTime())];
  return refused("token-expired", {
    fr: `le jeton d'identité a expiré le ${end} (l'horloge de cette machine indique ${clock}). Relancer le job, et attester dès son début`,
    en: `the identity token expired on ${end} (this machine's clock says ${clock}). Run the job again, and attest early in it`,
  });
}

function notYetValid(at: number, now: Date): UsageError {
  const [start, clock] = [iso(at), iso(now.getTime())];
  return refused("token-not-yet-valid", {
    fr: `le jeton d'identité n'est valable qu'à partir du ${start} (l'horloge de cette machine indique ${clock}). Mettre cette horloge à l'heure`,
    en: `the identity token is valid from ${start} only (this machine's clock says ${clock}). Set this clock right`,
  });
}

function iso(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "?" : date.toISOString();
}

function refused(code: string, { fr, en }: Text): UsageError {
  return new UsageError(code, { fr: `${fr}.`, en: `${en}.` });
}
