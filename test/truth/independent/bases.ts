import type { Answer } from "../../../src/contract/verdict.ts";
import { emptyImage, type ImageValue } from "../../fixtures/image/image.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { imageOf } from "../given/image.ts";

const PROGRAM = { content: "\x7fELF", mode: 0o755 };
const SHELL: LayerFiles = { "bin/sh": PROGRAM, "bin/bash": PROGRAM };

/** Row 16 by the files that distributions write into their images, and by the layers on top. */
export const cases: Cases = [
  base("scratch and one static program", "yes", {}, "nothing but the program"),
  base(
    "distroless static",
    "yes",
    {
      "etc/os-release": 'PRETTY_NAME="Distroless"\nNAME="Debian GNU/Linux"\nID="debian"\nVERSION_ID="12"\n',
      "var/lib/dpkg/status.d/base": "Package: base-files\nVersion: 12.4\n",
    },
    "Debian's files without shell or package manager",
  ),
  base(
    "alpine",
    "yes",
    {
      ...SHELL,
      "etc/os-release": "ID=alpine\nVERSION_ID=3.22.1\n",
      "etc/alpine-release": "3.22.1\n",
      "sbin/apk": PROGRAM,
    },
    "minimal by design",
  ),
  base(
    "wolfi",
    "yes",
    { ...SHELL, "etc/os-release": "ID=wolfi\nNAME=Wolfi\n", "sbin/apk": PROGRAM },
    "minimal by design",
  ),
  base(
    "ubi9-micro",
    "yes",
    {
      ...SHELL,
      "etc/os-release": 'ID="rhel"\nVERSION_ID="9.6"\n',
      "etc/redhat-release": "Red Hat Enterprise Linux release 9.6 (Plow)\n",
      "root/buildinfo/content_manifests/ubi9-micro-container-9.6-1752500771.json": "{}",
    },
    "UBI micro, by the labels that Red Hat gives it: no package manager, minimal by design",
    { name: "ubi9/ubi-micro", "com.redhat.component": "ubi9-micro-container" },
  ),
  base(
    "debian slim",
    "no",
    {
      ...SHELL,
      "etc/os-release": "ID=debian\nVERSION_ID=13\n",
      "etc/debian_version": "13.1\n",
      "usr/bin/apt-get": PROGRAM,
      "usr/bin/dpkg": PROGRAM,
      "var/lib/dpkg/status": "Package: apt\nStatus: install ok installed\nVersion: 3.0.3\n",
    },
    "a general-purpose base with shell and package manager",
  ),
  base(
    "ubuntu",
    "no",
    {
      ...SHELL,
      "etc/os-release": "ID=ubuntu\nID_LIKE=debian\nVERSION_ID=24.04\n",
      "usr/bin/apt-get": PROGRAM,
      "var/lib/dpkg/status": "Package: apt\nStatus: install ok installed\nVersion: 2.8.3\n",
    },
    "a general-purpose base",
  ),
  base(
    "fedora",
    "no",
    {
      ...SHELL,
      "etc/os-release": "ID=fedora\nVERSION_ID=42\n",
      "usr/bin/dnf": PROGRAM,
      "var/lib/rpm/rpmdb.sqlite": "",
    },
    "a general-purpose base",
  ),
  base(
    "ubi9",
    "no",
    {
      ...SHELL,
      "etc/os-release": 'ID="rhel"\nVERSION_ID="9.6"\n',
      "etc/redhat-release": "Red Hat Enterprise Linux release 9.6 (Plow)\n",
      "usr/bin/dnf": PROGRAM,
    },
    "a general-purpose base with its package manager",
  ),
  base(
    "rocky",
    "no",
    { ...SHELL, "etc/os-release": 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', "usr/bin/dnf": PROGRAM },
    "a general-purpose base",
  ),
  base(
    "opensuse leap",
    "no",
    {
      ...SHELL,
      "etc/os-release": 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n',
      "usr/bin/zypper": PROGRAM,
    },
    "a general-purpose base",
  ),
  base(
    "amazon linux",
    "no",
    { ...SHELL, "etc/os-release": 'ID="amzn"\nID_LIKE="fedora"\n', "usr/bin/dnf": PROGRAM },
    "a general-purpose base",
  ),
  base(
    "arch",
    "no",
    { ...SHELL, "etc/os-release": "ID=arch\n", "usr/bin/pacman": PROGRAM },
    "a general-purpose base",
  ),
  base(
    "alpine with a compiler",
    "no",
    {
      ...SHELL,
      "etc/os-release": "ID=alpine\n",
      "etc/alpine-release": "3.22.1\n",
      "usr/bin/gcc": PROGRAM,
      "usr/bin/cc": PROGRAM,
      "usr/libexec/gcc/x86_64-alpine-linux-musl/14.2.0/cc1": PROGRAM,
    },
    "a compiler has no place at run time",
  ),
  base(
    "alpine with Go",
    "no",
    {
      ...SHELL,
      "etc/os-release": "ID=alpine\n",
      "etc/alpine-release": "3.22.1\n",
      "usr/local/go/bin/go": PROGRAM,
      "usr/local/go/pkg/tool/linux_amd64/compile": PROGRAM,
    },
    "an SDK has no place at run time",
  ),
  base(
    "alpine with a JDK",
    "no",
    {
      ...SHELL,
      "etc/os-release": "ID=alpine\n",
      "etc/alpine-release": "3.22.1\n",
      "opt/java/openjdk/bin/java": PROGRAM,
      "opt/java/openjdk/bin/javac": PROGRAM,
      "opt/java/openjdk/release": 'JAVA_VERSION="21.0.8"\n',
    },
    "javac is a compiler",
  ),
  base(
    "alpine with a JRE",
    "yes",
    {
      ...SHELL,
      "etc/os-release": "ID=alpine\n",
      "etc/alpine-release": "3.22.1\n",
      "opt/java/openjdk/bin/java": PROGRAM,
      "opt/java/openjdk/release": 'JAVA_VERSION="21.0.8"\n',
    },
    "a run time on a minimal base",
  ),
  base(
    "distroless with a shell laid on top",
    "no",
    {
      "etc/os-release": 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n',
      "var/lib/dpkg/status": "Package: bash\nStatus: install ok installed\nVersion: 5.2\n",
      ...SHELL,
      "usr/bin/apt": PROGRAM,
    },
    "with shell and package manager it is Debian",
  ),
];

function base(name: string, answer: Answer, files: LayerFiles, why: string, Labels = {}): Case {
  const config = { User: "1000", Cmd: ["/app/server"], Labels };
  const made: ImageValue = imageOf({
    from: emptyImage(),
    files: { ...files, "app/server": PROGRAM },
    config,
  });
  return {
    name,
    given: { image: made },
    expect: { minimal: answer, "non-root": "yes", "no-dockerfile": "no" },
    why,
  };
}
