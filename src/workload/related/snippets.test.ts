import { describe, expect, test } from "vitest";
import { deployment, type Manifest, yaml } from "../../../test/fixtures/manifests.ts";
import { readWorkloads } from "../read-workloads.ts";
import { haproxySnippet } from "./haproxy-snippet.ts";
import { nginxSnippet } from "./nginx-snippet.ts";

describe("a snippet of nginx", () => {
  test.each([
    [
      "runs-code",
      "content_by_lua_block",
      'content_by_lua_block { ngx.say(io.open("/etc/passwd"):read("*a")) }',
    ],
    ["runs-code", "access_by_lua", "add_header A b; access_by_lua 'return 1';"],
    ["runs-code", "js_content", "location /x { js_content a.b; }"],
    ["runs-code", "load_module", "load_module modules/x.so;"],
    ["runs-code", "perl", "perl x::y;"],
    ["reads-files", "alias", "location /x/ { alias /var/run/secrets/kubernetes.io/serviceaccount/; }"],
    ["reads-files", "root", "root /etc;"],
    ["reads-files", "include", "# a comment; with more\ninclude /etc/nginx/x.conf;"],
    ["leaves-its-place", "}", "} location /x { return 200; } location /y {"],
    ["leaves-its-place", "}", "add_header A b; } }"],
    ["unknown", "proxy_pass", "location /x { proxy_pass http://y; }"],
    ["unknown", "lua_need_request_body", "lua_need_request_body on;"],
    ["unknown", "access_log", "access_log /tmp/x;"],
    ["unknown", "add_header", "add_header A b"],
    ["unknown", "", "a".repeat(20_001)],
    ["ordinary", "more_set_headers", 'more_set_headers "X-Frame-Options: DENY";\nadd_header A "b; root /";'],
    ["ordinary", "location", "location ~ ^/(metrics|admin) { deny all; return 403; }"],
    [
      "ordinary",
      "if",
      "if ($host = 'a.example.fr') { rewrite '^/(.{1,3})$' https://b.example.fr/$1 permanent; }",
    ],
    ["ordinary", "set", "set $x ${host}y; # root /etc;"],
    ["ordinary", "proxy_set_header", "proxy_set_header X \\$http_x;"],
    ["ordinary", "access_log", "access_log off;"],
    [
      "ordinary",
      "proxy_read_timeout",
      "proxy_read_timeout 60s; client_max_body_size 10m; gzip_types text/css;",
    ],
    ["ordinary", "", " # nothing\n"],
  ])("%s: %s", (does, directive, text) => {
    expect(nginxSnippet(text)).toEqual({ does, directive });
  });
});

describe("a snippet of HAProxy", () => {
  test.each([
    ["runs-code", "http-request use-service", "http-request use-service lua.hello"],
    ["runs-code", "http-request lua.check", "http-request lua.check"],
    ["runs-code", "external-check command", "external-check command /bin/sh"],
    ["reads-files", "errorfile 503", "  errorfile 503 /etc/passwd"],
    ["reads-files", "http-request return", "http-request return status 200 file /etc/passwd"],
    ["unknown", "server evil", "server evil 192.0.2.1:80"],
    ["unknown", "", "a".repeat(20_001)],
    [
      "ordinary",
      "http-request set-header",
      "# lua\n\nhttp-request   set-header X-A b\nhttp-response del-header Server",
    ],
    ["ordinary", "acl admin", "acl admin path_beg /admin\nhttp-request deny if admin"],
    ["ordinary", "timeout server", "timeout server 60s"],
  ])("%s: %s", (does, directive, text) => {
    expect(haproxySnippet(text)).toEqual({ does, directive });
  });
});

const LABELS = { "app.kubernetes.io/name": "web" };
const SERVICE = object(
  "v1/Service",
  { spec: { selector: LABELS, ports: [{ port: 80 }] } },
  { name: "front" },
);

function object(type: string, fields: Manifest, metadata: Manifest = {}): Manifest {
  const at = type.lastIndexOf("/");
  const named = { name: "it", namespace: "aides", ...metadata };
  return { apiVersion: type.slice(0, at), kind: type.slice(at + 1), metadata: named, ...fields };
}

function ingress(annotations: Manifest, service = "front"): Manifest {
  const paths = [{ path: "/", backend: { service: { name: service, port: { number: 80 } } } }];
  return object("networking.k8s.io/v1/Ingress", { spec: { rules: [{ http: { paths } }] } }, { annotations });
}

async function read(...objects: readonly Manifest[]) {
  async function* stdin() {
    yield Buffer.from([deployment(), ...objects].map((one) => yaml(one)).join("---\n"));
  }
  return readWorkloads(["-"], { cwd: "/", stdin: stdin() });
}

