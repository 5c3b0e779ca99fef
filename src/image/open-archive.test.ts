import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  archive,
  CONFIG,
  CONFIG_NAME,
  dockerFiles,
  file,
  IMAGE,
  layoutFiles,
} from "../../test/fixtures/archive.ts";
import { writeDockerArchive } from "../../test/fixtures/image/docker-archive.ts";
import { configOf, manifestOf, withConfig, withLayer } from "../../test/fixtures/image/image.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { LAYER } from "../../test/fixtures/layout-documents.ts";
import { openAndClose } from "../../test/fixtures/open.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { openImage } from "./open.ts";
import { type TarEntry, writeTar } from "./tar/write.ts";

const OTHER = withConfig(IMAGE, { User: "2000" });

describe("docker-archive", () => {
  test("names layers by their diffIds, and has no digest", async () => {
    const path = join(temporaryDirectory(), "app.tar");
    writeDockerArchive([{ image: IMAGE, tags: ["team/app:1.0"] }], path);
    const opened = await openImage(`docker-archive:${path}:team/app:1.0`, { env: {} });
    expect(opened).toMatchObject({
      reference: { transport: "docker-archive", tag: "1.0" },
      imageId: CONFIG.digest,
      layers: [{ diffId: LAYER.diffId, size: LAYER.tar.length, bytes: { kind: "file" } }],
    });
    expect(opened.digest).toBeUndefined();
    expect(opened.layers[0]?.digest).toBeUndefined();
    expect(contentOf(opened.layers[0]?.bytes)).toBe(LAYER.diffId);
    await opened.close();
    await opened.close();
  });

  function contentOf(bytes: unknown): string {
    const { fd, offset, size } = bytes as { fd: number; offset: number; size: number };
    const buffer = Buffer.alloc(size);
    readSync(fd, buffer, 0, size, offset);
    return `sha256:${createHash("sha256").update(buffer).digest("hex")}`;
  }

  test.each([
    ["gzip", gzipSync],
    [
      "gzip of two members",
      (tar: Uint8Array) => Buffer.concat([gzipSync(tar.subarray(0, 700)), gzipSync(tar.subarray(700))]),
    ],
    ["zstd", zstdCompressSync],
    [
      "zstd of two frames",
      (tar: Uint8Array) =>
        Buffer.concat([zstdCompressSync(tar.subarray(0, 700)), zstdCompressSync(tar.subarray(700))]),
    ],
    [
      "pzstd: each frame behind a skippable one that says its size",
      (tar: Uint8Array) => Buffer.concat([sizeOf(zstdCompressSync(tar)), zstdCompressSync(tar)]),
    ],
  ])("compressed as a whole: %s", async (_, compress) => {
    const path = join(temporaryDirectory(), "app.tar");
    writeDockerArchive([{ image: IMAGE, tags: [] }], path);
    expect((await openAndClose(file("app.bin", compress(readFileSync(path))))).imageId).toBe(CONFIG.digest);
    expect(readdirSync(tmpdir()).filter((name) => /^douane-[0-9a-f]{8}-/.test(name))).toEqual([]);
  });

  /** A skippable frame (RFC 8878 3.1.2) of four bytes. */
  function sizeOf(frame: Uint8Array): Uint8Array {
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 0, 0, 0, 0]);
    skippable.writeUInt32LE(frame.length, 8);
    return skippable;
  }

  test("compressed as a whole and cut off, says so", async () => {
    const path = archive(dockerFiles());
    for (const [format, compress] of [
      ["gzip", gzipSync],
      ["zstd", zstdCompressSync],
    ] as const) {
      const cut = file("cut.bin", compress(readFileSync(path)).subarray(0, -1));
      await expect(openAndClose(cut)).rejects.toMatchObject({
        code: "archive-corrupt",
        exit: 65,
        text: {
          fr: `l'archive ne se décompresse pas : flux ${format} corrompu ou tronqué : fin de fichier inattendue. L'exporter ou la télécharger à nouveau.`,
          en: `the archive does not unpack: corrupt or truncated ${format} stream: unexpected end of file. Export or download it again.`,
        },
      });
    }
  });

  test("a zstd bomb of many frames is refused", async () => {
    const frame = zstdCompressSync(Buffer.alloc(8 * 1024 ** 2));
    const bomb = file("bomb.bin", Buffer.concat(Array.from({ length: 1_000 }, () => frame)));
    await expect(openAndClose(bomb)).rejects.toMatchObject({ code: "expansion-limit", exit: 65 });
  });

  test("unpacking ends when it is told to", async () => {
    const path = file("large.bin", gzipSync(randomBytes(4 * 1024 ** 2)));
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    await expect(openAndClose(path, { signal: controller.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  test("of several images, one is chosen by its tag or position", async () => {
    const path = join(temporaryDirectory(), "app.tar");
    writeDockerArchive(
      [
        { image: IMAGE, tags: ["app:1.0"] },
        { image: OTHER, tags: ["docker.io/library/app:latest"] },
      ],
      path,
    );
    await expect(openAndClose(path)).rejects.toMatchObject({ code: "several-images", exit: 64 });
    expect((await openAndClose(`docker-archive:${path}:app`)).imageId).toBe(configOf(OTHER).digest);
    expect((await openAndClose(`docker-archive:${path}:@0`)).imageId).toBe(CONFIG.digest);
    await expect(openAndClose(`docker-archive:${path}:app:2`)).rejects.toMatchObject({
      code: "image-not-in-source",
      message: expect.stringContaining('"app:1.0", "docker.io/library/app:latest"'),
    });
  });

  test("Jib's lower-case keys are read", async () => {
    const manifest = [{ config: CONFIG_NAME, repoTags: null, layers: ["1/layer.tar"] }];
    expect((await openAndClose(archive({ ...dockerFiles(), "manifest.json": manifest }))).imageId).toBe(
      CONFIG.digest,
    );
  });

  test("both spellings of a key are refused", async () => {
    await expect(openAndClose(archive(dockerFiles({ layers: [] })))).rejects.toMatchObject({
      code: "ambiguous-key",
    });
  });

  test.each(["symlink", "hardlink"])("a layer may be a %s to another", async (kind) => {
    const link: TarEntry =
      kind === "symlink"
        ? { path: "2/layer.tar", type: "symlink", link: "../1/layer.tar" }
        : { path: "2/layer.tar", hardLink: "1/layer.tar" };
    const config = configOf(withLayer(IMAGE, LAYER));
    const manifest = JSON.stringify([{ Config: "config.json", Layers: ["1/layer.tar", "2/layer.tar"] }]);
    const tar = writeTar([
      { path: "config.json", content: config.bytes },
      { path: "1/layer.tar", content: LAYER.tar },
      link,
      { path: "manifest.json", content: manifest },
    ]);
    const opened = await openAndClose(file("app.tar", tar));
    expect(opened.layers[1]?.bytes).toEqual(opened.layers[0]?.bytes);
  });

  test.each([
    ["a loop", "../2/layer.tar", "archive-links"],
    ["out of the archive", "../../../../etc/passwd", "blob-missing"],
    ["an absolute path", "/etc/passwd", "blob-missing"],
  ])("a link that is %s leads nowhere", async (_, link, code) => {
    const tar = writeTar([
      { path: CONFIG_NAME, content: CONFIG.bytes },
      { path: "2/layer.tar", type: "symlink", link },
      { path: "manifest.json", content: JSON.stringify([{ Config: CONFIG_NAME, Layers: ["2/layer.tar"] }]) },
    ]);
    await expect(openAndClose(file("app.tar", tar))).rejects.toMatchObject({ code });
  });

  test.each([
    ["manifest.json is null", { "manifest.json": null }, "empty-archive"],
    ["manifest.json is empty", { "manifest.json": [] }, "empty-archive"],
    ["there is no manifest.json", { "manifest.json": undefined }, "empty-archive"],
    ["manifest.json is no list", { "manifest.json": {} }, "document-invalid"],
    ["manifest.json nests 100,000 deep", { "manifest.json": "[".repeat(100_000) }, "json-too-deep"],
    ["a layer is missing", { "1/layer.tar": undefined }, "blob-missing"],
    ["the config is missing", { [CONFIG_NAME]: undefined }, "blob-missing"],
    [
      "the config is not what its name says",
      { [CONFIG_NAME]: Buffer.concat([CONFIG.bytes, Buffer.from(" ")]) },
      "digest-mismatch",
    ],
  ])("%s", async (_, change, code) => {
    const files = Object.entries({ ...dockerFiles(), ...change }).filter(([, value]) => value !== undefined);
    await expect(openAndClose(archive(Object.fromEntries(files)))).rejects.toMatchObject({ code, exit: 65 });
  });

  test("a manifest.json that stands twice is refused", async () => {
    const [first, second] = [dockerFiles(), dockerFiles({ Layers: [] })].map((files) =>
      JSON.stringify(files["manifest.json"]),
    );
    const tar = writeTar([
      { path: CONFIG_NAME, content: CONFIG.bytes },
      { path: "1/layer.tar", content: LAYER.tar },
      { path: "manifest.json", content: first ?? "" },
      { path: "./manifest.json", content: second ?? "" },
    ]);
    await expect(openAndClose(file("app.tar", tar))).rejects.toMatchObject({ code: "archive-repeated" });
  });
});

describe("oci-archive", () => {
  test("is read in place", async () => {
    const opened = await openAndClose(archive(layoutFiles()));
    expect(opened).toMatchObject({
      reference: { transport: "oci-archive" },
      digest: manifestOf(IMAGE).digest,
    });
  });

  test("made by GNU tar of a directory, with its ./ and directories, is read too", async () => {
    const directory = temporaryDirectory();
    writeLayout(IMAGE, directory);
    const path = join(temporaryDirectory(), "app.tar");
    execFileSync("tar", ["-C", directory, "-cf", path, "."]);
    expect((await openAndClose(`oci-archive:${path}`)).digest).toBe(manifestOf(IMAGE).digest);
  });

  test.each(["gnu", "pax"])("long names in %s format are read", async (format) => {
    const directory = temporaryDirectory();
    writeLayout(IMAGE, directory);
    writeFileSync(join(directory, "x".repeat(200)), "");
    const path = join(temporaryDirectory(), "app.tar");
    execFileSync("tar", ["-C", directory, `--format=${format}`, "-cf", path, "."]);
    expect((await openAndClose(path)).digest).toBe(manifestOf(IMAGE).digest);
  });

  test("Docker 25 writes both formats: the layout is read, unless docker-archive is asked for", async () => {
    const both = archive({ ...dockerFiles(), ...layoutFiles() });
    expect((await openAndClose(both)).digest).toBe(manifestOf(IMAGE).digest);
    expect((await openAndClose(`docker-archive:${both}`)).digest).toBeUndefined();
  });

  test.each([
    ["index.json lists nothing", { "index.json": { schemaVersion: 2, manifests: null } }, undefined],
    ["manifest.json is null", { "manifest.json": null }, manifestOf(IMAGE).digest],
  ])("of both formats, an empty one does not count: %s", async (_, change, digest) => {
    const both = archive({ ...dockerFiles(), ...layoutFiles(), ...change });
    expect((await openAndClose(both)).digest).toBe(digest);
    expect((await openAndClose(`docker-archive:${both}`)).digest).toBe(digest);
  });

  test("a docker-archive is no oci-archive", async () => {
    await expect(openAndClose(`oci-archive:${archive(dockerFiles())}`)).rejects.toMatchObject({
      code: "not-a-layout",
    });
  });
});
