import { isLiteralSecret } from "./named-secret.ts";
import type { ScannedText } from "./scanned-text.ts";
import { isSecretName } from "./secret-name.ts";
import type { SecretSpan } from "./spans.ts";

/** Longer than any password or token; a key has its own detectors. */
const LONGEST = 1_024;
/** Most files are told apart by this alone. */
const MAY_BE = /(?:pass|pwd|secret|token|key|credential|mdp|jeton|cle|cookie)[^/]{0,60}$|\/run\/secrets\//i;
const MOUNTED =
  /^\/(?:var\/)?run\/secrets\/[^/]+$|\/config\/credentials\/[\w-]{1,60}\.key$|\/\.erlang\.cookie$/;
const NAMED = /\/([^/]{1,100}?)(?:\.(?:txt|secret|pass|pwd|token))?$/;

/** A file that is a secret and nothing else, by its name: `master.key`, `/run/secrets/db_password`, `.vault-token`. */
export function wholeFile(scanned: ScannedText): readonly SecretSpan[] {
  const { path } = scanned;
  if (!MAY_BE.test(path)) return [];
  const name = NAMED.exec(path)?.[1] ?? "";
  if (!MOUNTED.test(path) && (!isSecretName(name) || name === "passwd")) return [];
  const { text } = scanned;
  const value = text.length > LONGEST ? "" : text.trim();
  if (value === "" || /[\s{}<>]/.test(value) || !isLiteralSecret(value)) return [];
  const start = text.indexOf(value);
  return [{ kind: "named-secret", confidence: "likely", start, end: start + value.length, value }];
}
