// Keys that every object of JavaScript inherits (`__proto__`, `constructor`…) are keys like any other wherever
// somebody else's text is read: refused in words or read, never an error of ours, and never a change of the
// prototype that all objects share.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { expect, test } from "vitest";
import { evidence } from "../scripts/fuzz/targets/evidence.ts";
import { packages } from "../scripts/fuzz/targets/packages.ts";
import { registry } from "../scripts/fuzz/targets/registry.ts";
import { settings } from "../scripts/fuzz/targets/settings.ts";
import { judgedDockerfile } from "../src/cli/fix/judged.ts";
import { composeDependencies } from "../src/cli/settings/compose/load.ts";
import { DouaneError } from "../src/contract/error.ts";
import { evaluate } from "../src/contract/evaluate.ts";
import { placements } from "../src/contract/pod-containers.ts";
import { Transient } from "../src/net/http/retry.ts";
import { RULES } from "../src/rules/index.ts";
import { readSbom } from "../src/sbom/documents/read/read-sbom.ts";
import { maskWorkload } from "../src/secrets/workload.ts";
import { openDatabase } from "../src/vulnerabilities/database/open-database.ts";
import { importFiles } from "../src/vulnerabilities/import/import-files.ts";
import { readVex } from "../src/vulnerabilities/vex/read-vex.ts";
import { readStream } from "../src/workload/documents.ts";
import { dockerfileFacts } from "./fixtures/dockerfile.ts";
import { REALISTIC } from "./fixtures/dockerfiles.ts";
import { FULL_DEPLOYMENT } from "./fixtures/full-deployment.ts";
import { imageFacts, referenceFacts } from "./fixtures/image-facts.ts";
import { cronJob, deployment } from "./fixtures/manifests.ts";
import { osvRecord } from "./fixtures/osv-records.ts";

const NOW = new Date("2026-11-28T12:00:00Z");
const KEYS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];

interface Reader {
  readonly seeds: readonly unknown[];
  /** Result of the reader for this text. */
  run(text: string): unknown;
}

