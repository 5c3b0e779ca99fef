import { isLiteralSecret, isNamedSecret } from "./named-secret.ts";
import type { ScannedText } from "./scanned-text.ts";
import { isSecretName, nameKind } from "./secret-name.ts";
import type { SecretSpan } from "./spans.ts";

/**
 * Maximum length of a content in characters, more than any password or token has; keys have separate
 * detectors.
 */
const LONGEST = 1_024;
/** Cheap test that excludes most files. */
const MAY_BE =
  /(?:pass|pwd|secret|token|key|credential|mdp|jeton|cle|cookie|psk)[^/]{0,60}$|\/run\/secrets\//i;
const MOUNTED =
  /^\/(?:var\/)?run\/secrets\/[^/]+$|\/config\/credentials\/[\w-]{1,60}\.key$|\/\.erlang\.cookie$/;
/** Files identified only by their extension: `ldap.secret`. */
const BY_ENDING = /\/[^/]{1,100}\.(?:secret|pass|passwd|password|pwd|token|apikey|psk)$/i;
const NAMED = /\/([^/]{1,100}?)(?:\.(?:txt|secret|pass|pwd|token))?$/;

/** A line of passwd(5) without a hash: a variable such as `NSS_WRAPPER_PASSWD` names a file of such lines. */
const ACCOUNT = /^[^:\s]{1,100}:[x*!]{0,2}:/;

/**
 * Secret of a file that consists only of a secret, recognised by its name: `master.key`,
 * `/run/secrets/db_password`, `.vault-token`.
 */
export function wholeFile(scanned: ScannedText): readonly SecretSpan[] {
  const { path } = scanned;
  if (!MAY_BE.test(path)) return [];
  const name = NAMED.exec(path)?.[1] ?? "";
  const isMeant = MOUNTED.test(path) || BY_ENDING.test(path) || (isSecretName(name) && name !== "passwd");
  // A file whose name means only "key" may be public: it counts only if it looks random.
  if (!isMeant && nameKind(name) !== "key") return [];
  const { text } = scanned;
  const value = text.length > LONGEST ? "" : text.trim();
  if (value === "" || /[\s{}<>]/.test(value) || !isLiteralSecret(value)) return [];
  if (!isMeant && !isNamedSecret(name, value)) return [];
  if (/passwd$/i.test(name) && ACCOUNT.test(value)) return [];
  const start = text.indexOf(value);
  return [{ kind: "named-secret", confidence: "likely", start, end: start + value.length, value }];
}
