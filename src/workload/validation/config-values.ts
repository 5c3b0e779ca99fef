// ConfigMaps and Secrets as the API server accepts them (k8s.io/kubernetes, pkg/apis/core/validation,
// ValidateConfigMap and ValidateSecret). Checks end at the first field that is refused. Values that another
// program fills in are not judged, and no value is shown.

import type { Text } from "../../contract/text.ts";
import { isMapping } from "../decode/collections.ts";
import { boolean, string } from "../decode/scalars.ts";
import { isUnfilled } from "../objects/unfilled.ts";
import { type Field, isSet, member, pairs, pathOf, reject, rejectMissing, textOf } from "./field.ts";
import { DATA_KEY } from "./names.ts";
import { checkOwnMetadata } from "./own-metadata.ts";

/** Maximum number of bytes of all values of an object together (MaxSecretSize). */
const VALUE_BYTES = 1024 * 1024;

export function checkConfigMap(object: Field): void {
  const [data, binary] = [member(object, "data"), member(object, "binaryData")];
  checkOwnMetadata(object);
  checkBoolean(member(object, "immutable"));
  checkValues(data, checkString);
  checkValues(binary, checkBase64);
  const inBoth = new Set(pairs(data).map(([key]) => key));
  for (const [key, value] of pairs(binary)) if (inBoth.has(key)) return reject(value, IN_BOTH);
  const bytes = sizeOf(bytesIn(data, "utf8").values()) + sizeOf(bytesIn(binary, "base64").values());
  if (bytes > VALUE_BYTES) reject(data, TOO_LARGE);
}

export function checkSecret(object: Field): void {
  const [data, plain] = [member(object, "data"), member(object, "stringData")];
  checkOwnMetadata(object);
  checkBoolean(member(object, "immutable"));
  checkValues(data, checkBase64);
  checkValues(plain, checkString);
  const type = member(object, "type");
  if (isSet(type)) checkString(type);
  if (object.invalid.length > 0) return;
  // The API server writes stringData over data.
  const values = new Map([...bytesIn(data, "base64"), ...bytesIn(plain, "utf8")]);
  if (sizeOf(values.values()) > VALUE_BYTES) return reject(data, TOO_LARGE);
  checkType(object, textOf(type) ?? "", values);
}

/** Keys that the API server demands of Secrets of a type. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};

function checkType(object: Field, type: string, values: ReadonlyMap<string, Buffer>): void {
  const data = member(object, "data");
  for (const key of Object.hasOwn(KEYS, type) ? (KEYS[type] ?? []) : []) {
    const bytes = values.get(key);
    if (bytes === undefined || (bytes.length === 0 && key === "ssh-privatekey")) {
      return rejectMissing(member(data, key));
    }
    if (key.startsWith(".docker") && !isJsonObject(bytes)) return reject(member(data, key), NOT_JSON);
  }
  if (type === "kubernetes.io/basic-auth" && !values.has("username") && !values.has("password")) {
    return rejectMissing(member(data, "username"));
  }
  if (type !== "kubernetes.io/service-account-token") return;
  const account = member(object, "metadata", "annotations", "kubernetes.io/service-account.name");
  if ((account.value ?? "") === "") rejectMissing(account);
}

function isJsonObject(bytes: Buffer): boolean {
  const text = bytes.toString("utf8");
  if (isUnfilled(text)) return true;
  try {
    const value: unknown = JSON.parse(text);
    return value === null || isMapping(value);
  } catch {
    return false;
  }
}

function checkBoolean(field: Field): void {
  if (isSet(field)) boolean(field.value, { path: [...pathOf(field)], invalid: field.invalid });
}

function checkString(field: Field): void {
  string(field.value, { path: [...pathOf(field)], invalid: field.invalid });
}

function checkBase64(field: Field): void {
  const text = textOf(field);
  if (text === undefined) checkString(field);
  else if (!isUnfilled(text) && !isBase64(text)) reject(field, NOT_BASE64);
}

/** Whether Go's base64.StdEncoding decodes a text: it ignores line breaks, and demands the padding. */
function isBase64(text: string): boolean {
  const bare = text.replace(/[\r\n]/g, "");
  return bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare);
}

/** Checks keys and values up to the first that is refused; null is an empty value. */
function checkValues(values: Field, checkValue: (value: Field) => void): void {
  if (isSet(values) && !isMapping(values.value)) return reject(values, NO_MAPPING);
  for (const [key, value] of pairs(values)) {
    if (values.invalid.length > 0) return;
    if (!DATA_KEY.isValid(key) && !isUnfilled(key)) reject(value, KEY);
    else if (isSet(value)) checkValue(value);
  }
}

/** Values by key; null is an empty value. A value that is not filled in yet counts as it is written. */
function bytesIn(values: Field, encoding: "base64" | "utf8"): ReadonlyMap<string, Buffer> {
  return new Map(
    pairs(values).map(([key, value]) => {
      const text = textOf(value) ?? "";
      return [key, Buffer.from(text, isUnfilled(text) ? "utf8" : encoding)] as const;
    }),
  );
}

function sizeOf(values: Iterable<Buffer>): number {
  return [...values].reduce((sum, { length }) => sum + length, 0);
}

const NO_MAPPING: Text = {
  fr: "attend des clés et leurs valeurs",
  en: "must be keys with their values",
};
const KEY: Text = {
  fr: "n'a pas une clé permise : 253 lettres, chiffres, « - », « _ » et « . » au plus, sans « .. » au début",
  en: 'does not have an allowed key: at most 253 letters, digits, "-", "_" and ".", without ".." at the start',
};
const NOT_BASE64: Text = {
  fr: "n'est pas du base64 standard, avec son remplissage (=)",
  en: "is not standard base64 with its padding (=)",
};
const NOT_JSON: Text = { fr: "n'est pas un objet JSON", en: "is not a JSON object" };
const IN_BOTH: Text = { fr: "est aussi une clé de data", en: "is also a key of data" };
const TOO_LARGE: Text = {
  fr: `dépasse, avec les autres valeurs, ${VALUE_BYTES} octets`,
  en: `exceeds, with the other values, ${VALUE_BYTES} bytes`,
};
