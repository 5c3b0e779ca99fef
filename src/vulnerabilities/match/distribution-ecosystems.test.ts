import { expect, test } from "vitest";
import { releaseOf } from "./distribution-release.ts";

// Names of https://ossf.github.io/osv-schema/#defined-ecosystems and of https://endoflife.date/api/v1/products
test.each([
  ["wolfi", "20230201", "apk", ["Wolfi"], ""],
  ["chainguard", "20230214", "apk", ["Chainguard", "Wolfi"], ""],
  ["alpine", "3.23.0_alpha20260127", "apk", ["Alpine:edge"], ""],
  ["alpine", "3.22.1", "apk", ["Alpine:v3.22"], "alpine-linux 3.22"],
  ["debian", "13", "deb", ["Debian:13"], "debian 13"],
  ["debian", "7", "deb", ["Debian:7"], "debian 7"],
  ["debian", "6", "deb", ["Debian:6", "Debian:6.0"], "debian 6"],
  ["debian", "6.0.10", "deb", ["Debian:6", "Debian:6.0"], "debian 6"],
  ["debian", "3.1", "deb", ["Debian:3.1"], "debian 3"],
  ["debian", "3", "deb", ["Debian:3.0", "Debian:3.1"], "debian 3"],
  ["ubuntu", "24.04", "deb", ["Ubuntu:24.04:LTS", "Ubuntu:24.04"], "ubuntu 24.04"],
  ["rocky", "9.4", "rpm", ["Rocky Linux:9"], "rocky-linux 9"],
  ["almalinux", "9.4", "rpm", ["AlmaLinux:9"], "almalinux 9"],
  ["alma", "9.4", "rpm", ["AlmaLinux:9"], "almalinux 9"],
  ["mageia", "9", "rpm", ["Mageia:9"], "mageia 9"],
  ["opensuse-leap", "15.6", "rpm", ["openSUSE:Leap 15.6"], "opensuse 15.6"],
  ["opensuse.leap", "15.6", "rpm", ["openSUSE:Leap 15.6"], "opensuse 15.6"],
  ["opensuse", "leap-15.6", "rpm", ["openSUSE:Leap 15.6"], "opensuse 15.6"],
  [
    "sles",
    "15.6",
    "rpm",
    [
      "SUSE:Linux Enterprise Server 15 SP6",
      "SUSE:Linux Enterprise Module for Basesystem 15 SP6",
      "SUSE:Linux Enterprise Module for Server Applications 15 SP6",
      "SUSE:Linux Enterprise Module for Development Tools 15 SP6",
    ],
    "sles 15.6",
  ],
  ["suse linux enterprise server", "15.6", "rpm", expect.any(Array), "sles 15.6"],
] as const)(
  "%s %s: packages of type %s, records of %j, support of %j",
  (id, version, type, ecosystems, cycle) => {
    const release = releaseOf({ id, version });
    expect(release?.ecosystems).toEqual(ecosystems);
    expect(release?.type).toBe(type);
    expect(release?.cycle === undefined ? "" : `${release.cycle.product} ${release.cycle.cycle}`).toBe(cycle);
    expect(release).not.toHaveProperty("streams");
  },
);

test.each([
  ["debian", undefined],
  ["debian", "sid"],
  ["debian", "13x"],
  ["alpine", "edge"],
  ["opensuse", "20260101"],
  ["fedora", "42"],
  ["centos", "9"],
  ["", "1"],
])("%s %s is no release with records", (id, version) => {
  expect(releaseOf(version === undefined ? { id } : { id, version })).toBeUndefined();
});

const REPOSITORIES = [
  ..."appstream baseos crb highavailability nfv realtime resilientstorage sap sap_hana supplementary".split(
    " ",
  ),
  ..."server client workstation computenode".split(" "),
];

test.each(["rhel", "redhat"])(
  "%s has all repositories of its release, and streams of its minor release",
  (id) => {
    const release = releaseOf({ id, version: "9.2" });
    expect(release?.ecosystems).toEqual(REPOSITORIES.map((one) => `Red Hat:enterprise_linux:9::${one}`));
    expect(release?.streams).toEqual(
      ["rhel_eus", "rhel_e4s", "rhel_aus", "rhel_tus"].flatMap((stream) =>
        REPOSITORIES.map((one) => `Red Hat:${stream}:9.2::${one}`),
      ),
    );
    expect([release?.type, release?.cycle]).toEqual(["rpm", { product: "rhel", cycle: "9" }]);
    expect(releaseOf({ id, version: "9" })).not.toHaveProperty("streams");
  },
);
