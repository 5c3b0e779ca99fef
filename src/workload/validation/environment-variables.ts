import type { Text } from "../../contract/text.ts";
import {
  checkRequiredText,
  checkText,
  entries,
  type Field,
  isSet,
  member,
  pairs,
  reject,
  rejectMissing,
} from "./field.ts";
import { DATA_KEY, DNS_SUBDOMAIN, VARIABLE_NAME } from "./names.ts";

/** Checks variables of a container, each with a value or a source. */
export function checkVariables(env: Field): void {
  for (const variable of entries(env)) {
    checkRequiredText(member(variable, "name"), VARIABLE_NAME);
    const from = member(variable, "valueFrom");
    if (!isSet(from)) continue;
    const value = member(variable, "value");
    if (isSet(value) && value.value !== "") reject(from, BESIDE_VALUE);
    checkOneSource(from, ["secretKeyRef", "configMapKeyRef", "fieldRef", "resourceFieldRef", "fileKeyRef"]);
    for (const kind of ["secretKeyRef", "configMapKeyRef"]) checkKeyReference(member(from, kind));
  }
}

function checkKeyReference(reference: Field): void {
  if (!isSet(reference)) return;
  checkText(member(reference, "name"), DNS_SUBDOMAIN);
  checkRequiredText(member(reference, "key"), DATA_KEY);
}

/** Checks objects whose keys all become variables. */
export function checkVariableSources(envFrom: Field): void {
  for (const source of entries(envFrom)) {
    checkText(member(source, "prefix"), VARIABLE_NAME);
    checkOneSource(source, ["configMapRef", "secretRef"]);
    for (const kind of ["configMapRef", "secretRef"]) checkText(member(source, kind, "name"), DNS_SUBDOMAIN);
  }
}

/**
 * Checks that there is exactly one source. Unknown sources count, since a later Kubernetes may support them.
 */
function checkOneSource(holder: Field, known: readonly string[]): void {
  const named = pairs(holder).filter(([key, { value }]) => value !== undefined && key !== "prefix");
  if (named.length === 0) rejectMissing(member(holder, known[0] ?? ""));
  else if (named.filter(([key]) => known.includes(key)).length > 1) reject(holder, SEVERAL);
}

const BESIDE_VALUE: Text = {
  fr: "ne peut pas être donné à côté de value",
  en: "cannot be set beside value",
};

const SEVERAL: Text = { fr: "nomme plusieurs sources à la fois", en: "names several sources at once" };
