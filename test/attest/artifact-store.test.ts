// Every place that holds artifacts, held to one contract: an OCI layout, our registry with and without the referrers
// API, whole or in pages, and Debian's docker-registry.

import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ArtifactStore } from "../../src/attest/store/artifact-store.ts";
import { layoutArtifacts } from "../../src/attest/store/layout-artifacts.ts";
import { openStore } from "../../src/attest/store/open-store.ts";
import { sha256 } from "../../src/contract/digest.ts";
import { type ArtifactRegistryOptions, startArtifactRegistry } from "../fixtures/artifact-registry.ts";
import { startRegistry, type TestRegistry } from "../fixtures/registry.ts";

const EMPTY = Buffer.from("{}");
const CONFIG = { mediaType: "application/vnd.oci.image.config.v1+json", digest: sha256(EMPTY), size: 2 };
const TYPE = "application/vnd.oci.image.manifest.v1+json";

function manifest(fields: object): Buffer {
  return Buffer.from(
    JSON.stringify({ schemaVersion: 2, mediaType: TYPE, config: CONFIG, layers: [], ...fields }),
  );
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "douane-artifacts-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

function layout(): string {
  const path = folder();
  writeFileSync(join(path, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [] }));
  return path;
}

let registry: TestRegistry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

function at(host: string, repository = "team/app"): ArtifactStore {
  const place = openStore(`${host}/${repository}:1.0.0`, { env: {}, cwd: "/" });
  onTestFinished(() => place.close());
  return place.store;
}

async function fake(options: ArtifactRegistryOptions): Promise<ArtifactStore> {
  return at((await startArtifactRegistry(options)).host);
}

const STORES: readonly (readonly [string, boolean, () => Promise<ArtifactStore>])[] = [
  ["an OCI layout", true, async () => layoutArtifacts(layout())],
  ["a registry with the referrers API", true, () => fake({ referrers: true })],
  ["a registry with the API, a page an entry", true, () => fake({ referrers: true, pageSize: 1 })],
  ["a registry without it, a page an entry", false, () => fake({ pageSize: 1 })],
  ["docker-registry", false, async () => at(registry.host)],
];

describe.each(STORES)("%s", (_, hasReferrers, open) => {
  test("gives back what is put, lists referrers and tags, and has nothing else", async () => {
    const store = await open();
    expect(await store.manifest("1.0.0")).toBeUndefined();
    expect(await store.manifest(`sha256:${"0".repeat(64)}`)).toBeUndefined();
    expect(await store.blob({ digest: sha256(EMPTY), size: 2 }, 10)).toBeUndefined();
    expect(await store.tags("a.")).toEqual([]);
    expect(await store.putBlob(EMPTY)).toBe(sha256(EMPTY));
    expect(await store.putBlob(EMPTY)).toBe(sha256(EMPTY));
    expect(Buffer.from((await store.blob({ digest: sha256(EMPTY), size: 2 }, 10)) ?? [])).toEqual(EMPTY);
    const image = manifest({});
    expect(await store.putManifest("1.0.0", TYPE, image)).toBe(false);
    const subject = { mediaType: TYPE, digest: sha256(image), size: image.length };
    const attached = ["a", "b", "c"].map((name) => manifest({ subject, annotations: { name } }));
    for (const [number, bytes] of attached.entries()) {
      expect(await store.putManifest(`a.${number}`, TYPE, bytes)).toBe(hasReferrers);
    }
    expect(Buffer.from((await store.manifest("1.0.0")) ?? [])).toEqual(image);
    expect(Buffer.from((await store.manifest(sha256(image))) ?? [])).toEqual(image);
    expect((await store.tags("a.")).toSorted()).toEqual(["a.0", "a.1", "a.2"]);
    const listed = await store.referrers(sha256(image));
    const digests = listed?.map((entry) => (entry as { readonly digest: string }).digest).toSorted();
    expect(digests).toEqual(hasReferrers ? attached.map(sha256).toSorted() : undefined);
    expect(await store.referrers(sha256(EMPTY))).toEqual(hasReferrers ? [] : undefined);
    await store.putManifest("1.0.0", TYPE, attached[0] ?? EMPTY);
    expect(Buffer.from((await store.manifest("1.0.0")) ?? [])).toEqual(attached[0]);
  });
});

