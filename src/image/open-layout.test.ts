import { mkdirSync, realpathSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { emptyImage, withAnnotations, withConfig, withLayer } from "../../test/fixtures/image/image.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { config, LAYER, layoutOf, manifest } from "../../test/fixtures/layout-documents.ts";
import { openAndClose } from "../../test/fixtures/open.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { imageOpener, openImage } from "./open.ts";

const REF_NAME = "org.opencontainers.image.ref.name";

function image(platform = "linux/amd64") {
  return withConfig(withLayer(emptyImage(platform), LAYER), { User: "1000" });
}

describe("a layout of one image", () => {
  test("gives its documents, and layers as ranges of open files", async () => {
    const directory = temporaryDirectory();
    const value = withAnnotations(image(), { "org.opencontainers.image.base.name": "alpine" });
    const top = writeLayout(value, directory, { ref: "1.0" });
    const opened = await openImage(`oci:${directory}:1.0`, { env: {} });
    expect(opened).toMatchObject({
      source: `oci:${directory}:1.0`,
      reference: { given: `oci:${directory}:1.0`, transport: "oci", tag: "1.0" },
      digest: top.digest,
      platform: "linux/amd64",
      config: { config: { User: "1000" } },
      annotations: { "org.opencontainers.image.base.name": "alpine" },
      layers: [
        {
          digest: LAYER.digest,
          diffId: LAYER.diffId,
          size: LAYER.blob.length,
          bytes: { kind: "file", offset: 0 },
        },
      ],
    });
    expect(opened.indexDigest).toBeUndefined();
    await opened.close();
  });

  test("of another platform than this machine's is opened all the same", async () => {
    const directory = temporaryDirectory();
    writeLayout(image("linux/s390x"), directory);
    expect((await openAndClose(directory)).platform).toBe("linux/s390x");
  });

  test("whose blobs are symbolic links, as Bazel makes them, is read through them", async () => {
    const [directory, linked] = [temporaryDirectory(), temporaryDirectory()];
    writeLayout(image(), directory);
    symlinkSync(join(directory, "blobs"), join(linked, "blobs"));
    symlinkSync(join(directory, "index.json"), join(linked, "index.json"));
    expect((await openAndClose(linked)).platform).toBe("linux/amd64");
  });
});

describe("several images", () => {
  function two(): string {
    const [one, other] = [manifest(config()), manifest(config({ author: "x" }))];
    return layoutOf(
      [
        { blob: one, fields: { annotations: { [REF_NAME]: "one" } } },
        {
          blob: other,
          fields: {
            annotations: { [REF_NAME]: "2.0", "io.containerd.image.name": "docker.io/team/app:2.0" },
          },
        },
      ],
      [config(), config({ author: "x" })],
    );
  }

  test("must be told apart", async () => {
    await expect(openAndClose(two())).rejects.toMatchObject({
      code: "several-images",
      exit: 64,
      message: expect.stringContaining('"one", "2.0"'),
    });
  });

  test.each(["one", "2.0", "team/app:2.0", "@0", "@1"])("%s names one", async (ref) => {
    const expected = ["one", "@0"].includes(ref) ? manifest(config()) : manifest(config({ author: "x" }));
    expect((await openAndClose(`oci:${two()}:${ref}`)).digest).toBe(expected.digest);
  });

  test.each(["three", "@2", ""])("%j is not there", async (ref) => {
    await expect(openAndClose(`oci:${two()}:${ref}`)).rejects.toMatchObject({ code: "image-not-in-source" });
  });

  test("one image under two names is one image", async () => {
    const blob = manifest(config());
    const named = (name: string) => ({ blob, fields: { annotations: { [REF_NAME]: name } } });
    expect((await openAndClose(layoutOf([named("1"), named("1.0")], [config()]))).digest).toBe(blob.digest);
  });

  test("an index.json that lists the platforms of one image is one image", async () => {
    const arm = config({ architecture: "arm64" });
    const directory = layoutOf(
      [
        { blob: manifest(config()), fields: { platform: { os: "linux", architecture: "amd64" } } },
        { blob: manifest(arm), fields: { platform: { os: "linux", architecture: "arm64" } } },
      ],
      [config(), arm],
    );
    expect((await openAndClose(directory, { platform: "linux/arm64" })).platform).toBe("linux/arm64");
  });

  test.each([[[]], [null]])("none: manifests is %j", async (manifests) => {
    const directory = layoutOf([]);
    writeFileSync(join(directory, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
    await expect(openAndClose(directory)).rejects.toMatchObject({ code: "empty-layout" });
  });
});

test("a directory that is no layout is said to be none", async () => {
  await expect(openAndClose(temporaryDirectory())).rejects.toMatchObject({ code: "not-a-layout", exit: 65 });
});

test("the transport must fit the path", async () => {
  const directory = layoutOf([{ blob: manifest(config()) }], [config()]);
  await expect(openAndClose(`oci-archive:${directory}`)).rejects.toMatchObject({
    code: "wrong-transport",
    exit: 64,
  });
  await expect(openAndClose(`oci:${directory}/index.json`)).rejects.toMatchObject({
    code: "wrong-transport",
    exit: 64,
  });
});

describe("a layout that a repository chose", () => {
  /** A layout in a repository, and a folder outside; `move` puts what it names outside, behind a link. */
  function repository(): {
    readonly root: string;
    readonly layout: string;
    readonly move: (name: string, to?: string) => void;
  } {
    const [root, outside] = [realpathSync(temporaryDirectory()), temporaryDirectory()];
    const layout = join(root, "db");
    mkdirSync(layout);
    writeLayout(image(), layout);
    return {
      root,
      layout,
      move: (name, to = outside) => {
        const target = join(to, basename(name));
        renameSync(join(layout, name), target);
        symlinkSync(target, join(layout, name));
      },
    };
  }

  async function opened(layout: string, within?: string): Promise<string> {
    const opener = imageOpener({ env: {} });
    try {
      await (await opener.open(`oci:${layout}`, undefined, undefined, within)).close();
      return "opened";
    } catch (error) {
      return String(error);
    } finally {
      await opener.close();
    }
  }

  const BLOB = `blobs/sha256/${LAYER.digest.slice("sha256:".length)}`;

  test.each(["blobs", "blobs/sha256", BLOB, "index.json", "oci-layout"])(
    "is not read through a link outside: %s",
    async (name) => {
      const { root, layout, move } = repository();
      move(name);
      expect(await opened(layout, root)).toMatch(/the path leads out of the folder that is judged/);
      // A layout that the command line names may contain links, such as to a folder of blobs that layouts share.
      expect(await opened(layout)).toBe("opened");
    },
  );

  test.each(["blobs", BLOB])("is read through a link within the repository: %s", async (name) => {
    const { root, layout, move } = repository();
    const shared = join(root, "shared");
    mkdirSync(shared);
    move(name, shared);
    expect(await opened(layout, root)).toBe("opened");
  });
});
