// Webhooks as the real API server calls them (k8s.io/apiserver/pkg/admission/plugin/webhook).

import { Environment } from "@marcbachmann/cel-js";
import { reviewBody } from "./admission-review.ts";
import { callWebhook } from "./call-webhook.ts";
import { jsonPatch } from "./json-patch.ts";
import { type LabelSelector, selects } from "./label-selector.ts";
import { StatusError } from "./status.ts";
import type { KubeObject } from "./storage.ts";
import type { Admitted, WebhookClient, Write } from "./write.ts";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly string[];
  readonly resources: readonly string[];
  readonly scope?: "Cluster" | "Namespaced" | "*";
}

/** A webhook of a configuration. */
interface Webhook {
  readonly name: string;
  readonly clientConfig: WebhookClient;
  readonly rules?: readonly Rule[];
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
  readonly timeoutSeconds?: number;
  readonly failurePolicy?: "Fail" | "Ignore";
  readonly sideEffects: "None" | "NoneOnDryRun" | "Some" | "Unknown";
}

interface Response {
  readonly uid?: string;
  readonly allowed?: boolean;
  readonly status?: { message?: string; reason?: string; code?: number; details?: object };
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: Readonly<Record<string, string>>;
  readonly patchType?: string;
  readonly patch?: string;
}

/** Labels by which selectors choose. */
interface Labels {
  /** Undefined for objects of the cluster. */
  readonly namespace: Readonly<Record<string, string>> | undefined;
}

/** Seconds of a webhook that says nothing of it. */
const TIMEOUT_SECONDS = 10;

/** Calls mutating webhooks one after the other, each with what the ones before changed. @throws StatusError */
export async function mutateBy(
  configurations: readonly KubeObject[],
  write: Write,
  labels: Labels,
): Promise<Admitted> {
  let admitted: Admitted = { object: write.object, warnings: [], audit: {} };
  for (const webhook of webhooksOf(configurations)) {
    const current = { ...write, object: admitted.object };
    if (!isMatched(webhook, current, labels)) continue;
    const response = await responseOf(webhook, current);
    if (response === undefined) continue;
    const { patch, patchType } = response;
    if (patch !== undefined && patchType !== "JSONPatch")
      throw internal(`webhook returned response.patch but not response.patchType`, webhook);
    const operations = patch === undefined ? [] : JSON.parse(Buffer.from(patch, "base64").toString());
    const object = jsonPatch(admitted.object, operations) as KubeObject;
    admitted = { object, ...joined(admitted, webhook, response) };
  }
  return admitted;
}

/** Calls validating webhooks at the same time; of several refusals, the first in the configurations' order is the answer. @throws StatusError */
export async function validateBy(
  configurations: readonly KubeObject[],
  write: Write,
  labels: Labels,
): Promise<Omit<Admitted, "object">> {
  const matched = webhooksOf(configurations).filter((webhook) => isMatched(webhook, write, labels));
  const outcomes = await Promise.allSettled(matched.map((webhook) => responseOf(webhook, write)));
  let said: Omit<Admitted, "object"> = { warnings: [], audit: {} };
  for (const [index, webhook] of matched.entries()) {
    const outcome = outcomes[index];
    if (outcome?.status === "rejected") throw outcome.reason;
    if (outcome?.value !== undefined) said = joined(said, webhook, outcome.value);
  }
  return said;
}

function webhooksOf(configurations: readonly KubeObject[]): readonly Webhook[] {
  return configurations
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .flatMap((one) => (one["webhooks"] ?? []) as readonly Webhook[]);
}

function joined(
  said: Omit<Admitted, "object">,
  { name }: Webhook,
  { warnings = [], auditAnnotations = {} }: Response,
) {
  const audit = Object.entries(auditAnnotations).map(([key, value]) => [`${name}/${key}`, value]);
  return {
    warnings: [...said.warnings, ...warnings],
    audit: { ...said.audit, ...Object.fromEntries(audit) },
  };
}

