import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TarEntry } from "../../src/image/tar/write.ts";
import { douane } from "../fixtures/douane.ts";
import { emptyImage, withConfig, withLayer } from "../fixtures/image/image.ts";
import { layerOf } from "../fixtures/image/layer.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { osvFillers } from "../fixtures/osv-records.ts";

/** Real packages, vulnerable and repaired: the one is refused, the other has nothing against it. */
const cwd = mkdtempSync(join(tmpdir(), "douane-pairs-"));
// A cache in the working directory is not believed.
const cache = mkdtempSync(join(tmpdir(), "douane-pairs-cache-"));
afterAll(() => {
  for (const folder of [cwd, cache]) rmSync(folder, { recursive: true });
});

const PACKAGES = join(import.meta.dirname, "../vulnerable-packages/node_modules");
const NODES = join(import.meta.dirname, "../node-versions/node_modules");

interface Pair {
  readonly what: string;
  /** CVE of the vulnerable version. */
  readonly cve: string;
  readonly vulnerable: () => readonly TarEntry[];
  readonly repaired: () => readonly TarEntry[];
}

/**
 * From the changelog in Debian 13's package itself: the CVE, the version that repairs it, and the version
 * before.
 */
const DEBIAN = [
  ["openssl", "openssl", "CVE-2026-84782", "3.5.7-1~deb13u2", "3.5.7-1~deb13u3"],
  ["nginx", "nginx-common", "CVE-2026-123633", "1.26.3-3+deb13u10", "1.26.3-3+deb13u11"],
  [
    "libxml2",
    "libxml2",
    "CVE-2026-0989",
    "2.12.7+dfsg+really2.9.14-2.1+deb13u2",
    "2.12.7+dfsg+really2.9.14-2.1+deb13u3",
  ],
  ["libssh2", "libssh2-1t64", "CVE-2026-66032", "1.11.1-1+deb13u1", "1.11.1-1+deb13u2"],
  ["krb5", "libkrb5-3", "CVE-2026-107364", "1.21.3-5+deb13u1", "1.21.3-5+deb13u2"],
  ["tiff", "libtiff6", "CVE-2026-12912", "4.7.0-3+deb13u2", "4.7.0-3+deb13u3"],
] as const;

function debian(source: string, name: string, version: string): readonly TarEntry[] {
  const stated = source === name ? "" : `Source: ${source}\n`;
  return [
    { path: "etc/os-release", content: 'ID=debian\nVERSION_ID="13"\n' },
    {
      path: "var/lib/dpkg/status",
      content: `Package: ${name}\nStatus: install ok installed\n${stated}Architecture: amd64\nVersion: ${version}\n`,
    },
  ];
}

function jar(folder: string, prefix: string): readonly TarEntry[] {
  const lib = join(PACKAGES, folder, "dist/lib");
  const name = readdirSync(lib).find((file) => file.startsWith(prefix)) ?? "";
  return [{ path: `app/${name}`, content: readFileSync(join(lib, name)) }];
}

function npm(folder: string, name: string): readonly TarEntry[] {
  const content = readFileSync(join(PACKAGES, folder, "package.json"));
  return [{ path: `app/node_modules/${name}/package.json`, content }];
}

/** A program of this machine's architecture. */
function program(root: string, name: string, path: string, file: string): readonly TarEntry[] {
  const found = [`${name}-x64`, `${name}-arm64`].find((folder) => existsSync(join(root, folder))) ?? name;
  return [{ path: file, content: readFileSync(join(root, found, path)), mode: 0o755 }];
}

const PAIRS: readonly Pair[] = [
  ...DEBIAN.map(([source, name, cve, vulnerable, repaired]) => ({
    what: `Debian's ${name}`,
    cve,
    vulnerable: () => debian(source, name, vulnerable),
    repaired: () => debian(source, name, repaired),
  })),
  {
    what: "jackson-databind",
    cve: "CVE-2019-14379",
    vulnerable: () => jar("allure-old", "jackson-databind-"),
    repaired: () => jar("allure-new", "jackson-databind-"),
  },
  {
    // The repaired distribution does without it.
    what: "log4j 1",
    cve: "CVE-2019-17571",
    vulnerable: () => jar("allure-old", "log4j-1"),
    repaired: () => jar("allure-new", "snakeyaml-"),
  },
  {
    what: "lodash",
    cve: "CVE-2019-10744",
    vulnerable: () => npm("lodash-old", "lodash"),
    repaired: () => npm("lodash-new", "lodash"),
  },
  {
    what: "minimist",
    cve: "CVE-2021-44906",
    vulnerable: () => npm("minimist-old", "minimist"),
    repaired: () => npm("minimist-new", "minimist"),
  },
  {
    what: "a Go program",
    cve: "CVE-2023-24540",
    vulnerable: () => program(PACKAGES, "esbuild-old", "bin/esbuild", "app/esbuild"),
    repaired: () => program(PACKAGES, "esbuild-new", "bin/esbuild", "app/esbuild"),
  },
  {
    what: "Node",
    cve: "CVE-2025-55130",
    vulnerable: () => program(NODES, "node-20", "bin/node", "usr/local/bin/node"),
    repaired: () => program(NODES, "node-22", "bin/node", "usr/local/bin/node"),
  },
];

/** Facts of OSV's records: id, CVE, ecosystem, package, ranges, and a score if critical. */
const CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

