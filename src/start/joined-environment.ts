import type { ManifestVariable } from "./manifest-environment.ts";

/**
 * What a process finds in its environment, `NAME=value`, each name once: the runtime's own
 * variables, then ENV of the image, then the manifest's. Of two with one name the later wins; an
 * entry of ENV without `=` sets nothing, and takes the runtime's own variable away (containerd,
 * oci.WithEnv).
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

/** The name in `NAME=value`, or in `NAME`. */
export function nameOf(entry: string): string {
  const at = entry.indexOf("=");
  return at === -1 ? entry : entry.slice(0, at);
}
