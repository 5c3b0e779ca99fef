// Patches as the API server applies them: JSON merge patch (RFC 7386) and the strategic merge patch of built-in
// kinds (community/contributors/devel/sig-api-machinery/strategic-merge-patch.md).

type Mapping = Readonly<Record<string, unknown>>;

/** Keys by which the elements of a list are merged, by the list's field. Other lists are replaced. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  conditions: "type",
  containers: "name",
  env: "name",
  ephemeralContainers: "name",
  imagePullSecrets: "name",
  initContainers: "name",
  matchConditions: "name",
  ownerReferences: "uid",
  ports: "containerPort",
  variables: "name",
  volumeMounts: "mountPath",
  volumes: "name",
  webhooks: "name",
};

/** JSON merge patch: null removes, mappings are merged, everything else is replaced. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isMapping(patch)) return patch;
  return merged(target, patch, (_, old, value) => mergePatch(old, value));
}

/** Strategic merge patch. */
export function strategicPatch(target: unknown, patch: unknown): unknown {
  if (!isMapping(patch)) return patch;
  if (patch["$patch"] === "replace") return without(patch);
  const changed = merged(target, without(patch), mergedField);
  const keys = patch["$retainKeys"];
  if (!Array.isArray(keys) || !isMapping(changed)) return changed;
  return Object.fromEntries(Object.entries(changed).filter(([name]) => keys.includes(name)));
}

function mergedField(name: string, old: unknown, value: unknown): unknown {
  const key = MERGE_KEYS[name];
  if (Array.isArray(value) && key !== undefined) return mergedList(Array.isArray(old) ? old : [], value, key);
  return strategicPatch(old, value);
}

function mergedList(old: readonly unknown[], patch: readonly unknown[], key: string): readonly unknown[] {
  const elements = new Map(old.filter(isMapping).map((one) => [one[key], one as unknown]));
  for (const one of patch.filter(isMapping)) {
    const id = one[key];
    if (one["$patch"] === "delete") elements.delete(id);
    else elements.set(id, strategicPatch(elements.get(id), one));
  }
  return [...elements.values()];
}

function merged(
  target: unknown,
  patch: Mapping,
  field: (name: string, old: unknown, value: unknown) => unknown,
): Mapping {
  const result = new Map(Object.entries(isMapping(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, field(name, result.get(name), value));
  }
  return Object.fromEntries(result);
}

/** The patch without its directives, of which those about the order of lists change nothing that is judged. */
function without(patch: Mapping): Mapping {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !name.startsWith("$")));
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
