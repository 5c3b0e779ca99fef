import { formatPath } from "../../contract/field-path.ts";
import type { SnippetEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { maskText } from "../../secrets/scan.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { type KubernetesObject, typeOf } from "../objects/kind.ts";
import { haproxySnippet } from "./haproxy-snippet.ts";
import { nginxSnippet, type Snippet } from "./nginx-snippet.ts";
import { type Bearing, mappingsIn, type ServiceReference, type Surroundings } from "./related-object.ts";
import { servicesIn } from "./routes.ts";
import { servicesTarget } from "./service-targets.ts";

type Mapping = Readonly<Record<string, unknown>>;
type Read = (text: string) => Snippet;

/** Maximum number of snippets of one object that are reported. */
const MOST = 5;

/** Annotations that a controller copies into its own configuration, by the end of their name. */
const ANNOTATIONS: readonly (readonly [RegExp, Read])[] = [
  // https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#configuration-snippet
  [/\/(?:auth|configuration|server|stream)-snippet$/, nginxSnippet],
  // https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-snippets/
  [/^nginx\.(?:org|com)\/[a-z]{1,20}-snippets$/, nginxSnippet],
  // https://www.haproxy.com/documentation/kubernetes-ingress/ · https://haproxy-ingress.github.io/docs/configuration/keys/#configuration-snippet
  [/^haproxy\.(?:org|com)\/[a-z-]{1,40}-config-snippet$/, haproxySnippet],
  [/^haproxy\.(?:org|com)\/(?:backend|frontend)-config-snippet$/, haproxySnippet],
  [
    /[./](?:haproxy-ingress\.github\.io|kubernetes\.io)\/config-(?:backend|defaults|frontend|global|proxy|sections|tcp(?:-service)?)(?:-early|-late)?$|^haproxy-ingress\.github\.io\/config-[a-z-]{1,30}$/,
    haproxySnippet,
  ],
  [/\/modsecurity-snippet$/, unread],
];

/** Fields of NGINX's own kinds that hold a snippet, at any depth. */
const FIELDS: ReadonlySet<string> = new Set([
  "http-snippets",
  "location-snippets",
  "server-snippets",
  "serverSnippets",
  "streamSnippets",
]);

/** Syntax that is not read. */
function unread(text: string): Snippet {
  const [name = ""] = text.trim().split(/\s/, 1);
  return { does: "unknown", directive: name.slice(0, 40) };
}

interface At extends Snippet {
  readonly field: string;
}

/** Readers of code and configuration in fields, by group and kind. */
const KINDS: Readonly<Record<string, (value: Mapping) => readonly At[]>> = {
  "apisix.apache.org/ApisixGlobalRule": apisixFunctions,
  "apisix.apache.org/ApisixPluginConfig": apisixFunctions,
  "apisix.apache.org/ApisixRoute": apisixFunctions,
  "configuration.konghq.com/KongClusterPlugin": kongFunction,
  "configuration.konghq.com/KongPlugin": kongFunction,
  "gateway.envoyproxy.io/EnvoyExtensionPolicy": ({ spec }) =>
    ["lua", "wasm"].flatMap((field) => {
      const listed = valueAt(spec, field);
      return Array.isArray(listed) && listed.length > 0 ? [code(`spec.${field}`, field)] : [];
    }),
  "k8s.nginx.org/Policy": nginxFields,
  "k8s.nginx.org/TransportServer": nginxFields,
  "k8s.nginx.org/VirtualServer": nginxFields,
  "k8s.nginx.org/VirtualServerRoute": nginxFields,
};

function code(field: string, directive: string): At {
  return { field, does: "runs-code", directive };
}

/** Functions in a plugin of Kong: https://developer.konghq.com/plugins/pre-function/ */
function kongFunction({ plugin }: Mapping): readonly At[] {
  const isFunction = typeof plugin === "string" && /^(?:post|pre)-function$/.test(plugin);
  return isFunction ? [code("plugin", plugin)] : [];
}

/** Functions in plugins of APISIX: https://apisix.apache.org/docs/apisix/plugins/serverless/ */
function apisixFunctions({ spec }: Mapping): readonly At[] {
  const routes = mappingsIn(valueAt(spec, "http"));
  const plugins = [spec, ...routes].flatMap((one) => mappingsIn(valueAt(one, "plugins")));
  return plugins.flatMap(({ name }) =>
    typeof name === "string" && /^serverless-(?:post|pre)-function$/.test(name)
      ? [code("plugins", name)]
      : [],
  );
}

function nginxFields({ spec }: Mapping): readonly At[] {
  return [...fieldsIn(spec, ["spec"])];
}

/** Depth of NGINX's kinds below which no snippet is. */
const DEPTH = 8;

function* fieldsIn(value: unknown, path: readonly (string | number)[]): Generator<At> {
  if (path.length > DEPTH || typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (FIELDS.has(key) && typeof inner === "string") yield { field: formatPath(at), ...nginxSnippet(inner) };
    else yield* fieldsIn(inner, at);
  }
}

/** Pieces of a shared controller's configuration, or programs for it; undefined for other objects. */
export function snippetsOf(object: KubernetesObject): Bearing | undefined {
  const type = typeOf(object);
  const { metadata, spec } = object.value;
  const annotations = valueAt(metadata, "annotations");
  const marks = Object.entries(isMapping(annotations) ? annotations : {}).flatMap(([name, text]) => {
    const [, read] = ANNOTATIONS.find(([pattern]) => pattern.test(name)) ?? [];
    if (read === undefined || typeof text !== "string") return [];
    return [{ field: `metadata.annotations.${name}`, ...read(text) }];
  });
  const fields = Object.hasOwn(KINDS, type) ? (KINDS[type]?.(object.value) ?? []) : [];
  const snippets = [...marks, ...fields].toSorted((one, other) => weightOf(other) - weightOf(one));
  if (snippets.length === 0) return undefined;
  const { name } = isMapping(metadata) ? metadata : {};
  const services =
    type === "Service" && typeof name === "string" ? [{ name }] : servicesIn(spec, "spec", DEPTH);
  return { kind: "snippets", snippets: snippets.slice(0, MOST), services };
}

function weightOf({ does }: Snippet): number {
  return ["ordinary", "unknown", "reads-files", "leaves-its-place", "runs-code"].indexOf(does);
}

/** Snippets beside a workload, for routes that may lead to the workload. */
export function snippetEffects(
  snippets: readonly Omit<SnippetEffect, "is">[],
  services: readonly ServiceReference[],
  facts: RawWorkload,
  surroundings: Surroundings,
): readonly SnippetEffect[] {
  if (servicesTarget(services, facts, surroundings) === undefined) return [];
  return snippets.map((one) => ({ is: "snippet", ...one, directive: maskText(one.directive) }));
}
