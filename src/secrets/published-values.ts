import type { ConfigSecretFacts } from "../contract/config-object-facts.ts";
import { byContent } from "./command-secrets.ts";
import { maskValue, secretId } from "./mask.ts";
import { maskText } from "./scan.ts";

/** Characters before a secret in which the name of its field is searched. */
const BEFORE = 2000;
/** Name of a field in JSON. */
const FIELD = /"([^"\\\n]{1,253})":/g;

/**
 * Secrets in an object's fields, identified by content. Names identify none, since a field `passwordKey` of a
 * custom resource may contain the name of a key.
 *
 * @param object `Service/web`, part of the secrets' ids
 * @param value value of the object, in which encoded texts are decoded
 */
export function publishedSecrets(object: string, value: unknown): readonly ConfigSecretFacts[] {
  const text = JSON.stringify(value, null, 1) ?? "";
  // A reference `kind: Secret` beside a field `data` makes no Secret of another object.
  const found = byContent(text).filter(({ kind }) => kind !== "kubernetes-secret");
  return found.map(({ kind, confidence, value: secret, start }) => {
    const key = keyBefore(text, start);
    const id = secretId(kind, `${object} ${key}`, secret);
    return { key: maskText(key), kind, confidence, masked: maskValue(secret), id };
  });
}

function keyBefore(text: string, start: number): string {
  const names = [...text.slice(Math.max(0, start - BEFORE), start).matchAll(FIELD)];
  return names.at(-1)?.[1] ?? "";
}
