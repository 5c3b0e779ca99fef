import type { OsFacts } from "../contract/package-facts.ts";

/** Releases by code name, as some documents give them; from Debian's and Ubuntu's lists. */
const CODE_NAMES: ReadonlyMap<string, string> = new Map([
  ["stretch", "9"],
  ["buster", "10"],
  ["bullseye", "11"],
  ["bookworm", "12"],
  ["trixie", "13"],
  ["bionic", "18.04"],
  ["focal", "20.04"],
  ["jammy", "22.04"],
  ["noble", "24.04"],
]);

/** Release in the form of a purl's `distro`: `debian-13`. */
export function distroOf({ id, version }: OsFacts): string {
  return version === undefined ? id : `${id}-${version}`;
}

/**
 * Release in a purl's `distro`: `debian-13`, `alpine-3.22.1`, `3.22.1`, `rhel-9.4`, `bookworm`.
 *
 * @param namespace namespace of the purl: `debian`
 */
export function osOfDistro(distro: string, namespace: string | undefined): OsFacts {
  if (namespace !== undefined && distro.startsWith(`${namespace}-`)) {
    return release(namespace, distro.slice(namespace.length + 1));
  }
  const dash = distro.lastIndexOf("-");
  if (dash > 0 && isDigit(distro.charAt(dash + 1))) {
    return release(distro.slice(0, dash), distro.slice(dash + 1));
  }
  if (namespace === undefined || namespace === distro) return { id: distro };
  return release(namespace, distro);
}

function release(id: string, version: string): OsFacts {
  return { id, version: CODE_NAMES.get(version) ?? version };
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}