function record(id: string, cve: string, ecosystem: string, name: string, events: readonly object[]): object {
  return {
    schema_version: "1.7.0",
    id,
    modified: "2026-06-14T08:00:00Z",
    published: "2026-06-01T08:00:00Z",
    ...(ecosystem.startsWith("Debian") ? { upstream: [cve] } : { aliases: [cve] }),
    affected: [{ package: { ecosystem, name }, ranges: [{ type: "ECOSYSTEM", events }] }],
    ...(id.startsWith("GHSA-") ? { database_specific: { severity: "CRITICAL" } } : {}),
    ...(id.startsWith("BIT-") ? { severity: [{ type: "CVSS_V3", score: CRITICAL }] } : {}),
  };
}

const range = (introduced: string, fixed: string) => [{ introduced }, { fixed }];

const RECORDS = [
  ...DEBIAN.map(([source, , cve, , fixed]) =>
    record(`DEBIAN-${cve}`, cve, "Debian:13", source, range("0", fixed)),
  ),
  record(
    "GHSA-6fpp-rgj9-8rwc",
    "CVE-2019-14379",
    "Maven",
    "com.fasterxml.jackson.core:jackson-databind",
    range("2.9.0", "2.9.9.2"),
  ),
  record("GHSA-2qrg-x229-3v8q", "CVE-2019-17571", "Maven", "log4j:log4j", [
    { introduced: "1.2" },
    { last_affected: "1.2.17" },
  ]),
  record("GHSA-jf85-cpcp-j695", "CVE-2019-10744", "npm", "lodash", range("0", "4.17.12")),
  record("GHSA-xvch-5gv4-984h", "CVE-2021-44906", "npm", "minimist", range("1.0.0", "1.2.6")),
  record("GO-2023-1752", "CVE-2023-24540", "Go", "stdlib", [
    ...range("0", "1.19.9"),
    ...range("1.20.0-0", "1.20.4"),
  ]),
  record("BIT-node-2025-55130", "CVE-2025-55130", "Bitnami", "node", [
    ...range("20.0.0", "20.20.0"),
    ...range("21.0.0", "22.22.0"),
  ]),
];

/** The CVE's own record has the severity: Debian and Go rate nothing. */
function cveRecord(cve: string): object {
  const metrics = [
    { cvssV3_1: { version: "3.1", vectorString: CRITICAL, baseScore: 9.8, baseSeverity: "CRITICAL" } },
  ];
  return {
    dataType: "CVE_RECORD",
    dataVersion: "5.1",
    cveMetadata: { cveId: cve, state: "PUBLISHED", dateUpdated: "2026-06-14T08:00:00.000Z" },
    containers: { cna: { providerMetadata: { shortName: "example" }, metrics } },
  };
}

const run = (...argv: readonly string[]) =>
  douane(argv, { cwd, env: { DOUANE_DATA: join(cwd, "data"), XDG_CACHE_HOME: cache } });

function image(name: string, entries: readonly TarEntry[]): string {
  writeLayout(withConfig(withLayer(emptyImage(), layerOf(entries)), {}), join(cwd, name), { ref: "1.0.0" });
  return `oci:${name}:1.0.0`;
}

beforeAll(async () => {
  const rated = PAIRS.map(({ cve }) => cve).filter((cve) => !/^CVE-20(?:19|21)-/.test(cve));
  const fillers = osvFillers("Debian:13", "Maven", "npm", "Go", "Bitnami");
  const osv = [...RECORDS, ...fillers].map((one) => JSON.stringify(one)).join("\n");
  writeFileSync(join(cwd, "osv.ndjson"), `${osv}\n`);
  writeFileSync(
    join(cwd, "cves.ndjson"),
    `${rated.map((cve) => JSON.stringify(cveRecord(cve))).join("\n")}\n`,
  );
  writeFileSync(join(cwd, "debian.json"), JSON.stringify([{ cycle: "13", eol: false }]));
  writeFileSync(
    join(cwd, "nodejs.json"),
    JSON.stringify([20, 22].map((cycle) => ({ cycle: `${cycle}`, eol: false }))),
  );
  await run("vulns", "import", "osv.ndjson", "cves.ndjson", "debian.json", "nodejs.json");
});

interface Told {
  readonly answer: string;
  readonly findings: readonly { readonly id: string }[];
}

async function told(operand: string): Promise<Told> {
  const { stdout, stderr } = await run("vulns", operand, "--format", "json");
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Told;
}

test("twelve pairs", () => {
  expect(PAIRS).toHaveLength(12);
});

describe.each(PAIRS)("$what, $cve", ({ what, cve, vulnerable, repaired }) => {
  const name = what.replaceAll(/[^\w]/g, "");

  test("the vulnerable one is refused, and so are its documents, by the same findings", async () => {
    const source = image(`${name}-old`, vulnerable());
    const { answer, findings } = await told(source);
    expect([answer, findings.map(({ id }) => id)]).toEqual(["no", [cve]]);
    await run("sbom", source, "--format", `cyclonedx=${name}.cdx.json`, "--format", `spdx=${name}.spdx.json`);
    for (const document of [`${name}.cdx.json`, `${name}.spdx.json`]) {
      expect(await told(document)).toMatchObject({ answer: "no", findings });
    }
  });

  test("the repaired one has nothing against it", async () => {
    const { answer, findings } = await told(image(`${name}-new`, repaired()));
    expect([answer, findings]).toEqual(["yes", []]);
  });
});