const READERS: Readonly<Record<string, Reader>> = {
  manifests: {
    seeds: [deployment(), cronJob(), configMap()],
    run(text) {
      return [...readStream({ file: "m.yaml", text })].map((found) => {
        if (found.kind !== "workload") return found;
        const workload = maskWorkload(found.facts);
        return placements(workload).map((placement) => {
          return judged({ workload, placement, cluster: { minor: 36 } });
        });
      });
    },
  },
  images: {
    seeds: [
      imageFacts({
        config: { env: ["PATH=/bin", "A=b"], labels: { "org.opencontainers.image.version": "1" } },
        history: [{ createdBy: "RUN |1 A=b /bin/sh -c npm run build" }],
        files: [{ path: "/app/config.json", content: '{"a":1}' }],
      }),
    ],
    run(text) {
      return judged({
        image: JSON.parse(text) as ReturnType<typeof imageFacts>,
        reference: referenceFacts(),
      });
    },
  },
  "evidence files": ofTarget(evidence),
  "settings and policies": ofTarget(settings),
  "answers of registries": ofTarget(registry),
  "lists of packages": {
    seeds: packages.seeds.flatMap((seed) =>
      jsonOf(seed.subarray(1)).map((value) => ({ kind: seed[0], value })),
    ),
    run(text) {
      const { kind, value } = JSON.parse(text) as { readonly kind: unknown; readonly value: unknown };
      return packages.run(
        Buffer.concat([Buffer.from([Number(kind) || 0]), Buffer.from(JSON.stringify(value) ?? "")]),
      );
    },
  },
  "SBOM documents": {
    seeds: [
      {
        bomFormat: "CycloneDX",
        specVersion: "1.6",
        metadata: { component: { type: "container", name: "web" }, tools: { components: [] } },
        components: [
          {
            type: "library",
            "bom-ref": "a",
            name: "a",
            version: "1",
            purl: "pkg:npm/a@1",
            licenses: [{ license: { id: "MIT" } }],
            properties: [{ name: "x", value: "y" }],
          },
        ],
        dependencies: [{ ref: "a", dependsOn: [] }],
      },
      {
        spdxVersion: "SPDX-2.3",
        SPDXID: "SPDXRef-DOCUMENT",
        name: "web",
        documentNamespace: "https://example.org/web",
        creationInfo: { created: "2026-01-01T00:00:00Z", creators: ["Tool: x"] },
        packages: [
          {
            SPDXID: "SPDXRef-a",
            name: "a",
            versionInfo: "1",
            downloadLocation: "NOASSERTION",
            externalRefs: [
              {
                referenceCategory: "PACKAGE-MANAGER",
                referenceType: "purl",
                referenceLocator: "pkg:npm/a@1",
              },
            ],
          },
        ],
        relationships: [
          {
            spdxElementId: "SPDXRef-DOCUMENT",
            relationshipType: "DESCRIBES",
            relatedSpdxElement: "SPDXRef-a",
          },
        ],
      },
    ],
    run: (text) => readSbom(Buffer.from(text), "sbom.json"),
  },
  "VEX documents": {
    seeds: [
      {
        "@context": "https://openvex.dev/ns/v0.2.0",
        author: "x",
        timestamp: "2026-01-01T00:00:00Z",
        statements: [
          {
            vulnerability: { name: "CVE-2026-1" },
            products: [{ "@id": "pkg:oci/web", subcomponents: [{ "@id": "pkg:npm/a@1" }] }],
            status: "not_affected",
            justification: "vulnerable_code_not_present",
          },
        ],
      },
      {
        document: { csaf_version: "2.0", publisher: { name: "x" } },
        product_tree: { full_product_names: [{ product_id: "p", name: "web" }] },
        vulnerabilities: [{ cve: "CVE-2026-1", product_status: { fixed: ["p"] } }],
      },
      {
        bomFormat: "CycloneDX",
        specVersion: "1.6",
        vulnerabilities: [{ id: "CVE-2026-1", affects: [{ ref: "a" }], analysis: { state: "not_affected" } }],
      },
    ],
    run: (text) => readVex(Buffer.from(text), "vex.json"),
  },
  "feeds of vulnerabilities": {
    seeds: [
      osvRecord("GHSA-1", "x", {
        aliases: ["CVE-2026-0001"],
        affected: [
          {
            package: { ecosystem: "npm", name: "x" },
            ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "1.2.3" }] }],
            versions: ["1.0.0"],
            severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
            ecosystem_specific: { urgency: "low" },
          },
          { package: { ecosystem: "Maven", name: "g:x" }, versions: ["1"] },
        ],
      }),
      {
        x: {
          "CVE-2026-0001": { description: "d", releases: { trixie: { status: "open", urgency: "low" } } },
        },
      },
      {
        distroversion: "v3.22",
        reponame: "main",
        urlprefix: "https://alpine.example",
        packages: [{ pkg: { name: "x", secfixes: { "1.0-r0": ["CVE-2026-0001"] } } }],
      },
      {
        "1": {
          cve: ["CVE-2026-0001"],
          vulnerable: "18.x",
          patched: "^18.1.0",
          severity: "high",
          overview: "o",
        },
      },
      {
        dataType: "CVE_RECORD",
        dataVersion: "5.1",
        cveMetadata: { cveId: "CVE-2026-0001", state: "PUBLISHED" },
        containers: { cna: { metrics: [{ cvssV3_1: { baseScore: 9.8 } }] }, adp: [] },
      },
      { vulnerabilities: [{ cve: { id: "CVE-2026-0001", metrics: { cvssMetricV31: [] } } }] },
      { catalogVersion: "1", vulnerabilities: [{ cveID: "CVE-2026-0001", dateAdded: "2026-06-12" }] },
      { products: [{ name: "debian", cycles: [{ cycle: "13", eol: "2028-01-01" }] }] },
    ],
    run: importedAndAsked,
  },
  "compose files": {
    seeds: [
      {
        services: {
          db: { image: "postgres:17", environment: { A: "b" }, healthcheck: { test: ["CMD", "x"] } },
        },
        volumes: { data: {} },
      },
    ],
    run(text) {
      const folder = mkdtempSync(join(tmpdir(), "douane-keys-"));
      try {
        writeFileSync(join(folder, "compose.yaml"), text);
        return composeDependencies({ services: ["db"] }, folder, new Map());
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
};

/** The records kept of a feed, queried with all names. */
async function importedAndAsked(text: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "douane-keys-"));
  try {
    const path = join(folder, "feed.json");
    writeFileSync(path, text);
    const { remarks } = await importFiles(join(folder, "data"), [{ path, name: "feed.json" }], { now: NOW });
    const data = openDatabase(join(folder, "data"), "2026-11-28");
    try {
      const names = ["x", "g:x", ...KEYS];
      const ecosystems = ["npm", "Maven", "Debian:13", "Alpine:v3.22", "Bitnami", ...KEYS];
      return [
        remarks,
        data.sources,
        ecosystems.flatMap((ecosystem) => names.map((name) => data.advisoriesOf(ecosystem, name))),
        names.map((name) => [
          data.groupsOf(name) ?? [],
          data.cve(name) ?? [],
          data.endOfLife(name, name) ?? [],
        ]),
      ];
    } finally {
      data.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function configMap(): unknown {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "web", labels: { a: "b" } },
    data: { a: "b" },
  };
}

function ofTarget(target: { readonly seeds: readonly Buffer[]; run(input: Buffer): unknown }): Reader {
  return { seeds: target.seeds.flatMap(jsonOf), run: (text) => target.run(Buffer.from(text)) };
}

/** The values of JSON or YAML; none for another text. */
function jsonOf(bytes: Uint8Array): readonly unknown[] {
  try {
    const values = loadAll(Buffer.from(bytes).toString("utf8"));
    return values.filter((value) => typeof value === "object" && value !== null);
  } catch {
    return [];
  }
}

/** The outcomes of all rules; one that stopped with an error is an error here. */
function judged(collected: Parameters<typeof evaluate>[1]): unknown {
  return evaluate(RULES, collected).map(({ rule, outcome }) => {
    if (outcome.status === "error") throw new TypeError(`${rule.id}: ${outcome.message}`);
    return outcome;
  });
}

/** The document with these keys in one of its mappings, or one of its texts replaced: each once. */
function* changed(value: unknown): Generator {
  if (typeof value === "string") yield* KEYS.slice(0, 2);
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) {
    for (const inner of [{ x: "y" }, "text", [1]]) yield withKeys(value, inner);
  }
  for (const key of Object.keys(value)) {
    for (const other of changed(Reflect.get(value, key))) yield withMember(value, key, other);
  }
}

