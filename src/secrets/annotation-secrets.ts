import { namedSecret } from "./credential-files.ts";
import { literalSettings } from "./literal-settings.ts";
import { ScannedText } from "./scanned-text.ts";
import { isSecretName } from "./secret-name.ts";
import type { SecretSpan } from "./spans.ts";

/**
 * Annotations with a checksum, such as `checksum/secret` of many charts: the pods restart when the Secret
 * changes.
 */
const CHECKSUM = /checksum|(?:^|[^a-z])(?:sha\d*|md5|hash|digest)(?:$|[^a-z])/i;
/** Values that are not secrets: names of objects, paths into a vault, lists of both. */
const NAMES = /^[a-z0-9]+(?:[._/,-][a-z0-9]+)*$/;
const PATH = /^[\w.-]+(?:\/[\w.-]+)+$/;

/**
 * Secrets that an annotation's key reveals. The key's prefix is only its owner's domain, and `secret` usually
 * means an object or a path, not a value: secret.reloader.stakater.com/reload: db,
 * vault.hashicorp.com/agent-inject-secret-db: kv/data/aides/db.
 */
export function inAnnotation(key: string, value: string): readonly SecretSpan[] {
  if (MANIFEST.test(value)) return inManifest(value);
  if (CHECKSUM.test(key) || PATH.test(value)) return [];
  const name = key.slice(key.lastIndexOf("/") + 1);
  const withoutSecret = name.replace(/secret/gi, "");
  if (!isSecretName(withoutSecret) && NAMES.test(value)) return [];
  return namedSecret({ name, value, start: 0, end: value.length });
}

/** The last applied manifest as JSON, which kubectl, kapp and other tools store in an annotation. */
const MANIFEST = /^\s{0,20}\{(?=[^]{0,200}"apiVersion")/;

/** Secrets in the last applied manifest, which the current manifest may no longer contain. */
function inManifest(value: string): readonly SecretSpan[] {
  return literalSettings(new ScannedText(() => value, "/manifest.json"));
}
