import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, SetupError } from "./run.mjs";

/** @typedef {{ command?: string, file?: string, name: string }} Needed */

/**
 * Commands (or files, for packages without one) that tests and benchmarks need, with their Debian packages.
 * @type {Record<"tests" | "screenshots" | "bench", readonly Needed[]>}
 */
export const PACKAGES_OF = {
  tests: [
    { command: "docker-registry", name: "docker-registry" },
    { command: "skopeo", name: "skopeo" },
    { command: "cosign", name: "cosign" },
    { command: "sigstore-go-verification", name: "sigstore-go" },
    { command: "buildah", name: "buildah" },
    { command: "podman", name: "podman" },
    { command: "runc", name: "runc" },
    { command: "umoci", name: "umoci" },
    { command: "htpasswd", name: "apache2-utils" },
    { command: "openssl", name: "openssl" },
    { command: "zstd", name: "zstd" },
    { command: "tar", name: "tar" },
    { command: "gcc", name: "gcc libc6-dev" },
    { command: "musl-gcc", name: "musl-tools" },
    { command: "go", name: "golang-go" },
    {
      file: "/usr/share/gocode/src/github.com/google/cel-go/cel/env.go",
      name: "golang-github-google-cel-go-dev",
    },
    { command: "kubectl", name: "kubernetes-client" },
    { file: "/usr/lib/postgresql/17/bin/postgres", name: "postgresql-17" },
    { command: "upx", name: "upx-ucl" },
    { command: "python3", name: "python3" },
    { file: "/usr/lib/python3/dist-packages/packaging/version.py", name: "python3-packaging" },
    { command: "ldd", name: "libc-bin" },
    { command: "newuidmap", name: "uidmap" },
    { command: "useradd", name: "passwd" },
    { command: "unshare", name: "util-linux" },
    { command: "mount", name: "mount" },
    { command: "ip", name: "iproute2" },
    { command: "dash", name: "dash" },
    { command: "busybox", name: "busybox" },
    { command: "mksh", name: "mksh" },
    { command: "ksh93", name: "ksh93u+m" },
    { command: "posh", name: "posh" },
    { command: "zsh", name: "zsh" },
    { command: "fish", name: "fish" },
    { command: "rpmbuild", name: "rpm" },
    { command: "sqlite3", name: "sqlite3" },
    { command: "db5.3_load", name: "db5.3-util" },
    { command: "cargo", name: "cargo" },
    { command: "cargo-auditable", name: "cargo-auditable" },
    { command: "objcopy", name: "binutils" },
    { command: "ruby", name: "ruby" },
    { command: "composer", name: "composer php-cli php-composer-semver" },
    { command: "redis-check-rdb", name: "redis-tools" },
    { command: "valkey-check-rdb", name: "valkey-tools" },
    { command: "bandit", name: "bandit" },
    { command: "flawfinder", name: "flawfinder" },
    { command: "gitleaks", name: "gitleaks" },
    { command: "mandoc", name: "mandoc" },
    { command: "chromium", name: "chromium fonts-dejavu-core" },
  ],
  screenshots: [
    { command: "chromium", name: "chromium fonts-dejavu-core" },
    { command: "pngquant", name: "pngquant" },
  ],
  bench: [
    { command: "debootstrap", name: "debootstrap" },
    { command: "buildah", name: "buildah" },
    { command: "netavark", name: "netavark" },
    { command: "runc", name: "runc" },
    { command: "time", name: "time" },
  ],
};

/**
 * Installs missing packages if possible (as root on Debian or a derivative), otherwise prints the command.
 * @param {readonly Needed[]} packages
 */
export function installPackages(packages) {
  const missing = packages.filter((one) => !isThere(one)).flatMap(({ name }) => name.split(" "));
  if (missing.length === 0) return;
  if (!existsSync("/etc/debian_version")) {
    throw new SetupError(`not on the PATH; install with your system's packages: ${missing.join(" ")}`);
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `packages are missing. Run:\n  sudo apt-get update && sudo apt-get install --yes --no-install-recommends ${missing.join(" ")}`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "--quiet"], { env });
  run("apt-get", ["install", "--yes", "--quiet", "--no-install-recommends", ...missing], { env });
}

/** @param {Needed} needed */
function isThere({ command, file }) {
  return (command === undefined || onPath(command)) && (file === undefined || existsSync(file));
}

/** @param {string} command */
function onPath(command) {
  // Daemons are in sbin, which is not in every user's PATH; helpers of podman and buildah are in no PATH.
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin", "/usr/lib/podman"];
  return folders.some((folder) => isExecutable(join(folder, command)));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
