import type { OsFacts, PackageFacts } from "../contract/package-facts.ts";

/**
 * Types of distribution packages: those of Debian, Alpine, Red Hat and derivatives; of Arch (pacman); of
 * OpenWrt and Yocto (opkg).
 */
const DISTRIBUTIONS: ReadonlySet<string> = new Set(["deb", "apk", "rpm", "alpm", "opkg"]);

/** Whether a package is a distribution's, which builds, names and fixes it. */
export function isDistributions({ type }: Pick<PackageFacts, "type">): boolean {
  return DISTRIBUTIONS.has(type);
}

/**
 * Whether a cataloger lists a distribution's packages without the source packages that advisories name, as in
 * chisel's manifest. The name may come from one of our documents.
 */
export function isWithoutSources(cataloger: string): boolean {
  return cataloger === "chisel";
}

/**
 * Whether a language package was installed by a distribution's package that lists its file. It must also be
 * in a distribution's folder, and have the same name and version (`python3-requests` 2.32.3-1 installs
 * `requests` 2.32.3), since neither the list nor the folder alone proves that the distribution maintains it.
 *
 * @param path of the file that declares the package
 * @param owner package that lists this file
 */
export function isBroughtBy(
  { type, name, version }: Pick<PackageFacts, "type" | "name" | "version">,
  path: string,
  owner: Pick<PackageFacts, "type" | "name" | "version" | "source">,
): boolean {
  if (isDistributions({ type }) || !isDistributions(owner) || !OWN_PLACES.test(path)) return false;
  const { source } = owner;
  const known = new Set([...words(owner.name), ...words(source?.name ?? "")]);
  if (!known.has(normal(name))) return false;
  const versions = [upstreamVersion(owner.version), ...(source ? [upstreamVersion(source.version)] : [])];
  return versions.some((upstream) => isOf(upstream, version));
}

/**
 * Whether a distribution's version is based on an upstream version: `2.32.3+dfsg-5` is on `2.32.3`, but not
 * on `2.32.30` or `2.32`.
 */
function isOf(upstream: string, version: string): boolean {
  return version !== "" && upstream.startsWith(version) && BEHIND.test(upstream.slice(version.length));
}

/** Suffixes that distributions append to an upstream version: `-1`, `-r0`, `+dfsg-1`, `.dfsg-1`. */
const BEHIND = /^(?:$|-|\+(?!really)|\.(?:dfsg|ds|orig))/;

const OWN_PLACES = /^\/usr\/(?:lib|share)\//;

/** A package's name, and the name without a distribution's prefixes and suffixes. */
function words(name: string): readonly string[] {
  const whole = normal(name);
  return [
    whole,
    whole.replace(/^(?:python3?|py3|node(?:js)?|ruby(?:gem)?|perl|php|lib|golang)-?|-java$/g, ""),
  ];
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** Version without its epoch. */
function upstreamVersion(version: string): string {
  return version.replace(/^\d{1,9}:/, "");
}

/** Whether the path may be /etc/os-release or its link's target. */
export function isOsRelease(path: string): boolean {
  return path.endsWith("/os-release");
}

/**
 * Whether ID or VERSION_ID occurs twice with different values: some readers take the first, others the last.
 */
export function saysTwoSystems(bytes: Buffer): boolean {
  const fields = new Map<string, string>();
  return bytes
    .toString("utf8")
    .split(/\r?\n/)
    .some((line) => {
      const at = line.indexOf("=");
      const [name, value] = [line.slice(0, Math.max(at, 0)), unquoted(line.slice(at + 1).trim())];
      if (name !== "ID" && name !== "VERSION_ID") return false;
      const known = fields.get(name);
      fields.set(name, value);
      return known !== undefined && known !== value;
    });
}

/** Facts of os-release(5); undefined without an ID. */
export function osRelease(bytes: Buffer): OsFacts | undefined {
  const fields = new Map<string, string>();
  for (const line of bytes.toString("utf8").split(/\r?\n/)) {
    const at = line.indexOf("=");
    if (at > 0 && !line.startsWith("#")) fields.set(line.slice(0, at), unquoted(line.slice(at + 1).trim()));
  }
  const [id, version, name] = ["ID", "VERSION_ID", "PRETTY_NAME"].map((field) => fields.get(field));
  if (id === undefined || id === "") return undefined;
  return { id, ...(version === undefined ? {} : { version }), ...(name === undefined ? {} : { name }) };
}

/** Value without quotation marks, as a shell would read it. */
function unquoted(text: string): string {
  const quote = text[0];
  if ((quote !== '"' && quote !== "'") || text.length < 2 || !text.endsWith(quote)) return text;
  return text.slice(1, -1).replace(/\\([$"'\\`])/g, "$1");
}
