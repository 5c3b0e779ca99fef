// PersistentVolumeClaims as the API server accepts them (k8s.io/kubernetes, pkg/apis/core/validation,
// ValidatePersistentVolumeClaim).

import type { Text } from "../../contract/text.ts";
import { quantity, string } from "../decode/scalars.ts";
import { isUnfilled } from "../objects/unfilled.ts";
import {
  checkText,
  entries,
  type Field,
  isSet,
  member,
  pathOf,
  reject,
  rejectMissing,
  rejectValue,
  textOf,
} from "./field.ts";
import { DNS_SUBDOMAIN } from "./names.ts";
import { checkOwnMetadata } from "./own-metadata.ts";
import { amountOf } from "./quantity.ts";

const FOR_ONE_POD = "ReadWriteOncePod";
const ACCESS_MODES = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", FOR_ONE_POD];
const VOLUME_MODES = ["Filesystem", "Block"];

export function checkClaim(object: Field): void {
  const spec = member(object, "spec");
  checkOwnMetadata(object);
  checkAccessModes(member(spec, "accessModes"));
  checkStorage(member(spec, "resources", "requests", "storage"));
  const mode = member(spec, "volumeMode");
  if (isSet(mode)) checkOneOf(mode, VOLUME_MODES);
  const storageClass = member(spec, "storageClassName");
  if (isSet(storageClass) && checkString(storageClass)) checkText(storageClass, DNS_SUBDOMAIN);
}

function checkAccessModes(modes: Field): void {
  const all = entries(modes);
  if (all.length === 0 && !isUnfilled(textOf(modes) ?? "")) return rejectMissing(modes);
  for (const mode of all) checkOneOf(mode, ACCESS_MODES);
  if (all.some(({ value }) => value === FOR_ONE_POD) && new Set(all.map(({ value }) => value)).size > 1) {
    reject(modes, NOT_ALONE);
  }
}

function checkStorage(storage: Field): void {
  if (!isSet(storage)) return rejectMissing(storage);
  if (isUnfilled(textOf(storage) ?? "")) return;
  const amount = quantity(storage.value, { path: [...pathOf(storage)], invalid: storage.invalid });
  if (amount !== undefined && amountOf(amount) <= 0) rejectValue(storage, POSITIVE);
}

function checkOneOf(field: Field, words: readonly string[]): void {
  if (!checkString(field) || words.includes(String(field.value))) return;
  const shown = words.join(", ");
  rejectValue(field, { fr: `l'une des valeurs ${shown}`, en: `one of ${shown}` });
}

/** Whether a field is a text that is not filled in later. */
function checkString(field: Field): boolean {
  const text = string(field.value, { path: [...pathOf(field)], invalid: field.invalid });
  return text !== undefined && !isUnfilled(text);
}

const POSITIVE: Text = { fr: "une quantité au-dessus de 0", en: "a quantity above 0" };
const NOT_ALONE: Text = {
  fr: `ne peut contenir rien d'autre à côté de ${FOR_ONE_POD}`,
  en: `cannot contain anything beside ${FOR_ONE_POD}`,
};
