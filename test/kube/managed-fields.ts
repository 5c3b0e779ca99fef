// Managed fields of a write (sigs.k8s.io/structured-merge-diff, FieldsV1): who set what.

type Mapping = Readonly<Record<string, unknown>>;

/** Fields that are structs within structs, and so have no existence of their own. */
const EMBEDDED = new Set(["metadata", "spec", "template", "jobTemplate", "strategy"]);
/** Fields that are owned as a whole. */
const ATOMIC = new Set(["selector", "command", "args", "nodeSelector", "capabilities.add"]);
/** Keys of the elements of lists that are merged. */
const KEYS: Readonly<Record<string, string>> = {
  containers: "name",
  initContainers: "name",
  ephemeralContainers: "name",
  env: "name",
  ownerReferences: "uid",
  volumes: "name",
};
/** Fields of the metadata that the server sets. */
const OF_SERVER = new Set([
  "name",
  "namespace",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "managedFields",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
]);

/** A write, as managedFields tell it. */
export interface Manager {
  readonly manager: string;
  readonly apiVersion: string;
  readonly subresource?: string;
}

/**
 * Entry for the fields of an object that differ from the old one.
 *
 * @returns undefined if none does
 */
export function managedEntry(object: Mapping, old: Mapping | undefined, by: Manager): object | undefined {
  const fields: Record<string, unknown> = {};
  for (const part of ["metadata", "spec"]) {
    const value = changedIn(part, ownOf(part, object[part]), ownOf(part, old?.[part]));
    if (value !== undefined) fields[`f:${part}`] = value;
  }
  if (Object.keys(fields).length === 0) return undefined;
  const { manager, apiVersion, subresource } = by;
  return {
    manager,
    operation: "Update",
    apiVersion,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    fieldsType: "FieldsV1",
    fieldsV1: fields,
    ...(subresource === undefined ? {} : { subresource }),
  };
}

function ownOf(part: string, value: unknown): unknown {
  if (part !== "metadata" || !isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !OF_SERVER.has(key)));
}

/** Field set of a value without what equals the old one; undefined if nothing is left. */
function changedIn(name: string, value: unknown, old: unknown): unknown {
  if (value === undefined || JSON.stringify(value) === JSON.stringify(old)) return undefined;
  if (ATOMIC.has(name)) return {};
  if (Array.isArray(value)) return listSet(name, value, old);
  if (!isMapping(value)) return {};
  const before = isMapping(old) ? old : {};
  const entries = Object.entries(value).flatMap(([key, one]) => {
    const changed = changedIn(key, one, before[key]);
    return changed === undefined ? [] : [[`f:${key}`, changed] as const];
  });
  if (entries.length === 0) return old === undefined && !EMBEDDED.has(name) ? {} : undefined;
  return Object.fromEntries(EMBEDDED.has(name) || old !== undefined ? entries : [[".", {}], ...entries]);
}

function listSet(name: string, value: readonly unknown[], old: unknown): unknown {
  const key = KEYS[name];
  if (name === "finalizers")
    return Object.fromEntries([[".", {}], ...value.map((one) => [`v:${JSON.stringify(one)}`, {}])]);
  if (key === undefined) return {};
  const before = Array.isArray(old) ? old.filter(isMapping) : [];
  const entries = value.filter(isMapping).flatMap((one) => {
    const id = one[key];
    const changed = changedIn(
      "item",
      one,
      before.find((other) => other[key] === id),
    );
    // An owner reference is owned as a whole.
    return changed === undefined
      ? []
      : [[`k:${JSON.stringify({ [key]: id })}`, name === "ownerReferences" ? {} : changed]];
  });
  const isNew = old === undefined && !["containers"].includes(name);
  return Object.fromEntries(isNew ? [[".", {}], ...entries] : entries);
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