function isMatched(webhook: Webhook, write: Write, { namespace }: Labels): boolean {
  const { rules = [], namespaceSelector, objectSelector, matchConditions = [] } = webhook;
  if (write.resource.group === "admissionregistration.k8s.io" && write.resource.plural.includes("webhook"))
    return false;
  if (!rules.some((rule) => isRuled(rule, write))) return false;
  if (namespace !== undefined && !selects(namespaceSelector, namespace)) return false;
  const [object, old] = [write.object.metadata.labels ?? {}, write.oldObject?.metadata.labels ?? {}];
  if (!selects(objectSelector, object) && !selects(objectSelector, old)) return false;
  return matchConditions.every(({ expression }) => CEL.evaluate(expression, celContext(write)) === true);
}

function isRuled(
  { apiGroups, apiVersions, operations, resources, scope = "*" }: Rule,
  write: Write,
): boolean {
  const { resource, subresource, operation } = write;
  const has = (values: readonly string[], value: string) => values.includes("*") || values.includes(value);
  const isScoped = scope === "*" || (scope === "Namespaced") === resource.namespaced;
  return (
    has(apiGroups, resource.group) &&
    has(apiVersions, resource.version) &&
    has(operations, operation) &&
    isScoped &&
    resources.some((one) => isNamed(one, resource.plural, subresource))
  );
}

/** `pods`, `pods/*`, `*` for all resources, and slash star for everything. */
function isNamed(rule: string, plural: string, subresource: string): boolean {
  const [wanted, sub = ""] = rule.split("/");
  if (wanted !== "*" && wanted !== plural) return false;
  return sub === "*" || sub === subresource;
}

const CEL = new Environment({ enableOptionalTypes: true, unlistedVariablesAreDyn: true });

function celContext({ resource, subresource, operation, object, oldObject, user, isDryRun }: Write) {
  const { group, version, plural } = resource;
  return {
    object,
    oldObject: oldObject ?? null,
    request: {
      operation,
      resource: { group, version, resource: plural },
      subResource: subresource,
      namespace: object.metadata.namespace ?? "",
      name: object.metadata.name,
      userInfo: user,
      dryRun: isDryRun,
    },
  };
}

/** Answer that allows; undefined if the webhook failed and is to be ignored. @throws StatusError */
async function responseOf(webhook: Webhook, write: Write): Promise<Response | undefined> {
  const {
    name,
    clientConfig,
    timeoutSeconds = TIMEOUT_SECONDS,
    failurePolicy = "Fail",
    sideEffects,
  } = webhook;
  if (write.isDryRun && !["None", "NoneOnDryRun"].includes(sideEffects)) {
    throw new StatusError(400, "BadRequest", `admission webhook "${name}" does not support dry run`);
  }
  const { uid, body } = reviewBody(write);
  let response: Response;
  try {
    response = verified(await callWebhook(clientConfig, timeoutSeconds, body), uid);
  } catch (error) {
    if (failurePolicy === "Ignore") return undefined;
    throw internal((error as Error).message, webhook);
  }
  if (response.allowed === true) return response;
  throw denied(name, response);
}

function verified(answer: unknown, uid: string): Response {
  const { kind, apiVersion, response } = answer as {
    kind?: string;
    apiVersion?: string;
    response?: Response;
  };
  if (kind !== "AdmissionReview" || apiVersion !== "admission.k8s.io/v1") {
    throw new Error(
      `expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got ${apiVersion}, Kind=${kind}`,
    );
  }
  if (response === undefined) throw new Error("webhook response was absent");
  if (response.uid !== uid) throw new Error(`expected response.uid="${uid}", got "${response.uid}"`);
  return response;
}

/** toStatusErr() of the API server. */
function denied(name: string, { status = {} }: Response): StatusError {
  const { message = "", reason = "", code = 400, details } = status;
  const by = `admission webhook "${name}" denied the request`;
  const why = message || reason;
  return new StatusError(
    Math.max(code, 400),
    reason,
    why === "" ? `${by} without explanation` : `${by}: ${why}`,
    details,
  );
}

function internal(why: string, { name }: Webhook): StatusError {
  const message = `Internal error occurred: failed calling webhook "${name}": ${why}`;
  return new StatusError(500, "InternalError", message, {
    causes: [{ message: `failed calling webhook "${name}": ${why}` }],
  });
}
