import { namedSecret } from "./credential-files.ts";
import { isSecretName } from "./secret-name.ts";
import type { SecretSpan } from "./spans.ts";

/** `checksum/secret`, as every chart has it: the pods restart when the Secret changes. */
const CHECKSUM = /checksum|(?:^|[^a-z])(?:sha\d*|md5|hash|digest)(?:$|[^a-z])/i;
/** Names of objects, paths into a vault, lists of them. */
const NAMES = /^[a-z0-9]+(?:[._/,-][a-z0-9]+)*$/;
const PATH = /^[\w.-]+(?:\/[\w.-]+)+$/;

/**
 * What an annotation's key betrays. The key's prefix is its owner's domain; and `secret` means an
 * object or a path far more often than a value: secret.reloader.stakater.com/reload: db,
 * vault.hashicorp.com/agent-inject-secret-db: kv/data/aides/db.
 */
export function inAnnotation(key: string, value: string): readonly SecretSpan[] {
  if (CHECKSUM.test(key) || PATH.test(value)) return [];
  const name = key.slice(key.lastIndexOf("/") + 1);
  const withoutSecret = name.replace(/secret/gi, "");
  if (!isSecretName(withoutSecret) && NAMES.test(value)) return [];
  return namedSecret({ name, value, start: 0, end: value.length });
}
