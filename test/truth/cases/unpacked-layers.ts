// Layers that engines unpack to different file systems are refused (docs/readers.md).

import { writeEntryHeader, writePaxRecord, writeTar } from "../../../src/image/tar/write.ts";
import { type ImageValue, withLayer } from "../../fixtures/image/image.ts";
import { layerOf, layerOfTar } from "../../fixtures/image/layer.ts";
import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";
import { GOOD, readAs } from "../given/readers.ts";

/** GOOD with one more layer. */
function layered(...entries: Parameters<typeof layerOf>[0][]): ImageValue {
  return entries.reduce((below, one) => withLayer(below, layerOf(one)), GOOD);
}

function disputed(name: string, tells: string, of: ImageValue): Case {
  return {
    name: `a layer with ${name}`,
    given: { image: of },
    expect: "refused",
    tells,
    why: "Engines unpack it to different file systems, by running them.",
  };
}

/** A tar of pieces of tars. */
function tarLayer(...pieces: readonly Uint8Array[]): ImageValue {
  return withLayer(GOOD, layerOfTar(Buffer.concat([...pieces, new Uint8Array(1_024)])));
}

/** An extension header with its records. */
function extension(flag: "x" | "g" | "L", content: Uint8Array, path: string): Uint8Array {
  const header = Buffer.from(writeEntryHeader({ path }, content.length));
  header.write(flag, 156, "latin1");
  header.fill(" ", 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
    "latin1",
  );
  return Buffer.concat([header, content, new Uint8Array((512 - (content.length % 512)) % 512)]);
}

const record = (name: string, value: string): Uint8Array => writePaxRecord(name, Buffer.from(value));
const FILE = writeEntryHeader({ path: "srv/real" }, 0);
const folder = (path: string) => ({ path: `${path}/`, type: "directory" }) as const;

export const cases: Cases = [
  disputed(
    "a global header named like a file",
    "global PAX header",
    tarLayer(extension("g", record("comment", "c"), "app/server")),
  ),
  disputed(
    "a global header named like a whiteout",
    "global PAX header",
    tarLayer(extension("g", record("comment", "c"), "app/.wh.server")),
  ),
  disputed(
    "a name before a global header",
    "global PAX header",
    tarLayer(
      extension("x", record("path", "decoy"), "x"),
      extension("g", record("comment", "c"), "pax_global_header"),
      FILE,
    ),
  ),
  disputed(
    "a sparse file's name without a sparse file",
    "invalid sparse",
    tarLayer(extension("x", record("GNU.sparse.name", "decoy"), "x"), FILE),
  ),
  disputed(
    "an unknown sparse format",
    "invalid sparse",
    tarLayer(
      extension(
        "x",
        Buffer.concat([
          record("GNU.sparse.major", "5"),
          record("GNU.sparse.map", "0,0"),
          record("GNU.sparse.numblocks", "1"),
          record("GNU.sparse.size", "9"),
        ]),
        "x",
      ),
      FILE,
    ),
  ),
  disputed(
    "a file and its whiteout",
    "both adds and deletes",
    layered([{ path: "app/x" }, { path: "app/.wh.x" }]),
  ),
  disputed(
    "a whiteout, then a directory of its name",
    "engines apply differently",
    layered([{ path: ".wh.app" }, folder("app"), { path: "app/server", content: "\x7fELF", mode: 0o755 }]),
  ),
  disputed(
    "a file, then a directory of its name",
    "engines apply differently",
    layered([{ path: "app" }, folder("app")]),
  ),
  disputed(
    "an opaque root",
    "engines apply differently",
    layered([{ path: ".wh..wh..opq" }, { path: "app/server", mode: 0o755 }]),
  ),
  disputed(
    "a device 0/0",
    "a device 0/0",
    layered([{ path: "app/server", type: "character", device: [0, 0] }]),
  ),
  disputed(
    "an attribute that makes a directory opaque to overlayfs alone",
    "trusted.overlay.opaque",
    layered([{ ...folder("app"), xattrs: { "trusted.overlay.opaque": Buffer.from("y") } }]),
  ),
  {
    name: "a hard link whose header gives the entrypoint's inode a file capability",
    given: image({
      files: {
        "srv/run": { content: "\x7fELF", mode: 0o755 },
        "srv/other": {
          hardLink: "srv/run",
          mode: 0o755,
          xattrs: { "security.capability": Buffer.from("0100000200040000000000000000000000000000", "hex") },
        },
      },
      config: { Cmd: ["/srv/run"] },
    }),
    expect: { "non-root": "no" },
    why: "containerd sets it on the file under both names: it cannot start under drop ALL.",
  },
  readAs(
    "a global header as git archive writes it",
    { image: tarLayer(extension("g", record("comment", "c"), "pax_global_header"), FILE) },
    "Nothing has its name, and no reader applies its records.",
  ),
  readAs(
    "a file that replaces the whiteout of its name",
    { image: layered([{ path: "app/.wh.x" }, { path: "app/x" }]) },
    "Every engine has the file.",
  ),
  readAs(
    "an opaque directory",
    {
      image: layered([
        folder("etc"),
        { path: "etc/.wh..wh..opq" },
        { path: "etc/os-release", content: "ID=alpine\n" },
      ]),
    },
    "As Docker writes it.",
  ),
  readAs(
    "the device 1/3",
    { image: layered([{ path: "dev/null", type: "character", device: [1, 3] }]) },
    "A device as distributions ship it.",
  ),
  readAs(
    "a hard link with the metadata of its file",
    {
      image: layered([
        { path: "srv/a", content: "x" },
        { path: "srv/b", hardLink: "srv/a" },
      ]),
    },
    "As every tool writes it.",
  ),
  readAs(
    "a second tar behind the first one's end",
    {
      image: withLayer(
        GOOD,
        layerOfTar(Buffer.concat([writeTar([]), writeTar([{ path: "app/.wh.server" }])])),
      ),
    },
    "No engine reads past the end.",
  ),
];
