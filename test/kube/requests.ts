import { randomUUID } from "node:crypto";
import { admit } from "./admission.ts";
import { withDefaults, withPluginDefaults } from "./defaults.ts";
import { managedEntry } from "./managed-fields.ts";
import { mergePatch, strategicPatch } from "./patch.ts";
import { apiVersionOf, groupPath, RESOURCES, type Resource } from "./resources.ts";
import { alreadyExists, conflict, notFound, StatusError } from "./status.ts";
import type { KubeObject, Storage } from "./storage.ts";
import type { UserInfo, Write } from "./write.ts";

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
  readonly user: UserInfo;
  /** First word of the client's User-Agent, by which a client without fieldManager is known. */
  readonly agent: string;
  /** `fieldManager` and `fieldValidation` of the query; absent if the client named none. */
  readonly fieldManager?: string;
  readonly fieldValidation?: string;
}

/** Answer to a write. */
interface Changed {
  readonly code: number;
  readonly object: KubeObject;
  readonly warnings: readonly string[];
  readonly audit: Readonly<Record<string, string>>;
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
export async function change(storage: Storage, request: Change): Promise<Changed> {
  const { method, target, body } = request;
  if (method === "POST") return created(storage, request);
  const { resource, namespace, name } = target;
  const old = storage.get(resource, namespace, name);
  if (old === undefined) throw notFound(resource, name);
  if (method === "DELETE") return deleted(storage, request, old);
  const object = method === "PUT" ? objectOf(body) : patched(old, request);
  const { resourceVersion = old.metadata.resourceVersion } = object.metadata;
  if (resourceVersion !== old.metadata.resourceVersion) throw conflict(resource, name);
  return stored(storage, request, managed(withDefaults(object), old, request), old);
}

async function created(storage: Storage, request: Change): Promise<Changed> {
  const { resource, namespace } = request.target;
  const given = objectOf(request.body);
  const generated = (given.metadata as { generateName?: string }).generateName;
  const name =
    given.metadata.name ?? `${generated ?? "unnamed-"}${storage.version.toString(36).padStart(5, "0")}`;
  if (storage.get(resource, namespace, name) !== undefined) throw alreadyExists(resource, name);
  const metadata = {
    ...given.metadata,
    name,
    ...(resource.namespaced ? { namespace } : {}),
    uid: randomUUID(),
    generation: 1,
    creationTimestamp: now(),
  };
  const typed = { ...given, apiVersion: apiVersionOf(resource), kind: resource.kind, metadata };
  const object = managed(withDefaults(typed), undefined, request);
  return stored(storage, request, withPluginDefaults(object), undefined);
}

async function deleted(storage: Storage, request: Change, old: KubeObject): Promise<Changed> {
  const { target, body, isDryRun, user } = request;
  const { resource, subresource } = target;
  const ending = { deletionTimestamp: now(), deletionGracePeriodSeconds: 0 };
  const oldObject = { ...old, metadata: { ...old.metadata, ...(resource.plural === "pods" ? ending : {}) } };
  const options = {
    ...META_OPTIONS("DeleteOptions"),
    ...(body as object | undefined),
    ...META_OPTIONS("DeleteOptions"),
  };
  const write = {
    resource,
    subresource,
    operation: "DELETE",
    object: old,
    oldObject,
    user,
    isDryRun,
    options,
  } as const;
  const { warnings, audit } = await admit(storage, write);
  if (!isDryRun) storage.remove(resource, old);
  return { code: 200, object: old, warnings, audit };
}

async function stored(
  storage: Storage,
  request: Change,
  object: KubeObject,
  oldObject: KubeObject | undefined,
): Promise<Changed> {
  const { target, isDryRun, user, fieldManager, fieldValidation } = request;
  const { resource, subresource } = target;
  const operation: Write["operation"] = oldObject === undefined ? "CREATE" : "UPDATE";
  const options = {
    ...META_OPTIONS(oldObject === undefined ? "CreateOptions" : "UpdateOptions"),
    ...(isDryRun ? { dryRun: ["All"] } : {}),
    ...(fieldManager === undefined ? {} : { fieldManager }),
    ...(fieldValidation === undefined ? {} : { fieldValidation }),
  };
  const admitted = await admit(storage, {
    resource,
    subresource,
    operation,
    object,
    oldObject,
    user,
    isDryRun,
    options,
  });
  const code = operation === "CREATE" ? 201 : 200;
  return { ...admitted, code, object: isDryRun ? admitted.object : storage.put(resource, admitted.object) };
}

const META_OPTIONS = (kind: string) => ({ kind, apiVersion: "meta.k8s.io/v1" });

/** The object with an entry of managedFields for what the request changes. */
function managed(
  object: KubeObject,
  old: KubeObject | undefined,
  { target, agent, fieldManager = agent }: Change,
): KubeObject {
  const { resource, subresource } = target;
  const apiVersion = apiVersionOf(resource);
  const by = { manager: fieldManager, apiVersion, ...(subresource === "" ? {} : { subresource }) };
  const entry = managedEntry(object, old, by);
  const before = (object.metadata as { managedFields?: readonly object[] }).managedFields ?? [];
  if (entry === undefined) return object;
  const metadata = { ...object.metadata, managedFields: [...before, entry] };
  return { ...object, metadata };
}

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
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
