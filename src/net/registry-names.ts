/** Key of Docker Hub in credential files, for historical reasons. */
export const DOCKER_HUB = "https://index.docker.io/v1/";

/** Names of a registry in configuration files. */
export function registryNames(registry: string): readonly string[] {
  return registry === "docker.io" ? ["docker.io", "index.docker.io", "registry-1.docker.io"] : [registry];
}

/**
 * Host in a key of a config: `https://index.docker.io/v1/` becomes `index.docker.io`. Podman's keys with a
 * path keep the path.
 */
export function plainKey(key: string): string {
  return key
    .replace(/^https?:\/\//, "")
    .replace(/\/$/, "")
    .replace(/^([^/]+)\/v[12]$/, "$1");
}

/** Host of the registry's API. */
export function apiHost(registry: string): string {
  return registry === "docker.io" ? "registry-1.docker.io" : registry;
}
