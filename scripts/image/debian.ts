import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tree } from "./tree.ts";

/** Files taken from each package: its shared libraries, or these files only. */
type Packages = Readonly<Record<string, "libraries" | readonly string[]>>;

const CERTIFICATES = "ca-certificates";

/** Packages of Debian 13 that Node needs. */
export const RUNTIME: Packages = {
  "base-files": ["usr/lib/os-release"],
  [CERTIFICATES]: [],
  libc6: "libraries",
  "libgcc-s1": "libraries",
  "libstdc++6": "libraries",
};

/** Packages that git needs to fetch over HTTPS. */
const OF_GIT = [
  "libbrotli1",
  "libcom-err2",
  "libcurl3t64-gnutls",
  "libffi8",
  "libgmp10",
  "libgnutls30t64",
  "libgssapi-krb5-2",
  "libhogweed6t64",
  "libidn2-0",
  "libk5crypto3",
  "libkeyutils1",
  "libkrb5-3",
  "libkrb5support0",
  "libldap2",
  "libnettle8t64",
  "libnghttp2-14",
  "libnghttp3-9",
  "libngtcp2-16",
  "libngtcp2-crypto-gnutls8",
  "libp11-kit0",
  "libpsl5t64",
  "librtmp1",
  "libsasl2-2",
  "libssh2-1t64",
  "libssl3t64",
  "libtasn1-6",
  "libunistring5",
];

/**
 * Host programs of a trial and of pipeline jobs: a shell and git, with their libraries. None is setuid here.
 */
export const TRIAL: Packages = {
  git: ["usr/bin/git", "usr/lib/git-core/git-remote-http", "usr/lib/git-core/git-remote-https"],
  runc: ["usr/sbin/runc"],
  dash: ["usr/bin/dash", "usr/bin/sh"],
  "util-linux": ["usr/bin/nsenter", "usr/bin/setpriv", "usr/bin/unshare"],
  mount: ["usr/bin/mount", "usr/bin/umount"],
  iproute2: ["usr/bin/ip", "usr/bin/ss"],
  coreutils: [
    ...["cat", "env", "mkfifo", "mktemp", "rm", "rmdir", "sleep", "stdbuf"].map((name) => `usr/bin/${name}`),
    "usr/libexec/coreutils/libstdbuf.so",
  ],
  ...Object.fromEntries(OF_GIT.map((name) => [name, "libraries"] as const)),
  libblkid1: "libraries",
  libbpf1: "libraries",
  "libcap-ng0": "libraries",
  libcap2: "libraries",
  libelf1t64: "libraries",
  libmnl0: "libraries",
  libmount1: "libraries",
  "libpcre2-8-0": "libraries",
  libseccomp2: "libraries",
  libselinux1: "libraries",
  libzstd1: "libraries",
  zlib1g: "libraries",
};

const LIBRARY = /^usr\/lib(?:64)?\/(?:[^/]+-linux-gnu\/)?[^/]+\.so(?:\.[^/]*)?$/;

/** Downloads packages, verified by apt, and adds their needed files to the tree. */
export function addDebian(tree: Tree, packages: Packages): void {
  const folder = mkdtempSync(join(tmpdir(), "douane-image-"));
  try {
    download(Object.keys(packages), folder);
    for (const deb of readdirSync(folder)
      .filter((file) => file.endsWith(".deb"))
      .toSorted()) {
      addPackage(tree, join(folder, deb), packages);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function download(names: readonly string[], folder: string): void {
  const attempt = () =>
    spawnSync("apt-get", ["download", "--quiet", ...names], { cwd: folder, encoding: "utf8" });
  let { status, stderr } = attempt();
  if (status !== 0 && process.getuid?.() === 0) {
    execFileSync("apt-get", ["update", "--quiet"], { stdio: ["ignore", "ignore", "inherit"] });
    ({ status, stderr } = attempt());
  }
  if (status !== 0)
    throw new Error(`apt-get download does not give Debian 13's packages (apt-get update?): ${stderr}`);
}

function addPackage(tree: Tree, deb: string, packages: Packages): void {
  const control = execFileSync("dpkg-deb", ["--field", deb], { encoding: "utf8" });
  const name = /^Package: (.*)$/m.exec(control)?.[1] ?? "";
  const root = `${deb}.files`;
  mkdirSync(root);
  execFileSync("dpkg-deb", ["--extract", deb, root]);
  for (const path of wanted(packages[name], root)) tree.copy(join(root, path), path);
  if (name === CERTIFICATES) tree.write("etc/ssl/certs/ca-certificates.crt", certificatesOf(root));
  const copyright = `usr/share/doc/${name}/copyright`;
  if (existsSync(join(root, copyright))) tree.copy(join(root, copyright), copyright);
  // The layout of distroless images, which scanners support.
  tree.write(`var/lib/dpkg/status.d/${name}`, control);
  const sums = execFileSync("dpkg-deb", ["--info", deb, "md5sums"], { encoding: "utf8" });
  tree.write(`var/lib/dpkg/status.d/${name}.md5sums`, sums);
}

function wanted(selected: Packages[string] | undefined, root: string): readonly string[] {
  if (selected !== "libraries") return selected ?? [];
  return readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => LIBRARY.test(path));
}

/** The certificates file that installing the package would create. */
function certificatesOf(root: string): string {
  const folder = join(root, "usr/share/ca-certificates/mozilla");
  return readdirSync(folder)
    .toSorted()
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("");
}
