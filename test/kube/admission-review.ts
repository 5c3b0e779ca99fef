import { randomUUID } from "node:crypto";
import type { Write } from "./write.ts";

/** Body that the API server sends to a webhook (k8s.io/api/admission/v1), and the UID in it. */
export function reviewBody(write: Write): { readonly uid: string; readonly body: object } {
  const { resource, subresource, operation, object, oldObject, user, isDryRun, options } = write;
  const { group, version, plural } = resource;
  const kind = { group, version, kind: resource.kind };
  const named = { group, version, resource: plural };
  const { name, namespace } = (object ?? oldObject)?.metadata ?? {};
  const uid = randomUUID();
  const request = {
    uid,
    kind,
    resource: named,
    ...(subresource === "" ? {} : { subResource: subresource }),
    requestKind: kind,
    requestResource: named,
    ...(subresource === "" ? {} : { requestSubResource: subresource }),
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    operation,
    userInfo: user,
    object: operation === "DELETE" ? null : object,
    oldObject: oldObject ?? null,
    dryRun: isDryRun,
    options,
  };
  return { uid, body: { kind: "AdmissionReview", apiVersion: "admission.k8s.io/v1", request } };
}
