import { apiVersionOf, groupPath, RESOURCES, type Resource } from "./resources.ts";

/** Body for a path of discovery, of the version or of OpenAPI; undefined for other paths. */
export function discovery(path: string): object | undefined {
  if (path === "/version") return { major: "1", minor: "34", gitVersion: "v1.34.0", platform: "linux/amd64" };
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"] };
  if (path === "/apis") return { kind: "APIGroupList", apiVersion: "v1", groups: GROUPS };
  if (path === "/openapi/v3") return { paths: Object.fromEntries(OPENAPI) };
  const resources = RESOURCES.filter((one) => groupPath(one) === path.replace(/^\/openapi\/v3/, ""));
  const [first] = resources;
  if (first === undefined) return undefined;
  if (path.startsWith("/openapi")) return openApi(resources);
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: apiVersionOf(first),
    resources: resources.flatMap(listed),
  };
}

const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const GROUPS = [...new Set(RESOURCES.map(({ group }) => group))].filter(Boolean).map((name) => {
  const version = { groupVersion: `${name}/v1`, version: "v1" };
  return { name, versions: [version], preferredVersion: version };
});
const OPENAPI = [...new Set(RESOURCES.map(groupPath))].map((path) => {
  const entry = { serverRelativeURL: `/openapi/v3${path}` };
  return [path.slice(1), entry] as const;
});

function listed({ plural, kind, namespaced, shortNames, subresources }: Resource): readonly object[] {
  const main = { name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs: VERBS, shortNames };
  const below = subresources.map((name) => ({
    name: `${plural}/${name}`,
    singularName: "",
    namespaced,
    kind,
    verbs: ["get", "patch", "update"],
  }));
  return [main, ...below];
}

/** What kubectl looks for before it has the server validate fields. */
function openApi(resources: readonly Resource[]): object {
  const paths = resources.map((resource) => {
    const { group, version, kind, plural, namespaced } = resource;
    const item = namespaced ? `namespaces/{namespace}/${plural}/{name}` : `${plural}/{name}`;
    const patch = {
      parameters: ["dryRun", "fieldManager", "fieldValidation"].map((name) => ({
        name,
        in: "query",
        schema: { type: "string" },
      })),
      responses: {},
      "x-kubernetes-group-version-kind": { group, version, kind },
    };
    return [`${groupPath(resource)}/${item}`, { patch }];
  });
  return {
    openapi: "3.0.0",
    info: { title: "fake", version: "1" },
    paths: Object.fromEntries(paths),
    components: {},
  };
}
