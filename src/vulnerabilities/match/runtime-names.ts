interface KnownRuntime {
  /** Name in Bitnami's advisories (https://github.com/bitnami/vulndb), if different. */
  readonly bitnami?: string;
  /** Name at endoflife.date; absent if vendors differ. */
  readonly product?: string;
  /** Number of version parts in a release cycle. */
  readonly cycleParts?: 1 | 2;
}

/** Programs outside package managers, by their names in catalogers. */
const RUNTIMES: ReadonlyMap<string, KnownRuntime> = new Map(
  Object.entries({
    node: { product: "nodejs", cycleParts: 1 },
    python: { product: "python", cycleParts: 2 },
    php: { product: "php", cycleParts: 2 },
    ruby: { product: "ruby", cycleParts: 2 },
    nginx: { product: "nginx", cycleParts: 2 },
    postgresql: { product: "postgresql", cycleParts: 1 },
    redis: { product: "redis", cycleParts: 2 },
    valkey: { product: "valkey", cycleParts: 2 },
    dotnet: { product: "dotnet", cycleParts: 1 },
    "aspnet-core": { product: "dotnet", cycleParts: 1 },
    // Vulnerabilities are OpenJDK's for every vendor; support ends differ.
    openjdk: { bitnami: "java" },
  } satisfies Record<string, KnownRuntime>),
);

export function bitnamiName(name: string): string {
  return RUNTIMES.get(name)?.bitnami ?? name;
}

const JAVA_8 = /^1\.(\d{1,2})\.(\d{1,2})(?:_(\d{1,4}))?(?:-.{0,20})?$/;

/**
 * Version as in Bitnami's advisories: Java's old form `1.8.0_392`, used before version 9, becomes `8.0.392`
 * (JEP 223).
 */
export function bitnamiVersion(name: string, version: string): string {
  const [, major, minor, update = "0"] = (name === "openjdk" ? JAVA_8.exec(version) : undefined) ?? [];
  return major === undefined || minor === undefined ? version : `${major}.${minor}.${update}`;
}

/** Product and release cycle at endoflife.date: (`nodejs`, `18`) for node 18.20.4. */
export function runtimeCycle(
  name: string,
  version: string,
): { readonly product: string; readonly cycle: string } | undefined {
  const { product, cycleParts = 1 } = RUNTIMES.get(name) ?? {};
  const parts = version.split(".").slice(0, cycleParts);
  return product === undefined || version === "" ? undefined : { product, cycle: parts.join(".") };
}