/** The document with these keys in each of its mappings. */
function everywhere(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(everywhere);
  const inner = Object.entries(value).map(([key, member]) => [key, everywhere(member)] as const);
  return withKeys(Object.fromEntries(inner), { x: "y" });
}

function withKeys(value: object, inner: unknown): unknown {
  return KEYS.reduce((changing, key) => withMember(changing, key, inner), value);
}

function withMember(value: object, key: string, member: unknown): object {
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  Object.defineProperty(copy, key, { value: member, enumerable: true, configurable: true, writable: true });
  return copy;
}

const INHERITED = Object.getOwnPropertyNames(Object.prototype).toSorted();

/** Problem of a reader, if any. */
async function problemOf(run: () => unknown): Promise<string | undefined> {
  let told = "";
  try {
    told = JSON.stringify(await run()) ?? "";
  } catch (error) {
    if (!(error instanceof DouaneError || error instanceof Transient)) return String(error);
    told = error.message;
  }
  const polluted = Object.getOwnPropertyNames(Object.prototype).filter((key) => !INHERITED.includes(key));
  if (polluted.length > 0 || "x" in {}) return `the prototype of all objects has ${polluted.join()}`;
  return /\bundefined\b|\[object |native code/.exec(told)?.[0];
}

test.each(Object.entries(READERS))("%s", async (_, reader) => {
  const { seeds } = reader;
  expect(seeds.length).toBeGreaterThan(0);
  const problems = new Set<string>();
  for (const seed of seeds) {
    expect(await problemOf(() => reader.run(JSON.stringify(seed)))).toBeUndefined();
    for (const value of changed(seed)) {
      const text = JSON.stringify(value);
      const problem = await problemOf(() => reader.run(text));
      if (problem !== undefined) problems.add(`${problem} in ${text.slice(0, 300)}`);
    }
  }
  expect([...problems].slice(0, 5)).toEqual([]);
});

test("a manifest of every field, with these keys in each mapping", async () => {
  const text = JSON.stringify(everywhere(FULL_DEPLOYMENT));
  expect(await problemOf(() => READERS["manifests"]?.run(text))).toBeUndefined();
});

test.each(KEYS)("Dockerfiles with %s for names of arguments, variables, labels and stages", async (key) => {
  for (const { text } of REALISTIC) {
    const named = text
      .replace(/^(ARG|ENV|LABEL) [\w.]+=/gm, `$1 ${key}=`)
      .replace(/\$\{?\w+\}?/g, `\${${key}}`)
      .replace(/ AS \w+/gi, ` AS ${key}`)
      .replace(/--from=\w+/g, `--from=${key}`);
    expect(await problemOf(() => judgedDockerfile(dockerfileFacts(named)))).toBeUndefined();
  }
});
