import { admit, type Write } from "./admission.ts";
import { mergePatch, strategicPatch } from "./patch.ts";
import { groupPath, RESOURCES, type Resource } from "./resources.ts";
import { alreadyExists, conflict, notFound, StatusError } from "./status.ts";
import type { KubeObject, Storage } from "./storage.ts";

/** What a path names. */
export interface Target {
  readonly resource: Resource;
  /** Empty for all namespaces and for cluster objects. */
  readonly namespace: string;
  /** Empty for the list. */
  readonly name: string;
  readonly subresource: string;
}

/** A write over HTTP. */
export interface Change {
  readonly target: Target;
  readonly method: string;
  readonly contentType: string;
  readonly body: unknown;
  readonly isDryRun: boolean;
}

/** Answer to a write. */
interface Changed {
  readonly code: number;
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

/** Target of a path; undefined for paths of no resource. */
export function targetOf(path: string): Target | undefined {
  for (const resource of RESOURCES) {
    const prefix = `${groupPath(resource)}/`;
    if (!path.startsWith(prefix)) continue;
    const parts = path.slice(prefix.length).split("/").map(decodeURIComponent);
    const isWithin = resource.namespaced && parts[0] === "namespaces" && parts.length > 2;
    const [plural, name = "", subresource = ""] = isWithin ? parts.slice(2) : parts;
    if (plural !== resource.plural) continue;
    if (subresource !== "" && !resource.subresources.includes(subresource)) continue;
    return { resource, namespace: isWithin ? (parts[1] ?? "") : "", name, subresource };
  }
  return undefined;
}

/** Carries out a write. @throws StatusError */
export function change(storage: Storage, { method, ...request }: Change): Changed {
  if (method === "POST") return created(storage, request);
  const { target, isDryRun } = request;
  const { resource, namespace, name } = target;
  const old = storage.get(resource, namespace, name);
  if (old === undefined) throw notFound(resource, name);
  if (method === "DELETE") {
    if (!isDryRun) storage.remove(resource, old);
    return { code: 200, object: old, warnings: [] };
  }
  const object = method === "PUT" ? objectOf(request.body) : patched(old, request);
  const { resourceVersion = old.metadata.resourceVersion } = object.metadata;
  if (resourceVersion !== old.metadata.resourceVersion) throw conflict(resource, name);
  return stored(storage, target, { object, oldObject: old, operation: "UPDATE", isDryRun });
}

function created(storage: Storage, { target, body, isDryRun }: Omit<Change, "method">): Changed {
  const { resource, namespace } = target;
  const given = objectOf(body);
  const generated = (given.metadata as { generateName?: string }).generateName;
  const name =
    given.metadata.name ?? `${generated ?? "unnamed-"}${storage.version.toString(36).padStart(5, "0")}`;
  if (storage.get(resource, namespace, name) !== undefined) throw alreadyExists(resource, name);
  const metadata = { ...given.metadata, name, ...(resource.namespaced ? { namespace } : {}) };
  return stored(storage, target, { object: { ...given, metadata }, operation: "CREATE", isDryRun });
}

function stored(
  storage: Storage,
  { resource, subresource }: Target,
  {
    isDryRun,
    object,
    operation,
    oldObject,
  }: Pick<Write, "object" | "operation"> & { oldObject?: KubeObject; isDryRun: boolean },
): Changed {
  const warnings = admit(storage, { resource, subresource, operation, object, oldObject });
  const code = operation === "CREATE" ? 201 : 200;
  return { code, object: isDryRun ? object : storage.put(resource, object), warnings };
}

function patched(old: KubeObject, { contentType, body }: Pick<Change, "contentType" | "body">): KubeObject {
  if (contentType === "application/merge-patch+json") return mergePatch(old, body) as KubeObject;
  if (contentType === "application/strategic-merge-patch+json")
    return strategicPatch(old, body) as KubeObject;
  throw unsupported(contentType);
}

function objectOf(body: unknown): KubeObject {
  if (typeof body === "object" && body !== null && "metadata" in body) return body as KubeObject;
  throw new StatusError(400, "BadRequest", "the body of the request holds no object");
}

/** The fake speaks JSON alone. */
export function unsupported(contentType: string): StatusError {
  const message = `the body of the request was in an unknown format - accepted media types include: application/json (${contentType})`;
  return new StatusError(415, "UnsupportedMediaType", message);
}
