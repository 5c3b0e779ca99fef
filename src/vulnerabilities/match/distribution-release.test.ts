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
