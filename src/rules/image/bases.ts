import { baseName } from "../../contract/base-name.ts";
import type { FileSelector } from "../../contract/file-selector.ts";
import type { FileFacts, ImageFacts } from "../../contract/image-facts.ts";

/** Distributions made to be installed and administered: os-release ID. */
const GENERAL = new Set(
  (
    "debian ubuntu fedora rhel centos rocky almalinux ol opensuse opensuse-leap opensuse-tumbleweed sles sle_hpc amzn " +
    "arch archarm kali raspbian linuxmint gentoo void mageia oraclelinux openEuler anolis azurelinux mariner photon " +
    "scientific cloudlinux nixos"
  ).split(" "),
);
/** Distributions that are small by design, shell and package manager included. */
const MINIMAL = new Set("alpine wolfi chainguard postmarketos".split(" "));

const PROGRAMS = ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/busybox"];
const SHELLS = "sh bash dash ash zsh ksh mksh busybox busybox.static toybox".split(" ");
const MANAGERS =
  "apt apt-get dpkg apk rpm dnf dnf-3 dnf5 microdnf yum zypper pacman tdnf opkg urpmi nix-env".split(" ");
const CHISEL = "/var/lib/chisel/manifest.wall";

/** Selectors for baseOf(), without links: the target of a link is selected itself. */
export const BASE_FILES: readonly FileSelector[] = [
  { paths: ["/etc/os-release", "/usr/lib/os-release"], content: 16 * 1024 },
  { paths: [CHISEL] },
  { names: [...SHELLS, ...MANAGERS], under: PROGRAMS, type: "file", anyMode: 0o111 },
];

/** Base of an image, according to its file system. */
export interface Base {
  /** os-release PRETTY_NAME, else NAME, else ID; empty without an os-release. */
  readonly name: string;
  readonly kind: "general" | "minimal" | "distroless" | "chiselled" | "unknown" | "none";
  readonly shells: readonly string[];
  readonly managers: readonly string[];
}

export function baseOf(image: ImageFacts): Base {
  const { files } = image;
  const release = fieldsOf(releaseOf(files));
  return {
    name: release.get("PRETTY_NAME") ?? release.get("NAME") ?? release.get("ID") ?? "",
    kind: kindOf(release, files),
    shells: programs(files, SHELLS),
    managers: programs(files, MANAGERS),
  };
}

function kindOf(release: ReadonlyMap<string, string>, files: readonly FileFacts[]): Base["kind"] {
  const id = release.get("ID") ?? "";
  const like = (release.get("ID_LIKE") ?? "").split(" ");
  if (files.some(({ path }) => path === CHISEL)) return "chiselled";
  // https://github.com/GoogleContainerTools/distroless: ID=debian, PRETTY_NAME="Distroless".
  if (/^distroless/i.test(release.get("PRETTY_NAME") ?? "")) return "distroless";
  if (MINIMAL.has(id)) return "minimal";
  if ([id, ...like].some((name) => GENERAL.has(name))) return "general";
  if (like.some((name) => MINIMAL.has(name))) return "minimal";
  return release.size === 0 ? "none" : "unknown";
}

/** os-release(5): /etc/os-release goes before /usr/lib/os-release. */
function releaseOf(files: readonly FileFacts[]): string {
  const found = files.filter(({ path, content }) => path.endsWith("/os-release") && content !== undefined);
  return (found.find(({ path }) => path.startsWith("/etc/")) ?? found[0])?.content ?? "";
}

function fieldsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split("\n").flatMap((line) => {
      const [, name, quoted = ""] = /^([A-Z_]+)=["']?(.*)$/.exec(line.trimEnd()) ?? [];
      const value = quoted.replace(/["']$/, "");
      return name === undefined || value === "" ? [] : [[name, value] as const];
    }),
  );
}

/** Absolute paths of these programs, sorted. */
function programs(files: readonly FileFacts[], names: readonly string[]): readonly string[] {
  const wanted = new Set(names);
  const found = files.filter(
    ({ path }) => wanted.has(baseName(path)) && PROGRAMS.includes(path.slice(0, path.lastIndexOf("/"))),
  );
  return [...new Set(found.map(({ path }) => path))].sort();
}
