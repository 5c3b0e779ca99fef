import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { douane } from "./fixtures/douane.ts";
import { emptyImage, withConfig, withLayer } from "./fixtures/image/image.ts";
import { layerOf } from "./fixtures/image/layer.ts";
import { writeLayout } from "./fixtures/image/layout.ts";
import { type MarkedSecret, markedPassword, markedToken } from "./fixtures/marked-secrets.ts";
import { osvRecord } from "./fixtures/osv-records.ts";
import { temporaryDirectory } from "./fixtures/temporary-directory.ts";
import { filesBelow, leaksIn, writtenBy } from "./fixtures/written.ts";

// As leaks.test.ts, for a package's version, licence, name and supplier.

function planted() {
  const secrets = new Map<string, MarkedSecret>();
  const token = (at: string): string => {
    const secret = markedToken();
    secrets.set(`token in ${at}`, secret);
    return `git+https://oauth2:${secret.value}@git.example.fr/a/b.git#v1`;
  };
  const userinfo = (at: string): string => {
    const secret = markedPassword();
    secrets.set(`userinfo in ${at}`, secret);
    return `https://deploy:${secret.value}@git.example.fr/a/b.git`;
  };
  return { secrets, token, userinfo };
}

function manifest(name: string, fields: object) {
  return { path: `app/node_modules/${name}/package.json`, content: JSON.stringify({ name, ...fields }) };
}

function status(fields: Readonly<Record<string, string>>) {
  const all = { Status: "install ok installed", Architecture: "amd64", ...fields };
  return Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("");
}

function imageIn(folder: string) {
  const { secrets, token, userinfo } = planted();
  const entries = [
    manifest("a", { version: token("npm version") }),
    manifest("b", { version: userinfo("npm version") }),
    manifest("c", { version: "1.0.0", license: userinfo("npm licence") }),
    manifest("d", { version: "1.0.0", license: token("npm licence") }),
    { path: "app/node_modules/e/package.json", content: `{"name":"${token("npm name")}","version":"1"}` },
    { path: "usr/lib/os-release", content: "ID=debian\nVERSION_ID=13\n" },
    {
      path: "var/lib/dpkg/status",
      content: [
        status({ Package: "bash", Version: "1.0", Maintainer: `A <${userinfo("supplier")}>` }),
        status({ Package: "tar", Version: "1.0", Source: token("source") }),
      ].join("\n"),
    },
  ];
  const image = withConfig(withLayer(emptyImage(), layerOf(entries)), {});
  writeLayout(image, join(folder, "image"), { ref: "1" });
  return { secrets, image: "oci:image:1" };
}

async function writtenOf(argv: readonly string[], cwd: string, formats: readonly string[]) {
  const env = { DOUANE_DATA: join(cwd, "data"), XDG_CACHE_HOME: join(cwd, "cache") };
  const all = await Promise.all(
    formats.map(async (format) => {
      const { stdout, stderr } = await douane([...argv, "--format", format], { cwd, env });
      expect({ format, stderr, isEmpty: stdout === "" }).toMatchObject({ isEmpty: false });
      return [`${argv.slice(0, 2).join(" ")} ${format}`, `${stdout}\n${stderr}`] as const;
    }),
  );
  return Object.fromEntries(all);
}

async function withData(folder: string): Promise<void> {
  const env = { DOUANE_DATA: join(folder, "data") };
  const record = osvRecord("GHSA-a", "c", { database_specific: { severity: "CRITICAL" } });
  writeFileSync(join(folder, "one.json"), JSON.stringify(record));
  await douane(["vulns", "import", "one.json"], { cwd: folder, env });
}

const SBOM = ["table", "cyclonedx-1.6", "cyclonedx-1.7", "spdx-2.3", "spdx-3.0.1"];
const VULNS = ["table", "json", "sarif", "cyclonedx", "gitlab"];

test("an image's packages, in every form that is written of them", async () => {
  const folder = temporaryDirectory();
  const { secrets, image } = imageIn(folder);
  await withData(folder);
  expect(secrets.size).toBeGreaterThan(5);
  expect(leaksIn(await writtenOf(["sbom", image], folder, SBOM), secrets)).toEqual([]);
  expect(leaksIn(await writtenOf(["vulns", image], folder, VULNS), secrets)).toEqual([]);
  const diff = await writtenOf(["sbom", "diff", image, image], folder, ["table", "json"]);
  expect(leaksIn(diff, secrets)).toEqual([]);
  expect(leaksIn(filesBelow(join(folder, "cache")), secrets)).toEqual([]);
  expect(leaksIn(await writtenBy(["check", image], folder, "en"), secrets)).toEqual([]);
});

test("what a document says of packages, and of itself", async () => {
  const folder = temporaryDirectory();
  const { secrets, token, userinfo } = planted();
  const purlOf = (at: string) => `pkg:npm/p@${encodeURIComponent(userinfo(at))}`;
  writeFileSync(
    join(folder, "a.cdx.json"),
    JSON.stringify({
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      version: 1,
      metadata: { component: { type: "container", name: token("subject"), version: userinfo("subject") } },
      components: [
        { type: "library", name: "a", version: token("version"), purl: "pkg:npm/a" },
        { type: "library", name: token("name"), version: "1" },
        { type: "library", name: "p", version: "", purl: purlOf("purl") },
        { type: "library", name: "l", version: "1", licenses: [{ license: { name: userinfo("licence") } }] },
        { type: "library", name: "s", version: "1", supplier: { name: token("supplier") } },
      ],
    }),
  );
  writeFileSync(join(folder, "none.cdx.json"), '{"bomFormat":"CycloneDX","specVersion":"1.6","version":1}');
  await withData(folder);
  expect(leaksIn(await writtenOf(["sbom", "a.cdx.json"], folder, ["table"]), secrets)).toEqual([]);
  expect(leaksIn(await writtenOf(["vulns", "a.cdx.json"], folder, VULNS), secrets)).toEqual([]);
  const diff = await writtenOf(["sbom", "diff", "none.cdx.json", "a.cdx.json"], folder, ["table", "json"]);
  expect(leaksIn(diff, secrets)).toEqual([]);
});
