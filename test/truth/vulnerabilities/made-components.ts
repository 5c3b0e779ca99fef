import fc from "fast-check";
import { ECOSYSTEMS, familyOf, nameIn, type OsvComponent } from "./matcher.ts";
import type { OsvRecord } from "./osv-records.ts";

/** Versions that differ from an event's in one place; not all are versions of the ecosystem. */
function near(family: string, version: string): readonly string[] {
  const core = /^\d+(?:\.\d+)*/.exec(version)?.[0] ?? version;
  const last = /^(.*?)(\d+)([^\d]*)$/.exec(version);
  const stepped = [-1, 1].flatMap((step) => {
    const [, before = "", digits = "", after = ""] = last ?? [];
    const number = Number(digits) + step;
    return digits.length > 8 || number < 0 || last === null ? [] : [`${before}${number}${after}`];
  });
  return [version, ...stepped, ...(NEAR[family]?.(version, core) ?? [])];
}

const ofSemver = (_: string, core: string) => [core, `${core}-0`, `${core}-rc.1`, `${core}+build.1`];
const ofRpm = (version: string) => [
  `${version}.1`,
  `${version}~rc1`,
  `${version}^git1`,
  version.replace(/^\d+:/, ""),
];
const ofDpkg = (version: string) => [
  `${version}~`,
  `${version}+b1`,
  `${version}.1`,
  version.replace(/^\d+:/, ""),
];
const ofApk = (version: string) => {
  const plain = version.replace(/-r\d+$/, "");
  return [`${plain}-r10`, `${plain}_rc1-r0`, `${plain}_p1-r0`, `${plain}.1-r0`];
};

const NEAR: Readonly<Record<string, (version: string, core: string) => readonly string[]>> = {
  npm: ofSemver,
  "crates.io": ofSemver,
  Bitnami: ofSemver,
  Go: (_, core) => [core, `${core}-rc.1`, `${core}-0.20200101000000-abcdefabcdef`, `${core}+incompatible`],
  PyPI: (version, core) => [
    `${version}.dev0`,
    `${version}.post1`,
    `${core}rc1`,
    `${core}.0`,
    `${version}+local.1`,
  ],
  Maven: (version, core) => [
    `${version}-SNAPSHOT`,
    `${core}-alpha-1`,
    `${core}.Final`,
    `${core}-jre8`,
    `${core}.0`,
  ],
  RubyGems: (version, core) => [`${version}.pre`, `${core}.rc1`, `${core}.0`],
  Packagist: (version, core) => [`v${version}`, `${core}-beta1`, `${core}-RC1`, `${core}.0`],
  NuGet: (_, core) => [`${core}-alpha`, `${core}-beta.2`, `${core}+meta`],
  Debian: ofDpkg,
  Ubuntu: ofDpkg,
  AlmaLinux: ofRpm,
  "Rocky Linux": ofRpm,
  "Red Hat": ofRpm,
  Alpine: ofApk,
  Wolfi: ofApk,
  Chainguard: ofApk,
};

/** A name that no record has, and that is no path below a module of Go, which might be a package in the module. */
const stranger = (family: string, name: string) => (family === "Go" ? `example.com/zz/${name}` : `${name}zz`);

export interface Sample {
  /** Most packages, and most versions of each. */
  readonly packages: number;
  readonly versions: number;
  readonly seed: number;
}

