// What a hostile or broken registry may serve beside an image, met by the commands over HTTP: each has its own reason,
// and hides nothing that is right beside it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hexOf, sha256 } from "../../src/contract/digest.ts";
import type { Digest } from "../../src/contract/image-facts.ts";
import type { ArtifactRegistryOptions } from "../fixtures/artifact-registry.ts";
import { NOTARY, PROVENANCE, provenance } from "../fixtures/attested.ts";
import { type AttestedImage, attestedImage } from "../fixtures/attested-image.ts";
import { douane } from "../fixtures/douane.ts";

const ENVELOPE = "application/vnd.dsse.envelope.v1+json";
const BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
const OTHER = sha256(Buffer.from("another image"));
const tagOf = (digest: Digest) => `sha256-${hexOf(digest)}`;

const put = ({ registry }: AttestedImage, name: string, document: object): Digest => {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, ...document }));
  registry.manifests.set(name, bytes);
  registry.manifests.set(sha256(bytes), bytes);
  return sha256(bytes);
};

async function verify({ target, cwd }: AttestedImage) {
  const argv = ["verify", target, "--policy", "policy.yaml", "--format", "json"];
  const { exit, stdout, stderr } = await douane(argv, { cwd });
  if (stdout === "") return { exit, stderr, provenance: undefined, codes: [] };
  const { checks, unverified } = JSON.parse(stdout) as {
    checks: readonly { id: string; answer: string }[];
    unverified: readonly { code: string }[];
  };
  const [{ answer } = { answer: "" }] = checks;
  return { exit, stderr, provenance: answer, codes: unverified.map(({ code }) => code) };
}

/** An image with a right provenance, beside which something else lies. */
async function provided(options: ArtifactRegistryOptions = {}): Promise<AttestedImage> {
  const image = await attestedImage(options);
  await image.attach(PROVENANCE, provenance());
  return image;
}

const MIB = 1024 ** 2;

describe("an envelope of 100 MiB", () => {
  const layered = (image: AttestedImage, size: number, content: Uint8Array) => {
    const digest = sha256(content);
    image.registry.blobs.set(digest, content);
    put(image, `${tagOf(image.digest)}.att`, {
      layers: [{ mediaType: ENVELOPE, digest, size, annotations: {} }],
    });
    return digest;
  };

  test("that says so is not fetched, and what is right beside it counts", async () => {
    const image = await provided();
    const digest = layered(image, 100 * MIB, Buffer.from("short"));
    expect(await verify(image)).toMatchObject({ provenance: "yes", codes: ["document-too-large"] });
    expect(image.registry.requests.filter(({ url = "" }) => url.includes(digest))).toEqual([]);
  });

  test("that claims to be short is not read to its end", async () => {
    let sent = 0;
    const image = await provided({
      answer: ({ url = "", method }, response) => {
        if (method !== "GET" || !url.includes(`blobs/${sha256(Buffer.from("long"))}`)) return false;
        response.writeHead(200, { "content-length": String(100 * MIB) });
        const piece = Buffer.alloc(MIB);
        const send = () => {
          while (sent < 100 && !response.destroyed) {
            sent += 1;
            if (response.write(piece)) continue;
            response.once("drain", send);
            return;
          }
          response.end();
        };
        send();
        return true;
      },
    });
    layered(image, 2_000, Buffer.from("long"));
    const { provenance: answer, exit } = await verify(image);
    expect([answer, exit]).not.toContain(0);
    expect(sent).toBeLessThan(50);
  });
});

