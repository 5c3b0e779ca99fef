// Archives from which two tools would load two images.

import { type ImageValue, manifestOf } from "../../fixtures/image/image.ts";
import type { Cases } from "../case.ts";
import { dockerFiles, EVIL, GOOD, good, readAs } from "../given/readers.ts";
import { allBlobs, archive, layoutFiles } from "../given/stored.ts";

const both = (of: ImageValue, docker: ImageValue): Readonly<Record<string, unknown>> => ({
  ...layoutFiles([{ blob: manifestOf(of) }], allBlobs(of)),
  ...dockerFiles(docker),
});

const entriesOf = (files: Readonly<Record<string, unknown>>) =>
  Object.entries(files).map(([path, value]) => ({
    path,
    content: value instanceof Uint8Array ? value : JSON.stringify(value),
  }));

export const cases: Cases = [
  {
    name: "an archive whose manifest.json names another image than its index.json",
    given: archive(both(GOOD, EVIL)),
    expect: "refused",
    tells: "holds two images",
    why: "docker load reads the one, containerd and skopeo the other.",
  },
  {
    name: "the same, asked for as a docker-archive",
    given: { ...archive(both(EVIL, GOOD)), operands: ["docker-archive:app.tar"] },
    expect: "refused",
    tells: "holds two images",
    why: "docker with containerd's image store reads index.json.",
  },
  {
    name: "the same, asked for as an oci-archive",
    given: { ...archive(both(GOOD, EVIL)), operands: ["oci-archive:app.tar"] },
    expect: "refused",
    tells: "holds two images",
    why: "The file may be loaded by docker.",
  },
  {
    name: "an archive with a second manifest.json by another spelling of its name",
    given: archive([...entriesOf(dockerFiles(GOOD)), { path: "x/../manifest.json", content: "[]" }]),
    expect: "refused",
    tells: "more than once",
    why: "containerd cleans names and takes the last.",
  },
  {
    name: "an archive with a link in the place of its index.json",
    given: archive([
      { path: "index.json", type: "symlink", link: "evil.json" },
      ...entriesOf(layoutFiles([good], allBlobs(GOOD))),
    ]),
    expect: "refused",
    tells: "more than once",
    why: "Some follow it.",
  },
  readAs(
    "an archive of both formats, as Docker writes it",
    archive(both(GOOD, GOOD)),
    "Both name one image.",
  ),
  readAs(
    "an archive made by tar of a folder",
    archive([
      { path: "./", type: "directory" } as const,
      ...entriesOf(layoutFiles([good], allBlobs(GOOD))).map((one) => ({ ...one, path: `./${one.path}` })),
    ]),
    "./ means nothing.",
  ),
];