describe("a registry", () => {
  test("that is busy is asked again", async () => {
    const failed = new Set<string>();
    const answer: ArtifactRegistryOptions["answer"] = ({ method, url }, response) => {
      const request = `${method} ${url?.replace(/[0-9a-f-]{36}.*/, "")}`;
      if (failed.has(request)) return false;
      failed.add(request);
      response.writeHead(500).end();
      return true;
    };
    const store = await fake({ answer });
    await store.putBlob(EMPTY);
    expect(await store.putManifest("1.0.0", TYPE, manifest({}))).toBe(false);
    expect(await store.manifest("1.0.0")).toBeDefined();
    expect(failed.size).toBeGreaterThan(4);
  });

  test("that lost sight of a blob is asked again", async () => {
    let asked = 0;
    const errors = JSON.stringify({ errors: [{ code: "MANIFEST_BLOB_UNKNOWN" }] });
    const answer: ArtifactRegistryOptions["answer"] = ({ method, url }, response) => {
      if (method !== "PUT" || url?.includes("/manifests/") !== true || asked++ > 0) return false;
      response.writeHead(400).end(errors);
      return true;
    };
    await (await fake({ answer })).putManifest("1.0.0", TYPE, manifest({}));
    expect(asked).toBe(2);
  });

  test.each<[string, string, Record<string, string>, string]>([
    [
      "asks to upload to another host",
      "POST",
      { location: "https://elsewhere.example/upload" },
      "upload-elsewhere",
    ],
    [
      "asks to upload to a service of this machine",
      "POST",
      { location: "http://127.0.0.1:1/upload" },
      "upload-elsewhere",
    ],
    ["gives no address to upload to", "POST", {}, "registry-read-only"],
  ])("that %s is sent nothing", async (_, method, headers, code) => {
    const answer: ArtifactRegistryOptions["answer"] = (request, response) => {
      if (request.method !== method) return false;
      response.writeHead(202, headers).end();
      return true;
    };
    const server = await startArtifactRegistry({ answer });
    await expect(at(server.host).putBlob(EMPTY)).rejects.toMatchObject({ code, exit: 69 });
    expect(server.requests.map((request) => request.method)).not.toContain("PUT");
  });

  test.each([
    [403, "registry-forbidden"],
    [405, "registry-answer"],
  ])("that answers %i to an upload refuses it", async (status, code) => {
    const answer: ArtifactRegistryOptions["answer"] = ({ method }, response) => {
      if (method !== "POST") return false;
      response.writeHead(status).end();
      return true;
    };
    await expect((await fake({ answer })).putBlob(EMPTY)).rejects.toMatchObject({ code });
  });

  test("whose list of referrers never ends is refused with the bound's name", async () => {
    let page = 0;
    const answer: ArtifactRegistryOptions["answer"] = ({ url }, response) => {
      if (url?.includes("/referrers/") !== true) return false;
      response.setHeader("link", `<${url}?page=${++page}>; rel="next"`);
      response.end(JSON.stringify({ manifests: [] }));
      return true;
    };
    const store = await fake({ answer });
    await expect(store.referrers(sha256(EMPTY))).rejects.toMatchObject({
      code: "registry-pages",
      message: expect.stringContaining("registryPages"),
    });
    expect(page).toBe(100);
  });

  test("asks for a token that allows to push, and sends it on", async () => {
    const scopes: (string | null)[] = [];
    const server = await startArtifactRegistry({
      answer: ({ url = "", headers }, response) => {
        if (url.startsWith("/token")) {
          scopes.push(new URL(url, "http://x").searchParams.get("scope"));
          response.end(JSON.stringify({ token: "t" }));
          return true;
        }
        if (headers.authorization === "Bearer t") return false;
        const realm = `Bearer realm="http://${headers.host ?? ""}/token",service="x"`;
        response.writeHead(401, { "www-authenticate": realm }).end();
        return true;
      },
    });
    await at(server.host).putBlob(EMPTY);
    expect(scopes).toEqual(["repository:team/app:pull,push"]);
    expect(server.blobs.has(sha256(EMPTY))).toBe(true);
  });

  test("a blob longer than asked for is not fetched", async () => {
    const store = await fake({});
    await store.putBlob(EMPTY);
    await expect(store.blob({ digest: sha256(EMPTY), size: 2 }, 1)).rejects.toMatchObject({
      code: "document-too-large",
    });
  });
});

describe("an OCI layout", () => {
  test("keeps the entries and fields that are not ours", async () => {
    const path = layout();
    const other = { mediaType: "x", digest: `sha256:${"0".repeat(64)}`, size: 1, annotations: { a: "b" } };
    writeFileSync(
      join(path, "index.json"),
      JSON.stringify({ schemaVersion: 2, extra: 1, manifests: [other] }),
    );
    await layoutArtifacts(path).putManifest("a", TYPE, manifest({}));
    const index = JSON.parse(readFileSync(join(path, "index.json"), "utf8")) as {
      readonly manifests: unknown[];
    };
    expect(index).toMatchObject({ schemaVersion: 2, extra: 1, manifests: [other, { mediaType: TYPE }] });
  });

  test("whose blobs lie behind a link out of it is not written to, nor read", async () => {
    const path = layout();
    const outside = folder();
    symlinkSync(outside, join(path, "blobs"));
    const store = layoutArtifacts(path);
    await expect(store.putBlob(EMPTY)).rejects.toMatchObject({ code: "layout-link" });
    expect(readdirSync(outside)).toEqual([]);
  });

  test("whose blob was changed is refused", async () => {
    const path = layout();
    const store = layoutArtifacts(path);
    const digest = await store.putBlob(EMPTY);
    writeFileSync(join(path, "blobs", "sha256", digest.slice(7)), "[]");
    await expect(store.blob({ digest, size: 2 }, 10)).rejects.toMatchObject({ code: "digest-mismatch" });
  });

  test.each([
    ["without an index.json", undefined, "not-a-layout"],
    ["whose index.json is a list", "[]", "not-a-layout"],
    ["whose index.json is no JSON", "{", "json-invalid"],
  ])("%s is refused for that", async (_, text, code) => {
    const path = folder();
    if (text !== undefined) writeFileSync(join(path, "index.json"), text);
    await expect(layoutArtifacts(path).manifest("a")).rejects.toMatchObject({ code });
  });
});