/** Packages of the records at versions around their events, and some that no record names. */
export function madeComponents(records: readonly OsvRecord[], sample: Sample): readonly OsvComponent[] {
  const found = new Map<
    string,
    { readonly ecosystem: string; readonly name: string; versions: Set<string> }
  >();
  for (const { affected } of records) {
    for (const { package: about, ranges = [], versions = [] } of affected ?? []) {
      if (about === undefined || !ECOSYSTEMS.includes(familyOf(about.ecosystem))) continue;
      const { ecosystem, name } = about;
      const key = `${ecosystem} ${nameIn(ecosystem, name)}`;
      const one = found.get(key) ?? { ecosystem, name, versions: new Set(["0.0.1", "99.99.99"]) };
      const events = ranges.flatMap(({ type, events: all }) =>
        type === "GIT" ? [] : all.flatMap((event) => Object.values(event)),
      );
      const dated = events.filter((text) => text !== "0" && text !== "*");
      const around = dated.flatMap((event) => near(familyOf(ecosystem), event));
      one.versions = new Set([...one.versions, ...around, ...versions.slice(0, 3)]);
      found.set(key, one);
    }
  }
  return some([...found.values()], sample.packages, sample.seed).flatMap(
    ({ ecosystem, name, versions }, at) => [
      ...some([...versions].filter(isWritten), sample.versions, sample.seed).map((version) => ({
        ecosystem,
        name,
        version,
      })),
      ...(at % 20 === 0 ? [{ ecosystem, name: stranger(familyOf(ecosystem), name), version: "1.0.0" }] : []),
    ],
  );
}

/** Bitnami's revision of a build is no part of the version; programs read one version a word. */
function isWritten(version: string): boolean {
  return (
    version !== "" &&
    !/\s/.test(version) &&
    !/-\d+$/.test(version.replace(/-r\d+$|-\d+\.|-\d+$(?<=-\d{6,})/, ""))
  );
}

function some<T>(all: readonly T[], most: number, seed: number): readonly T[] {
  return all.length <= most
    ? all
    : (fc.sample(fc.shuffledSubarray([...all], { minLength: most, maxLength: most }), {
        numRuns: 1,
        seed,
      })[0] ?? []);
}

/** Package URL as the purl specification has it. */
export function purlOf({ ecosystem, name, version }: OsvComponent): string {
  const [family = "", ...release] = ecosystem.split(":");
  const stated = encodeURIComponent(version).replaceAll("%3A", ":");
  const [epoch, rest] = version.includes(":") ? version.split(":") : [undefined, version];
  const rpm = (namespace: string, distro: string) =>
    `pkg:rpm/${namespace}/${encodeURIComponent(name)}@${encodeURIComponent(rest ?? "")}?arch=x86_64&distro=${distro}${epoch === undefined ? "" : `&epoch=${epoch}`}`;
  const path = name.split("/").map(encodeURIComponent).join("/");
  switch (family) {
    case "npm":
      return `pkg:npm/${path}@${stated}`;
    case "PyPI":
      return `pkg:pypi/${nameIn(ecosystem, name)}@${stated}`;
    case "Maven":
      return `pkg:maven/${name.replace(":", "/")}@${stated}`;
    case "Go":
      return `pkg:golang/${path}@${name === "stdlib" || name === "toolchain" ? stated : `v${stated}`}`;
    case "crates.io":
      return `pkg:cargo/${name}@${stated}`;
    case "RubyGems":
      return `pkg:gem/${name}@${stated}`;
    case "Packagist":
      return `pkg:composer/${path.toLowerCase()}@${stated}`;
    case "NuGet":
      return `pkg:nuget/${name}@${stated}`;
    case "Bitnami":
      return `pkg:bitnami/${name}@${stated}`;
    case "Debian":
      return `pkg:deb/debian/${encodeURIComponent(name)}@${stated}?arch=amd64&distro=debian-${release[0]}`;
    case "Ubuntu":
      return `pkg:deb/ubuntu/${encodeURIComponent(name)}@${stated}?arch=amd64&distro=ubuntu-${release.find((one) => /^\d/.test(one))}`;
    case "AlmaLinux":
      return rpm("almalinux", `almalinux-${release[0]}`);
    case "Rocky Linux":
      return rpm("rocky", `rocky-${release[0]}`);
    case "Red Hat":
      return rpm("redhat", `redhat-${release[1]}`);
    case "Alpine":
      return `pkg:apk/alpine/${name}@${stated}?arch=x86_64&distro=alpine-${release[0]?.slice(1)}`;
    default:
      return `pkg:apk/${family.toLowerCase()}/${name}@${stated}?arch=x86_64&distro=${family.toLowerCase()}-20230201`;
  }
}
