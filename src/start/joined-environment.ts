import type { ManifestVariable } from "./manifest-environment.ts";

/**
 * Environment of a process, as `NAME=value`, each name once: the runtime's own variables, then the image's
 * ENV, then the manifest's; the last definition wins. An ENV entry without `=` sets nothing, and removes the
 * runtime's variable of that name (containerd, oci.WithEnv).
 */
export function joinedEnvironment(
  runtime: readonly string[],
  image: readonly string[],
  manifest: ReadonlyMap<string, ManifestVariable>,
): readonly string[] {
  const joined = new Map(runtime.map((entry) => [nameOf(entry), entry]));
  const own = new Set(joined.keys());
  for (const entry of image) {
    if (entry.includes("=")) joined.set(nameOf(entry), entry);
    else if (own.has(entry)) joined.delete(entry);
  }
  for (const [name, { value }] of manifest) joined.set(name, `${name}=${value}`);
  return [...joined.values()];
}

/** Name in `NAME=value`, or in `NAME`. */
export function nameOf(entry: string): string {
  const at = entry.indexOf("=");
  return at === -1 ? entry : entry.slice(0, at);
}