describe("a list of attachments", () => {
  test("whose pages never end is refused with the bound's name", async () => {
    let page = 0;
    const image = await attestedImage({
      referrers: true,
      answer: ({ url = "" }, response) => {
        if (!url.includes("/referrers/")) return false;
        response.setHeader("content-type", "application/vnd.oci.image.index.v1+json");
        response.setHeader("link", `<${url.split("?")[0]}?page=${++page}>; rel="next"`);
        response.end(JSON.stringify({ schemaVersion: 2, manifests: [] }));
        return true;
      },
    });
    const { exit, stderr } = await verify(image);
    expect([exit, stderr]).toEqual([65, expect.stringContaining("registryPages")]);
    expect(page).toBeLessThanOrEqual(200);
  });

  test("that names another image's manifest: that one counts for nothing", async () => {
    const other = await provided();
    const image = await attestedImage();
    const own = [...other.registry.manifests.keys()].find((tag) => /\.[0-9a-f]{12}$/.test(tag));
    const moved = Buffer.from(other.registry.manifests.get(own ?? "") ?? []);
    // The blob of the same statement, attached to an image that is not this one.
    const foreign = Buffer.from(moved.toString().replaceAll(image.digest, OTHER));
    for (const [digest, bytes] of other.registry.blobs) image.registry.blobs.set(digest, bytes);
    image.registry.manifests.set(sha256(foreign), foreign);
    put(image, tagOf(image.digest), {
      manifests: [
        {
          mediaType: "application/vnd.oci.image.manifest.v1+json",
          digest: sha256(foreign),
          size: foreign.length,
          artifactType: BUNDLE,
        },
      ],
    });
    expect(await verify(image)).toMatchObject({ exit: 1, provenance: "no", codes: ["other-image"] });
    image.registry.manifests.set(sha256(moved), moved);
    put(image, tagOf(image.digest), {
      manifests: [
        {
          mediaType: "application/vnd.oci.image.manifest.v1+json",
          digest: sha256(moved),
          size: moved.length,
          artifactType: BUNDLE,
        },
      ],
    });
    expect(await verify(image)).toMatchObject({ provenance: "yes", codes: [] });
  });
});

describe("a registry", () => {
  test("whose tags are immutable takes each attestation under its own tag, and says what to exempt", async () => {
    const written = new Set<string>();
    const image = await attestedImage({
      answer: ({ url = "", method }, response) => {
        const [, tag = ""] = /\/manifests\/(?!sha256:)([^/]+)$/.exec(url) ?? [];
        if (method !== "PUT" || tag === "") return false;
        if (!written.has(tag)) {
          written.add(tag);
          return false;
        }
        const errors = [{ code: "TAG_INVALID", message: "immutable" }];
        response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ errors }));
        return true;
      },
    });
    writeFileSync(join(image.cwd, "k.key"), NOTARY.secretPem);
    const attest = async (file: string, type: string) => {
      writeFileSync(join(image.cwd, file), JSON.stringify(type === PROVENANCE ? provenance() : { a: 1 }));
      const argv = ["attest", image.target, "--key", "k.key", "--predicate", file, "--type", type];
      return douane(argv, { cwd: image.cwd });
    };
    expect(await attest("a.json", "https://example.test/a")).toMatchObject({ exit: 0, stderr: "" });
    const second = await attest("p.json", PROVENANCE);
    expect(second.exit).toBe(0);
    expect(second.stderr).toMatch(/could not be rewritten[\s\S]*"sha256-\*"[\s\S]*--repair/);
    expect(await verify(image)).toMatchObject({ provenance: "yes" });
  });

  test("that lists no tags: what was attached is in the fallback index, and counts", async () => {
    const image = await attestedImage({
      answer: ({ url = "" }, response) => {
        if (!url.includes("/tags/list")) return false;
        response.writeHead(404).end();
        return true;
      },
    });
    await image.attach(PROVENANCE, provenance());
    await image.attach("https://example.test/a", { a: 1 });
    expect(await verify(image)).toMatchObject({ provenance: "yes", codes: [] });
    const index = Buffer.from(image.registry.manifests.get(tagOf(image.digest)) ?? []).toString();
    expect((JSON.parse(index) as { manifests: unknown[] }).manifests).toHaveLength(2);
  });
});
