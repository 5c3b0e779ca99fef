interface KnownRuntime {
  /** As Bitnami's advisories name it (https://github.com/bitnami/vulndb), where that is another name. */
  readonly bitnami?: string;
  /** As endoflife.date names it; absent where nobody's end is everybody's. */
  readonly product?: string;
  /** Parts of a version that make a release cycle. */
  readonly cycleParts?: 1 | 2;
}

/** Programs outside package managers, by the name that catalogers give them. */
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
    // Whoever builds it: the vulnerabilities are OpenJDK's, the end of support is each vendor's own.
    openjdk: { bitnami: "java" },
  } satisfies Record<string, KnownRuntime>),
);

export function bitnamiName(name: string): string {
  return RUNTIMES.get(name)?.bitnami ?? name;
}

const JAVA_8 = /^1\.(\d{1,2})\.(\d{1,2})(?:_(\d{1,4}))?(?:-.{0,20})?$/;

/** As Bitnami's advisories count it: Java's `1.8.0_392`, as it called itself before 9, is `8.0.392` (JEP 223). */
export function bitnamiVersion(name: string, version: string): string {
  const [, major, minor, update = "0"] = (name === "openjdk" ? JAVA_8.exec(version) : undefined) ?? [];
  return major === undefined || minor === undefined ? version : `${major}.${minor}.${update}`;
}

/** Its product and release cycle by endoflife.date: (`nodejs`, `18`) of node 18.20.4. */
export function runtimeCycle(
  name: string,
  version: string,
): { readonly product: string; readonly cycle: string } | undefined {
  const { product, cycleParts = 1 } = RUNTIMES.get(name) ?? {};
  const parts = version.split(".").slice(0, cycleParts);
  return product === undefined || version === "" ? undefined : { product, cycle: parts.join(".") };
}
