import type { Resource } from "./resources.ts";

/** A request that ends with a Status object (k8s.io/apimachinery, metav1.Status). */
export class StatusError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: object | undefined;

  constructor(code: number, reason: string, message: string, details?: object) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}

/** Body of an answer; a success without `error`. */
export function statusBody(error?: StatusError): object {
  const status = { kind: "Status", apiVersion: "v1", metadata: {} };
  if (error === undefined) return { ...status, status: "Success", code: 200 };
  const { message, reason, code, details } = error;
  return {
    ...status,
    status: "Failure",
    message,
    reason,
    ...(details === undefined ? {} : { details }),
    code,
  };
}

export function notFound(resource: Resource, name: string): StatusError {
  return about(404, "NotFound", resource, name, "not found");
}

export function conflict(resource: Resource, name: string): StatusError {
  const why = "the object has been modified; please apply your changes to the latest version and try again";
  return new StatusError(
    409,
    "Conflict",
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`,
  );
}

export function alreadyExists(resource: Resource, name: string): StatusError {
  return about(409, "AlreadyExists", resource, name, "already exists");
}

/** Refusal by admission. */
export function forbidden(resource: Resource, name: string, why: string): StatusError {
  return about(403, "Forbidden", resource, name, `is forbidden: ${why}`);
}

function about(code: number, reason: string, resource: Resource, name: string, why: string): StatusError {
  const details = {
    name,
    ...(resource.group === "" ? {} : { group: resource.group }),
    kind: resource.plural,
  };
  return new StatusError(code, reason, `${qualified(resource)} "${name}" ${why}`, details);
}

function qualified({ group, plural }: Resource): string {
  return group === "" ? plural : `${plural}.${group}`;
}
