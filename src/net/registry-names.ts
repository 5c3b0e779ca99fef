/** The key under which Docker keeps its Hub's credentials, for historical reasons. */
export const DOCKER_HUB = "https://index.docker.io/v1/";

/** The names that configuration files have for a registry. */
export function registryNames(registry: string): readonly string[] {
  return registry === "docker.io" ? ["docker.io", "index.docker.io", "registry-1.docker.io"] : [registry];
}

/** `https://index.docker.io/v1/` is `index.docker.io`; what Podman scopes to a path keeps it. */
export function plainKey(key: string): string {
  return key
    .replace(/^https?:\/\//, "")
    .replace(/\/$/, "")
    .replace(/^([^/]+)\/v[12]$/, "$1");
}

/** Where the registry's API is. */
export function apiHost(registry: string): string {
  return registry === "docker.io" ? "registry-1.docker.io" : registry;
}
