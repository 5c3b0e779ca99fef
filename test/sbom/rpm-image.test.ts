import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { TarEntry } from "../../src/image/tar/write.ts";
import { douane } from "../fixtures/douane.ts";
import { emptyImage, withConfig, withLayer } from "../fixtures/image/image.ts";
import { layerOf } from "../fixtures/image/layer.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { rpm } from "../fixtures/rpm/packages.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-rpm-image-"));
afterAll(() => rmSync(folder, { recursive: true }));

const PROGRAM = readFileSync("/bin/true");
const DATABASE = "usr/lib/sysimage/rpm/rpmdb.sqlite";
const program = (name: string): TarEntry => ({
  path: `usr/bin/${name}`,
  content: Buffer.concat([PROGRAM, Buffer.from(name)]),
  mode: 0o755,
});

/** A package whose one file is a program, built by rpmbuild. */
function rpmOf(name: string): string {
  const file = join(folder, `${name}.spec`);
  const install = `mkdir -p %{buildroot}/usr/bin\ncp /bin/true %{buildroot}/usr/bin/${name}`;
  const head = `Name: ${name}\nEpoch: 1\nVersion: 2.0\nRelease: 1.el9\nSummary: x\nLicense: MIT\nVendor: Example\n%define debug_package %{nil}`;
  writeFileSync(file, `${head}\n%description\nx\n%install\n${install}\n%files\n/usr/bin/${name}\n`);
  mkdirSync(folder, { recursive: true });
  execFileSync(
    "rpmbuild",
    ["-bb", "--define", `_topdir ${folder}`, "--define", "_rpmfilename %{NAME}.rpm", file],
    { stdio: "pipe" },
  );
  return join(folder, "RPMS", `${name}.rpm`);
}

const place = join(folder, "database");
/** The database once this package is installed, too. */
function installed(name: string): TarEntry {
  rpm(place, "sqlite", ["--install", "--justdb", "--nodeps", "--nosignature", rpmOf(name)]);
  return { path: DATABASE, content: readFileSync(join(place, "rpmdb.sqlite")) };
}

const OS: TarEntry = { path: "etc/os-release", content: 'ID="rhel"\nVERSION_ID="9.4"\n' };
const BASE = [OS, program("first"), installed("first")];
const UPDATE = [program("second"), installed("second")];

async function sbom(name: string, ...layers: readonly (readonly TarEntry[])[]) {
  const image = layers.reduce((below, entries) => withLayer(below, layerOf(entries)), emptyImage());
  writeLayout(withConfig(image, {}), join(folder, name), { ref: "1.0.0" });
  const { exit, stdout, stderr } = await douane([
    "sbom",
    `oci:${join(folder, name)}:1.0.0`,
    "--format",
    "cyclonedx",
  ]);
  const { components, compositions } = JSON.parse(stdout) as {
    components: { purl?: string }[];
    compositions: { aggregate: string }[];
  };
  return {
    exit,
    stderr,
    purls: components.flatMap(({ purl }) => purl ?? []),
    aggregate: compositions[0]?.aggregate,
  };
}

const purl = (name: string) =>
  `pkg:rpm/rhel/${name}@2.0-1.el9?arch=${process.arch === "x64" ? "x86_64" : "aarch64"}&distro=rhel-9.4&epoch=1`;

test("an image of rpm's packages is complete: its programs are theirs", async () => {
  expect(await sbom("base", BASE)).toMatchObject({
    exit: 0,
    stderr: "",
    purls: [purl("first")],
    aggregate: "complete",
  });
});

test("a database that a later layer replaces by a longer one hides nothing", async () => {
  expect(await sbom("update", BASE, UPDATE)).toMatchObject({
    exit: 0,
    stderr: "",
    purls: [purl("first"), purl("second")],
    aggregate: "complete",
  });
});

test("a program that no package of rpm owns makes the list one that may not be whole", async () => {
  const { aggregate } = await sbom("stranger", BASE, [program("stranger")]);
  expect(aggregate).toBe("unknown");
});

test("a database that a later layer deletes is read from the layer below", async () => {
  const { purls } = await sbom("deleted", BASE, [
    { path: DATABASE.replace(/([^/]+)$/, ".wh.$1"), content: "" },
  ]);
  expect(purls).toEqual([purl("first")]);
});