async function effects(...objects: readonly Manifest[]) {
  const { workloads } = await read(...objects);
  return (workloads[0]?.facts.related ?? []).map(({ effect }) => effect);
}

describe("snippets beside a workload", () => {
  test.each([
    "nginx.ingress.kubernetes.io/configuration-snippet",
    "nginx.ingress.kubernetes.io/server-snippet",
    "nginx.ingress.kubernetes.io/auth-snippet",
    "nginx.ingress.kubernetes.io/stream-snippet",
    "nginx.org/location-snippets",
  ])("%s is nginx's", async (name) => {
    const field = `metadata.annotations.${name}`;
    expect(await effects(SERVICE, ingress({ [name]: "root /etc;" }))).toEqual([
      { is: "snippet", field, does: "reads-files", directive: "root" },
    ]);
  });

  test.each([
    "haproxy.org/backend-config-snippet",
    "haproxy.org/frontend-config-snippet",
    "haproxy-ingress.github.io/config-backend",
    "haproxy-ingress.github.io/config-frontend-early",
    "ingress.kubernetes.io/config-backend",
  ])("%s is HAProxy's", async (name) => {
    expect(await effects(SERVICE, ingress({ [name]: "errorfile 503 /x" }))).toMatchObject([
      { does: "reads-files" },
    ]);
  });

  test.each<[string, Manifest, Manifest]>([
    [
      "ModSecurity, whose syntax is not read",
      ingress({ "nginx.ingress.kubernetes.io/modsecurity-snippet": " SecRule ARGS x" }),
      { does: "unknown", directive: "SecRule" },
    ],
    [
      "a VirtualServer",
      object("k8s.nginx.org/v1/VirtualServer", {
        spec: {
          routes: [{ "location-snippets": "js_content x;", action: { pass: "front" } }],
          upstreams: [{ name: "front", service: "front" }],
        },
      }),
      { field: 'spec.routes[0]["location-snippets"]', does: "runs-code" },
    ],
    [
      "a KongPlugin",
      object("configuration.konghq.com/v1/KongPlugin", { plugin: "pre-function", config: {} }),
      { field: "plugin", does: "runs-code" },
    ],
    [
      "an ApisixRoute",
      object("apisix.apache.org/v2/ApisixRoute", {
        spec: { http: [{ plugins: [{ name: "serverless-pre-function" }] }] },
      }),
      { field: "plugins", does: "runs-code" },
    ],
    [
      "an EnvoyExtensionPolicy",
      object("gateway.envoyproxy.io/v1alpha1/EnvoyExtensionPolicy", {
        spec: { lua: [{ inline: "x" }], wasm: [] },
      }),
      { field: "spec.lua", does: "runs-code" },
    ],
    [
      "a Service",
      {
        ...SERVICE,
        metadata: {
          ...(SERVICE["metadata"] as Manifest),
          annotations: { "haproxy.org/backend-config-snippet": "x" },
        },
      },
      { does: "unknown" },
    ],
  ])("%s", async (_name, one, expected) => {
    expect(await effects(SERVICE, one)).toMatchObject([expected]);
  });

  test("the gravest are reported first, and a token in one is masked", async () => {
    const names = ["a", "b", "c", "d", "e"].map((one) => [`${one}.io/server-snippet`, "expires 1h;"]);
    const found = await effects(
      SERVICE,
      ingress({ ...Object.fromEntries(names), "z.io/server-snippet": "root x;" }),
    );
    expect(found).toHaveLength(5);
    expect(found[0]).toMatchObject({ does: "reads-files" });
  });

  test.each<[string, Manifest]>([
    [
      "other annotations",
      ingress({ "nginx.ingress.kubernetes.io/rewrite-target": "/", "a.io/snippet": "x" }),
    ],
    ["no text", ingress({ "nginx.ingress.kubernetes.io/server-snippet": 1 })],
    ["an ordinary plugin", object("configuration.konghq.com/v1/KongPlugin", { plugin: "rate-limiting" })],
    [
      "a policy without code",
      object("gateway.envoyproxy.io/v1alpha1/EnvoyExtensionPolicy", { spec: { extProc: [] } }),
    ],
  ])("nothing: %s", async (_name, one) => {
    expect(await effects(SERVICE, one)).toEqual([]);
  });

  test("one of a route to other pods concerns these nothing, and is named", async () => {
    const other = { ...SERVICE, spec: { selector: { app: "other" }, ports: [{ port: 80 }] } };
    const { workloads, unjudgedObjects } = await read(other, ingress({ "a.io/server-snippet": "root x;" }));
    expect(workloads[0]?.facts.related).toBeUndefined();
    expect(unjudgedObjects.map(({ kind }) => kind)).toEqual(["networking.k8s.io/Ingress"]);
  });
});
