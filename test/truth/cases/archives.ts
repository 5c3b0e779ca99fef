// Storage of images: formats read, formats refused, and content hidden by a layer's entries.

import { emptyImage, withConfig, withLayer } from "../../fixtures/image/image.ts";
import { layerOf } from "../../fixtures/image/layer.ts";
import { KEY } from "../../fixtures/secrets.ts";
import { smallImage } from "../../fixtures/small-image.ts";
import type { Cases } from "../case.ts";
import { image, imageOf } from "../given/image.ts";

const ARM = withConfig(
  withLayer(emptyImage("linux/arm64"), layerOf([{ path: "app/server", mode: 0o755, content: "\x7fELF" }])),
  { User: "0", Cmd: ["/app/server"] },
);
const ROOT = smallImage({ User: "0" });

export const cases: Cases = [
  {
    name: "docker save of a conforming image",
    given: { ...image(), as: "docker-archive" },
    expect: { "non-root": "yes", "no-baked-state": "yes" },
    trap: true,
    why: "The same image.",
  },
  {
    name: "docker save of root's image",
    given: { image: ROOT, as: "docker-archive" },
    expect: { "non-root": "no" },
    why: "The same image.",
  },
  {
    name: "an index of two platforms, root on the other",
    given: { image: [smallImage(), ARM] },
    expect: { "non-root": "yes" },
    trap: true,
    why: "Each platform is an image of its own: linux/amd64 is asked for.",
  },
  {
    name: "an index of two platforms, root on the one asked for",
    given: { image: [smallImage(), ARM], platform: "linux/arm64" },
    expect: { "non-root": "no" },
    why: "linux/arm64 is asked for.",
  },
  {
    name: "a platform that the index does not have",
    given: { image: [smallImage(), ARM], platform: "linux/s390x" },
    expect: "refused",
    why: "Nothing runs there.",
  },
  {
    name: "docker save of two images",
    given: { image: [smallImage(), ROOT], as: "docker-archive" },
    expect: "refused",
    why: "Which one is meant is not said.",
  },
  {
    name: "a zstd layer with a key",
    given: { image: withLayer(smallImage(), layerOf([{ path: "app/key.pem", content: KEY }], "zstd")) },
    expect: { "no-baked-state": "no" },
    why: "zstd is a layer's compression, too.",
  },
  {
    name: "an uncompressed layer with a key",
    given: { image: withLayer(smallImage(), layerOf([{ path: "app/key.pem", content: KEY }], "none")) },
    expect: { "no-baked-state": "no" },
    why: "A layer need not be compressed.",
  },
  {
    name: "a tag that the layout does not have",
    given: { ...image(), operands: ["oci:image.oci:9.9.9"] },
    expect: "refused",
    why: "There is no such image.",
  },
  {
    name: "a folder that is no layout",
    given: { files: { "x/readme.md": "# x\n" }, operands: ["oci:x"] },
    expect: "refused",
    why: "There is no image.",
  },
  {
    name: "an image without layers",
    given: { image: withConfig(emptyImage(), { User: "1000", Cmd: ["/app/server"] }) },
    expect: { "non-root": "unproven", "read-only-root": "unproven" },
    why: "It has no program to start: nothing of its way is shown.",
  },
  {
    name: "a key that is a hard link's other name",
    given: image({ files: { "app/key.pem": KEY, "srv/k": { hardLink: "app/key.pem" } } }),
    expect: { "no-baked-state": "no" },
    why: "Its content is the key's.",
  },
  {
    name: "a link to a key that the platform mounts",
    given: image({ files: { "app/key.pem": { type: "symlink", link: "/run/secrets/key.pem" } } }),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "A link holds no key.",
  },
  {
    name: "a key above a whiteout of the whole folder",
    given: image({ from: imageOf({ files: { "app/old/key.pem": KEY } }), files: { "app/.wh..wh..opq": "" } }),
    expect: { "no-baked-state": "no" },
    why: "The lower layer is delivered all the same.",
  },
  {
    name: "the passwd of a later layer",
    given: image({
      files: { "etc/passwd": "root:x:0:0::/:/bin/sh\n" },
      layers: [{ files: { "etc/passwd": "root:x:0:0::/:/bin/sh\nweb:x:0:0::/:/bin/sh\n" } }],
      config: { User: "web" },
    }),
    expect: { "non-root": "no" },
    why: "The name is root's in the file that counts, and a name in any case.",
  },
  {
    name: "a program that a later layer deletes",
    given: image({ layers: [{ files: { "app/.wh.server": "" } }] }),
    expect: { "non-root": "unproven" },
    why: "What starts is not there.",
  },
];
