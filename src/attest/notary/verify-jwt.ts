import { verify } from "node:crypto";
import { excerpt, quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type Fields, textAt } from "../../json/fields.ts";
import type { IssuerKey, IssuerKeys } from "./jwks.ts";
import { parseToken, type UnverifiedToken } from "./parse-jwt.ts";
import { NotaryRefusal } from "./refusal.ts";
import type { TrustedIssuer } from "./trusted-issuer.ts";

/** Claims of a token that its issuer signed for the notary, within its validity. */
export interface VerifiedToken {
  readonly issuer: TrustedIssuer;
  readonly claims: Fields;
  /** `jti`: unique for each token of the issuer. */
  readonly id: string;
  /** `iat`, in milliseconds since 1970. */
  readonly issued: number;
  /** `exp`, in milliseconds since 1970. */
  readonly expires: number;
}

/** Accepted difference between the clocks of issuer and notary, in milliseconds: both are synchronised servers. */
const SKEW_MS = 60_000;
/** Longest validity, in milliseconds: a token of a job lives for minutes, at most for the job's longest time. */
const LONGEST_MS = 24 * 3_600_000;

const KEY_TYPES: Readonly<Record<string, string>> = { RS256: "rsa", ES256: "ec" };

/**
 * Verifies a job's identity token. The issuer is selected among the trusted issuers before any key is looked
 * up, so that equal key ids of two issuers are never confused. The algorithm must be that of the key.
 *
 * @param now milliseconds since 1970
 * @throws NotaryRefusal token-…; as the keys' port
 */
export async function verifyToken(
  token: string,
  {
    issuers,
    keys,
    now,
  }: { readonly issuers: readonly TrustedIssuer[]; readonly keys: IssuerKeys; readonly now: number },
): Promise<VerifiedToken> {
  const parsed = parseToken(token);
  if (!Object.hasOwn(KEY_TYPES, parsed.algorithm))
    throw refused("token-algorithm", algorithmText(parsed.algorithm));
  const issuer = issuers.find(({ url }) => url === parsed.claims["iss"]);
  if (issuer === undefined) throw refused("token-issuer", issuerText(textAt(parsed.claims, "iss") ?? ""));
  const key = await keys.find(issuer, parsed.keyId, now);
  if (key === undefined) throw refused("token-key", keyText(parsed.keyId, issuer));
  if (!isSigned(parsed, key)) throw refused("token-signature", SIGNATURE);
  return { issuer, ...valid(parsed.claims, issuer, now) };
}

/** Whether the key made the signature, with the header's algorithm; the algorithm must fit the key's type. */
function isSigned({ algorithm, signed, signature }: UnverifiedToken, { key }: IssuerKey): boolean {
  if (KEY_TYPES[algorithm] !== key.asymmetricKeyType) return false;
  if (algorithm === "RS256") return verify("sha256", signed, key, signature);
  const isP256 = key.asymmetricKeyDetails?.namedCurve === "prime256v1" && signature.length === 64;
  return isP256 && verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, signature);
}

function valid(claims: Fields, issuer: TrustedIssuer, now: number): Omit<VerifiedToken, "issuer"> {
  const audiences: readonly unknown[] = Array.isArray(claims["aud"]) ? claims["aud"] : [claims["aud"]];
  // A token for several services is refused: each of them could use it in the job's name.
  if (audiences.length !== 1 || audiences[0] !== issuer.audience)
    throw refused("token-audience", audienceText(issuer));
  const [expires, notBefore, issued] = ["exp", "nbf", "iat"].map((name) => timeAt(claims, name));
  if (expires === undefined || issued === undefined) throw refused("token-times", TIMES);
  if (now >= expires + SKEW_MS) throw refused("token-expired", EXPIRED);
  if (now < Math.max(notBefore ?? issued, issued) - SKEW_MS) throw refused("token-not-yet", NOT_YET);
  if (expires - issued > LONGEST_MS) throw refused("token-times", TIMES);
  const id = textAt(claims, "jti");
  if (id === undefined || id.length > 200) throw refused("token-id", ID);
  return { claims, id, issued, expires };
}

/** Time of a claim in milliseconds since 1970; undefined if the claim is not a whole number of seconds. */
function timeAt(claims: Fields, name: string): number | undefined {
  const value = claims[name];
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value * 1_000 : undefined;
}

function refused(code: string, text: Text): NotaryRefusal {
  return new NotaryRefusal(401, code, text);
}

function algorithmText(algorithm: string): Text {
  const seen = quoted(excerpt(algorithm));
  return {
    fr: `le jeton est signé par ${seen} : seuls RS256 et ES256 sont acceptés.`,
    en: `the token is signed with ${seen}: RS256 and ES256 alone are accepted.`,
  };
}

function issuerText(issuer: string): Text {
  const seen = quoted(excerpt(issuer));
  return {
    fr: `l'émetteur ${seen} n'est pas de ceux que la politique nomme. Vérifier l'adresse de la forge, au caractère près.`,
    en: `the issuer ${seen} is not one of those that the policy names. Check the forge's address, character by character.`,
  };
}

function keyText(keyId: string, { url }: TrustedIssuer): Text {
  const seen = quoted(excerpt(keyId));
  return {
    fr: `${url} n'a pas de clé ${seen}, ou l'a depuis moins d'une minute. Recommencer dans une minute ; si cela persiste, le jeton n'est pas de cette forge.`,
    en: `${url} has no key ${seen}, or has had it for less than a minute. Try again in a minute; if this persists, the token is not this forge's.`,
  };
}

function audienceText({ audience }: TrustedIssuer): Text {
  return {
    fr: `le jeton n'est pas pour ce notaire seul : demander un jeton dont « aud » est ${quoted(audience)} (GitLab : id_tokens, aud ; GitHub : audience).`,
    en: `the token is not for this notary alone: ask for a token whose "aud" is ${quoted(audience)} (GitLab: id_tokens, aud; GitHub: audience).`,
  };
}

const SIGNATURE: Text = {
  fr: "la signature du jeton n'est pas de la clé que son en-tête nomme. Donner le jeton du job tel que la forge l'a émis.",
  en: "the token's signature is not by the key that its header names. Give the job's token as the forge issued it.",
};
const TIMES: Text = {
  fr: "le jeton ne dit pas quand il a été émis et quand il expire (iat, exp), ou vaut plus de 24 h.",
  en: "the token does not say when it was issued and when it expires (iat, exp), or is valid for more than 24 h.",
};
const EXPIRED: Text = {
  fr: "le jeton a expiré. Appeler le notaire dans le job qui a reçu le jeton, tant qu'il s'exécute.",
  en: "the token has expired. Call the notary in the job that got the token, while it runs.",
};
const NOT_YET: Text = {
  fr: "le jeton n'est pas encore valide. Vérifier l'heure de la forge et celle du notaire.",
  en: "the token is not valid yet. Check the clocks of the forge and of the notary.",
};
const ID: Text = {
  fr: "le jeton n'a pas d'identifiant (jti) : rien ne dirait s'il sert deux fois.",
  en: "the token has no id (jti): nothing would tell whether it is used twice.",
};
