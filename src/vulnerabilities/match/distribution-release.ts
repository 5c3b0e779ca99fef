import type { OsFacts } from "../../contract/package-facts.ts";

/** A release of a distribution, by its names in feeds and at endoflife.date. */
export interface DistributionRelease {
  /**
   * Names of the release in OSV; its records may be under any of them (https://ossf.github.io/osv-schema/#defined-ecosystems).
   */
  readonly ecosystems: readonly string[];
  /**
   * Names of streams for some customers, such as extended updates. Their records count, too, but do not
   * replace the release's own.
   */
  readonly streams?: readonly string[];
  /** Product and release cycle at endoflife.date; absent for rolling releases. */
  readonly cycle?: { readonly product: string; readonly cycle: string };
  /** Type of the release's packages. */
  readonly type: "deb" | "apk" | "rpm";
}

/** Cache by the facts object, which all packages of an image share. */
const KNOWN = new WeakMap<OsFacts, { readonly release: DistributionRelease | undefined }>();

/**
 * Release for an os-release; undefined without a feed or a version. Derivatives do not count as their parent,
 * since their versions differ.
 */
export function releaseOf(os: OsFacts): DistributionRelease | undefined {
  const known = KNOWN.get(os) ?? { release: statedRelease(os) };
  KNOWN.set(os, known);
  return known.release;
}

/**
 * IDs of os-release by the names that other tools write in documents: trivy's families
 * (https://github.com/aquasecurity/trivy, pkg/fanal/types/const.go).
 */
const OS_RELEASE_IDS: ReadonlyMap<string, string> = new Map([
  ["redhat", "rhel"],
  ["alma", "almalinux"],
  ["opensuse.leap", "opensuse-leap"],
  ["suse linux enterprise server", "sles"],
]);

/** ID and version of the release in the words of os-release. */
function osRelease({ id, version = "" }: OsFacts): { readonly id: string; readonly version: string } {
  // A purl of openSUSE has the namespace `opensuse`, with and without Leap.
  if (id === "opensuse" && version.startsWith("leap-")) {
    return { id: "opensuse-leap", version: version.slice("leap-".length) };
  }
  return { id: OS_RELEASE_IDS.get(id) ?? id, version };
}

function statedRelease(os: OsFacts): DistributionRelease | undefined {
  const { id, version } = osRelease(os);
  const [major = "", minor = ""] = version.split(".");
  if (id === "wolfi") return { ecosystems: ["Wolfi"], type: "apk" };
  if (id === "chainguard") return { ecosystems: ["Chainguard", "Wolfi"], type: "apk" };
  if (id === "alpine" && version.includes("_alpha")) return { ecosystems: ["Alpine:edge"], type: "apk" };
  if (!/^\d+$/.test(major)) return undefined;
  const release = `${major}.${minor}`;
  switch (id) {
    case "debian":
      return { ecosystems: debian(major, minor), cycle: { product: "debian", cycle: major }, type: "deb" };
    case "ubuntu":
      return {
        ecosystems: [`Ubuntu:${release}:LTS`, `Ubuntu:${release}`],
        cycle: { product: "ubuntu", cycle: release },
        type: "deb",
      };
    case "alpine":
      return {
        ecosystems: [`Alpine:v${release}`],
        cycle: { product: "alpine-linux", cycle: release },
        type: "apk",
      };
    default:
      return rpmRelease(id, { version, major, minor });
  }
}

/**
 * Releases before 7 had two-part versions (3.1 after 3.0), used by OSV; the tracker's codenames mean the
 * first part.
 */
function debian(major: string, minor: string): readonly string[] {
  if (Number(major) >= 7) return [`Debian:${major}`];
  if (Number(major) === 3) return minor === "" ? ["Debian:3.0", "Debian:3.1"] : [`Debian:3.${minor}`];
  return [`Debian:${major}`, `Debian:${major}.0`];
}

interface RpmVersion {
  readonly version: string;
  readonly major: string;
  readonly minor: string;
}

function rpmRelease(id: string, { version, major, minor }: RpmVersion): DistributionRelease | undefined {
  const of = (ecosystems: readonly string[], product: string, cycle = major): DistributionRelease => {
    return { ecosystems, cycle: { product, cycle }, type: "rpm" };
  };
  switch (id) {
    case "rhel":
      return { ...of(redHat(["enterprise_linux"], major), "rhel"), ...redHatStreams(major, minor) };
    case "rocky":
      return of([`Rocky Linux:${major}`], "rocky-linux");
    case "almalinux":
      return of([`AlmaLinux:${major}`], "almalinux");
    case "sles":
      return of(
        [`SUSE:Linux Enterprise Server ${servicePack(version)}`, ...suseModules(version)],
        "sles",
        version,
      );
    case "opensuse-leap":
      return of([`openSUSE:Leap ${version}`], "opensuse", version);
    case "mageia":
      return of([`Mageia:${major}`], "mageia");
    default:
      return undefined;
  }
}

/**
 * Last part of the CPEs of Red Hat's repositories. Before RHEL 8, each variant (server, client…) has a
 * repository of its own.
 */
const RED_HAT_REPOSITORIES = [
  ..."appstream baseos crb highavailability nfv realtime resilientstorage sap sap_hana supplementary".split(
    " ",
  ),
  ..."server client workstation computenode".split(" "),
];

/** Ecosystems of Red Hat, whose records name streams and repositories by CPE. */
function redHat(products: readonly string[], version: string): readonly string[] {
  return products.flatMap((product) =>
    RED_HAT_REPOSITORIES.map((one) => `Red Hat:${product}:${version}::${one}`),
  );
}

/** Streams of extended support: updates of a minor release after the main stream has moved on. */
function redHatStreams(major: string, minor: string): Pick<DistributionRelease, "streams"> {
  if (minor === "") return {};
  return { streams: redHat(["rhel_eus", "rhel_e4s", "rhel_aus", "rhel_tus"], `${major}.${minor}`) };
}

/** Service pack in OSV's form: `15.6` → `15 SP6`. */
function servicePack(version: string): string {
  return version.replace(".", " SP");
}

function suseModules(version: string): readonly string[] {
  return ["Basesystem", "Server Applications", "Development Tools"].map(
    (name) => `SUSE:Linux Enterprise Module for ${name} ${servicePack(version)}`,
  );
}
