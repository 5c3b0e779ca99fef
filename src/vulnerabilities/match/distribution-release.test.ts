import { expect, test } from "vitest";
import type { OsFacts } from "../../contract/package-facts.ts";
import { osOfDistro } from "../../sbom/distro.ts";
import { releaseOf } from "./distribution-release.ts";

/** First ecosystem and the cycle of a release. */
function shown(os: OsFacts): string {
  const { ecosystems, cycle } = releaseOf(os) ?? {};
  return [ecosystems?.[0], cycle?.product, cycle?.cycle].filter((one) => one !== undefined).join(", ");
}

test.each([
  // As trivy writes purls: https://github.com/aquasecurity/trivy, pkg/purl.
  ["redhat-9.2", "redhat", "Red Hat:enterprise_linux:9::appstream, rhel, 9"],
  ["redhat-9", "redhat", "Red Hat:enterprise_linux:9::appstream, rhel, 9"],
  ["rhel-9.2", "redhat", "Red Hat:enterprise_linux:9::appstream, rhel, 9"],
  ["alma-9.4", "alma", "AlmaLinux:9, almalinux, 9"],
  ["rocky-9.4", "rocky", "Rocky Linux:9, rocky-linux, 9"],
  ["opensuse-leap-15.6", "opensuse", "openSUSE:Leap 15.6, opensuse, 15.6"],
  ["opensuse.leap-15.6", "opensuse.leap", "openSUSE:Leap 15.6, opensuse, 15.6"],
  ["sles-15.6", "suse", "SUSE:Linux Enterprise Server 15 SP6, sles, 15.6"],
  ["suse linux enterprise server-15.6", "sles", "SUSE:Linux Enterprise Server 15 SP6, sles, 15.6"],
  // Others' builds have other versions.
  ["centos-9", "centos", ""],
  ["fedora-42", "fedora", ""],
  ["opensuse-tumbleweed-20260101", "opensuse", ""],
  ["redhat-coreos", "redhat", ""],
])("the release of distro=%s in pkg:rpm/%s is %s", (distro, namespace, expected) => {
  expect(shown(osOfDistro(distro, namespace))).toBe(expected);
});

test.each([
  ["9.2", "Red Hat:rhel_eus:9.2::appstream", true],
  ["9.2", "Red Hat:rhel_aus:9.2::baseos", true],
  ["9.2", "Red Hat:rhel_eus:9.4::appstream", false],
  ["9", "Red Hat:rhel_eus:9.2::appstream", false],
])("rhel %s has the stream %s: %s", (version, stream, expected) => {
  expect(releaseOf({ id: "rhel", version })?.streams?.includes(stream) ?? false).toBe(expected);
});

test.each<[string, string | undefined, readonly string[], string | undefined]>([
  ["debian", "13", ["Debian:13"], "debian 13"],
  ["debian", "12.5", ["Debian:12"], "debian 12"],
  ["debian", "7", ["Debian:7"], "debian 7"],
  ["debian", "6", ["Debian:6", "Debian:6.0"], "debian 6"],
  ["debian", "3", ["Debian:3.0", "Debian:3.1"], "debian 3"],
  ["debian", "3.1", ["Debian:3.1"], "debian 3"],
  ["debian", undefined, [], undefined],
  ["debian", "trixie/sid", [], undefined],
  ["ubuntu", "24.04", ["Ubuntu:24.04:LTS", "Ubuntu:24.04"], "ubuntu 24.04"],
  ["alpine", "3.20.3", ["Alpine:v3.20"], "alpine-linux 3.20"],
  ["alpine", "3.21_alpha20240923", ["Alpine:edge"], undefined],
  ["wolfi", "20230201", ["Wolfi"], undefined],
  ["chainguard", "20230214", ["Chainguard", "Wolfi"], undefined],
  ["rocky", "9.4", ["Rocky Linux:9"], "rocky-linux 9"],
  ["almalinux", "8.10", ["AlmaLinux:8"], "almalinux 8"],
  ["alma", "8.10", ["AlmaLinux:8"], "almalinux 8"],
  ["opensuse-leap", "15.6", ["openSUSE:Leap 15.6"], "opensuse 15.6"],
  ["opensuse.leap", "15.6", ["openSUSE:Leap 15.6"], "opensuse 15.6"],
  ["opensuse", "leap-15.6", ["openSUSE:Leap 15.6"], "opensuse 15.6"],
  ["opensuse", "15.6", [], undefined],
  ["mageia", "9", ["Mageia:9"], "mageia 9"],
  ["fedora", "42", [], undefined],
])("%s %s has records of %j, and the cycle %s", (id, version, ecosystems, cycle) => {
  const release = releaseOf({ id, ...(version === undefined ? {} : { version }) });
  expect(release?.ecosystems ?? []).toEqual(ecosystems);
  expect(release?.cycle === undefined ? undefined : Object.values(release.cycle).join(" ")).toBe(cycle);
});

test.each([
  ["debian", "12", "deb"],
  ["ubuntu", "24.04", "deb"],
  ["alpine", "3.20", "apk"],
  ["alpine", "3.21_alpha20240923", "apk"],
  ["wolfi", "1", "apk"],
  ["chainguard", "1", "apk"],
  ["rhel", "9", "rpm"],
  ["sles", "15.6", "rpm"],
])("packages of %s %s are %s", (id, version, type) => {
  expect(releaseOf({ id, version })?.type).toBe(type);
});

test("a release of rhel and of sles has records of its repositories and modules", () => {
  const rhel = releaseOf({ id: "redhat", version: "9.2" });
  expect(rhel?.ecosystems).toContain("Red Hat:enterprise_linux:9::baseos");
  expect(rhel?.ecosystems).toContain("Red Hat:enterprise_linux:9::computenode");
  expect(rhel?.cycle).toEqual({ product: "rhel", cycle: "9" });
  const sles = releaseOf({ id: "suse linux enterprise server", version: "15.6" });
  expect(sles?.ecosystems[0]).toBe("SUSE:Linux Enterprise Server 15 SP6");
  expect(sles?.ecosystems).toHaveLength(4);
  expect(sles?.cycle).toEqual({ product: "sles", cycle: "15.6" });
});
