import type { ApiExtensionEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isOfKubernetes, isOfProduct } from "../custom/groups.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { type KubernetesObject, typeOf } from "../objects/kind.ts";
import { ownerOfWebhook, resourcesOfWebhook } from "./api-reach.ts";
import {
  type ApiCall,
  type Bearing,
  mappingsIn,
  type OwnApi,
  type ServiceReference,
  type Surroundings,
} from "./related-object.ts";
import { serviceOfHost } from "./service-host.ts";
import { servicesTarget } from "./service-targets.ts";

type Mapping = Readonly<Record<string, unknown>>;

const REGISTRATION = "admissionregistration.k8s.io";

/** Readers of the calls that an object asks the API server to make, by group and kind. */
const CALLS: Readonly<Record<string, (value: Mapping) => readonly ApiCall[]>> = {
  [`${REGISTRATION}/MutatingWebhookConfiguration`]: (value) => webhookCalls(value, true),
  [`${REGISTRATION}/ValidatingWebhookConfiguration`]: (value) => webhookCalls(value, false),
  "apiextensions.k8s.io/CustomResourceDefinition": conversionCalls,
  "apiregistration.k8s.io/APIService": aggregationCalls,
};

/** Calls by which the API server passes objects to a Service or a URL; undefined for other objects. */
export function apiExtensionOf(object: KubernetesObject): Bearing | undefined {
  const type = typeOf(object);
  const calls = Object.hasOwn(CALLS, type) ? (CALLS[type]?.(object.value) ?? []) : [];
  return calls.length === 0 ? undefined : { kind: "api-extension", calls };
}

/**
 * Calls of admission webhooks:
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */
function webhookCalls({ webhooks }: Mapping, changes: boolean): readonly ApiCall[] {
  return mappingsIn(webhooks).flatMap((webhook, index): readonly ApiCall[] => {
    const callee = calleeOf(webhook["clientConfig"], `webhooks[${index}].clientConfig`);
    if (callee === undefined) return [];
    const resources = resourcesOfWebhook(webhook);
    const ownerOf: ApiCall["ownerOf"] = (own) => ownerOfWebhook(webhook, own);
    return [{ by: "admission", ...callee, resources, changes, ownerOf }];
  });
}

/**
 * Calls of a custom resource's conversion webhook:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/
 */
function conversionCalls({ spec }: Mapping): readonly ApiCall[] {
  const conversion = valueAt(spec, "conversion");
  const [group, plural] = [valueAt(spec, "group"), valueAt(spec, "names", "plural")];
  const callee =
    calleeOf(valueAt(conversion, "webhook", "clientConfig"), "spec.conversion.webhook.clientConfig") ??
    calleeOf(valueAt(conversion, "webhookClientConfig"), "spec.conversion.webhookClientConfig");
  if (callee === undefined) return [];
  const named = typeof group === "string" && typeof plural === "string" ? [`${plural}.${group}`] : [];
  return [
    {
      by: "conversion",
      ...callee,
      resources: named,
      changes: true,
      ownerOf: () => (typeof group === "string" && isOfProduct(group) ? "perhaps-others" : "own-kinds"),
    },
  ];
}

/**
 * Calls of an aggregated API:
 * https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/
 */
function aggregationCalls({ spec }: Mapping): readonly ApiCall[] {
  const services = serviceReference(valueAt(spec, "service"));
  if (services === undefined) return [];
  const group = valueAt(spec, "group");
  const isBuiltIn = typeof group !== "string" || isOfKubernetes(group);
  const isShared =
    typeof group === "string" && (isBuiltIn || group.endsWith(".k8s.io") || isOfProduct(group));
  return [
    {
      by: "aggregation",
      field: "spec.service",
      services,
      resources: [`*${typeof group === "string" && group !== "" ? `.${group}` : ""}`],
      changes: true,
      ownerOf: () => {
        if (isBuiltIn && group !== METRICS) return "others";
        return isShared ? "perhaps-others" : "own-kinds";
      },
    },
  ];
}

/** Group of Kubernetes that an add-on serves. */
const METRICS = "metrics.k8s.io";

type Callee = Pick<ApiCall, "field" | "services">;

/** Callee in a clientConfig; undefined without a callee, which the API refuses. */
function calleeOf(config: unknown, path: string): Callee | undefined {
  const services = serviceReference(valueAt(config, "service"));
  if (services !== undefined) return { field: `${path}.service`, services };
  const url = valueAt(config, "url");
  return typeof url === "string" ? { field: `${path}.url`, services: servicesOfUrl(url) } : undefined;
}

/** References to a Service; none if the mapping names none, which may mean any. */
function serviceReference(service: unknown): readonly ServiceReference[] | undefined {
  if (!isMapping(service)) return undefined;
  const { name, namespace } = service;
  if (typeof name !== "string") return [];
  return [{ name, ...(typeof namespace === "string" ? { namespace } : {}) }];
}

/**
 * Service in a URL with the Service's DNS name in the cluster; none for another host, which may lead to any
 * Service.
 */
function servicesOfUrl(url: string): readonly ServiceReference[] {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return [serviceOfHost(host) ?? []].flat();
}

/** Calls that reach, or may reach, a workload's pods: one for each owner of the objects that are sent. */
export function apiExtensionEffects(
  calls: readonly ApiCall[],
  facts: RawWorkload,
  surroundings: Surroundings,
  kinds: OwnApi["kinds"],
): readonly ApiExtensionEffect[] {
  const effects = new Map<string, ApiExtensionEffect>();
  for (const { by, field, services, resources, changes, ownerOf } of calls) {
    const target = servicesTarget(services, facts, surroundings);
    if (target === undefined) continue;
    const namespace = facts.namespace ?? services[0]?.namespace;
    const owner = ownerOf({ kinds, ...(namespace === undefined ? {} : { namespace }) });
    const key = `${owner} ${target}`;
    if (effects.has(key)) continue;
    effects.set(key, {
      is: "api-extension",
      by,
      field,
      resources: resources.slice(0, NAMED),
      owner,
      ...(changes ? { changes } : {}),
      target,
    });
  }
  return [...effects.values()];
}

/** Maximum number of resources named of one call. */
const NAMED = 3;
