import { maskText } from "../../secrets/scan.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { type AffinityRequest } from "./related-object.ts";

type By = AffinityRequest["by"];

/** Values that switch a setting off. */
const OFF = /^(?:|0|disabled?|false|no|none|null|off)$/i;

/** Whether a text switches something on. */
function isOn(value: unknown): boolean {
  return value === true || (typeof value === "string" && !OFF.test(value.trim()));
}

/**
 * Annotations and labels of Ingresses, Services and routes, by the end of their name, with the routing that a
 * value requests. Other parts of the same setting (cookie names, modes) request nothing alone.
 */
const ANNOTATIONS: readonly (readonly [RegExp, (value: string) => By | undefined])[] = [
  [/\/(?:session-)?affinity$/, whenOn],
  [/\/cookie-based-affinity$/, whenOn],
  [/\/cookie-persistence$/, whenOn],
  [/\/persistent-session$/, whenOn],
  [/[/-]sticky-cookie-services$/, whenOn],
  [/[/-]sticky-sessions?(?:-type)?$/, whenOn],
  [/[/.-](?:session-affinity-(?:flag|mode)|session-persistence|stickiness)$/, whenOn],
  [/-distribution-mode$/, (value) => (/^source_?ip/i.test(value) ? "client" : undefined)],
  [/[/-]load-?balancer-policy$/, (value) => byMethod(value.toLowerCase())],
  [/[/.]sticky(?:\.cookie(?:\.name)?)?$/, whenOn],
  [
    /[/-]target-group-attributes$/,
    (value) => (/stickiness\.enabled\s*=\s*true/i.test(value) ? "client" : undefined),
  ],
  [/[/-]upstream-hash-by$/, byVariable],
  [/\/(?:lb-method|balance|balance-algorithm|load-balance)$/, byMethod],
  [/^router\.openshift\.io\/cookie_name$/, whenOn],
];

function whenOn(value: string): By | undefined {
  return isOn(value) ? "client" : undefined;
}

/** Routing by a variable of nginx. */
function byVariable(value: string): By | undefined {
  if (!isOn(value)) return undefined;
  if (
    /\$(?:\{)?(?:binary_remote_addr|remote_addr|realip|proxy_protocol_addr|cookie_|http_x_forwarded_for)/.test(
      value,
    )
  )
    return "client";
  return /\$(?:\{)?http_/.test(value) ? "header" : "content";
}

/** Routing by a named method: `ip_hash`, `source`, `hash $remote_addr consistent`. */
function byMethod(value: string): By | undefined {
  if (/^(?:ip_hash|source)\b/.test(value)) return "client";
  return /^hash\s/.test(value) ? byVariable(value) : undefined;
}

/** Fields of routes, with the routing that a value asks for. */
const FIELDS: Readonly<Record<string, (value: unknown) => By | undefined>> = {
  sticky: (value) =>
    value === true || (isMapping(value) && Object.keys(value).length > 0) ? "client" : undefined,
  sessionCookie: (value) => (isOn(valueAt(value, "enable")) ? "client" : undefined),
  sessionPersistence: (value) => (isMapping(value) ? "client" : undefined),
  sessionAffinity: (value) => {
    // Flagger keeps a client at a version, https://docs.flagger.app/usage/deployment-strategies#canary-release-with-session-affinity
    if (typeof valueAt(value, "cookieName") === "string") return "version";
    return isOn(valueAt(value, "affinityType") ?? valueAt(value, "type") ?? value) ? "client" : undefined;
  },
  // Argo Rollouts keeps a client at a target group, which is a version.
  stickinessConfig: (value) => (isOn(valueAt(value, "enabled")) ? "version" : undefined),
  additionalIngressAnnotations: (value) =>
    isMapping(value) && isOn(value["affinity"]) ? "client" : undefined,
  consistentHash: byHash,
  hashPolicy: byHash,
  requestHashPolicies: byHash,
  load_balancer: byHash,
  loadbalancer: (value) =>
    valueAt(value, "type") === "chash"
      ? (byName(valueAt(value, "hashOn")) ?? byKey(valueAt(value, "key")))
      : undefined,
  strategy: (value) => (value === "Cookie" ? "client" : undefined),
  algorithm: (value) => (value === "sticky-sessions" ? "client" : undefined),
  "lb-method": (value) => (typeof value === "string" ? byMethod(value) : undefined),
  hash_on: byName,
  hashOn: (value) => (isMapping(value) ? byHash(value) : byName(value)),
};

/** Keys and values of a hash that identify a client. */
const OF_CLIENT = /^(?:cookie|httpCookie|hashSourceIP|ip|source_?ip|useSourceIp|consumer|cookie-name)$/i;
const OF_CONTENT =
  /^(?:httpQueryParameterName|hashQueryParameter|query_?params?|query_?arg|uri_?capture|path)$/i;
const OF_HEADER = /^(?:header|headers|httpHeaderName|headerHashOptions)$/i;

function byName(value: unknown): By | undefined {
  if (typeof value !== "string") return undefined;
  if (OF_CLIENT.test(value)) return "client";
  if (OF_HEADER.test(value)) return "header";
  return OF_CONTENT.test(value) ? "content" : undefined;
}

/** Routing by a variable of APISIX. */
function byKey(value: unknown): By | undefined {
  return typeof value === "string" ? byVariable(`$${value}`) : undefined;
}

/**
 * Routing by a hash whose parts are keys, or the values of `type` and `input`; undefined for other methods.
 */
function byHash(value: unknown): By | undefined {
  const parts = Array.isArray(value) ? value : [value];
  const found = parts.filter(isMapping).flatMap((part): readonly By[] => {
    const named = Object.entries(part).filter(
      ([, inner]) => inner !== null && inner !== false && inner !== "",
    );
    const words = named.flatMap(([key, inner]) =>
      (key === "type" || key === "input") && typeof inner === "string" ? [inner] : [key],
    );
    return words.flatMap((word) => byName(word) ?? []);
  });
  return (["client", "header", "content"] as const).find((by) => found.includes(by));
}

/** Requests in annotations and labels. */
export function affinityMarks(metadata: unknown): readonly AffinityRequest[] {
  return ["annotations", "labels"].flatMap((kind) => {
    const marks = valueAt(metadata, kind);
    return Object.entries(isMapping(marks) ? marks : {}).flatMap(([name, value]) => {
      const [, read] = ANNOTATIONS.find(([pattern]) => pattern.test(name)) ?? [];
      const text = typeof value === "string" ? value : "";
      const by = read?.(text);
      return by === undefined ? [] : [{ field: `metadata.${kind}.${name}`, value: maskText(text), by }];
    });
  });
}

/** Request in a field of a route; undefined for other fields, and for values that request nothing. */
export function affinityField(key: string, value: unknown): By | undefined {
  return Object.hasOwn(FIELDS, key) ? FIELDS[key]?.(value) : undefined;
}
