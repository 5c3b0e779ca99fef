import { type BlobValue, configOf, type ImageValue, manifestOf } from "../../fixtures/image/image.ts";
import type { Entry } from "../../fixtures/layout-documents.ts";
import { smallImage } from "../../fixtures/small-image.ts";
import type { Case } from "../case.ts";
import type { Given } from "./given.ts";
import { allBlobs, index, layout, layoutFiles } from "./stored.ts";

/** Two images: one conforms, one starts another program as root. */
export const GOOD = smallImage({ Labels: { owner: "aides" } });
export const EVIL = smallImage({ User: "0", Cmd: ["/bin/evil"] });
export const amd64 = { platform: { os: "linux", architecture: "amd64" } };
export const good: Entry = { blob: manifestOf(GOOD), fields: amd64 };
export const evil: Entry = { blob: manifestOf(EVIL), fields: amd64 };

/** A layout of one index. */
export function indexed(...entries: readonly Entry[]): Given {
  return ofIndex(index(entries));
}

export function ofIndex(blob: BlobValue, ...others: readonly BlobValue[]): Given {
  return layout(layoutFiles([{ blob }], [blob, ...others, ...allBlobs(GOOD, EVIL)]));
}

/** A trap: the image is read, and equals GOOD in the judged parts. */
export function readAs(name: string, given: Given, why: string): Case {
  return { name, given, expect: { "non-root": "yes" }, trap: true, why };
}

/** A docker-archive of an image. */
export function dockerFiles(of: ImageValue, tag = "aides/web:1.4.2"): Readonly<Record<string, unknown>> {
  const name = `${configOf(of).digest.slice(7)}.json`;
  return {
    [name]: configOf(of).bytes,
    ...Object.fromEntries(of.layers.map(({ tar }, at) => [`${at}/layer.tar`, tar])),
    "manifest.json": [{ Config: name, RepoTags: [tag], Layers: of.layers.map((_, at) => `${at}/layer.tar`) }],
  };
}
