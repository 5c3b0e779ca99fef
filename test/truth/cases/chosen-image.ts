// Sources with more than the image: the judged part, and the message about it.

import { type BlobValue, type ImageValue, manifestOf } from "../../fixtures/image/image.ts";
import { type Entry, edited } from "../../fixtures/layout-documents.ts";
import type { Cases } from "../case.ts";
import { EVIL, evil, GOOD, good } from "../given/readers.ts";
import { allBlobs, index, layout, layoutFiles } from "../given/stored.ts";

/** An image for a platform that no machine of ours has. */
const ELSEWHERE: ImageValue = { ...GOOD, document: { ...GOOD.document, architecture: "s390x" } };
const elsewhere: Entry = {
  blob: manifestOf(ELSEWHERE),
  fields: { platform: { os: "linux", architecture: "s390x" } },
};
const signature: BlobValue = edited(
  manifestOf(EVIL),
  "application/vnd.oci.image.layer.v1.tar+gzip",
  "application/vnd.dev.cosign.simplesigning.v1+json",
);
const kind = (name: string): object => ({ annotations: { kind: `dev.cosignproject.cosign/${name}` } });

export const cases: Cases = [
  {
    name: "ctr export of one platform of an index that lists all",
    given: {
      ...layout(
        layoutFiles([{ blob: index([good, elsewhere]) }], [index([good, elsewhere]), ...allBlobs(ELSEWHERE)]),
      ),
      platform: null,
    },
    expect: { "non-root": "yes" },
    trap: true,
    tells: '"linux/s390x" alone is in this source',
    why: "It is the only image there.",
  },
  {
    name: "docker save of one platform, with the manifests of the others",
    given: {
      ...layout(
        layoutFiles(
          [{ blob: index([good, elsewhere]) }],
          [index([good, elsewhere]), good.blob, ...allBlobs(ELSEWHERE)],
        ),
      ),
      platform: null,
    },
    expect: { "non-root": "yes" },
    trap: true,
    tells: '"linux/s390x" alone is in this source',
    why: "A manifest without its config is no image.",
  },
  {
    name: "one platform of an index, where another one is asked for",
    given: layout(
      layoutFiles([{ blob: index([good, elsewhere]) }], [index([good, elsewhere]), ...allBlobs(ELSEWHERE)]),
    ),
    expect: "refused",
    why: "linux/amd64 is asked for and not there.",
  },
  {
    name: "cosign save: an image beside its signature",
    given: layout(
      layoutFiles(
        [
          { blob: signature, fields: kind("sigs") },
          { blob: good.blob, fields: kind("image") },
        ],
        [signature, ...allBlobs(GOOD, EVIL)],
      ),
    ),
    expect: { "non-root": "yes" },
    trap: true,
    tells: "one application image and 1 other thing",
    why: "A signature is no image.",
  },
  {
    name: "cosign save of root's image",
    given: layout(
      layoutFiles(
        [
          { blob: evil.blob, fields: kind("image") },
          { blob: signature, fields: kind("sigs") },
        ],
        [signature, ...allBlobs(EVIL)],
      ),
    ),
    expect: { "non-root": "no" },
    tells: "one application image and 1 other thing",
    why: "The image is what is judged.",
  },
  {
    name: "an image that calls itself a signature, beside another one",
    given: layout(
      layoutFiles(
        [
          { blob: evil.blob, fields: kind("sigs") },
          { blob: good.blob, fields: kind("image") },
        ],
        allBlobs(GOOD, EVIL),
      ),
    ),
    expect: "refused",
    tells: "several images",
    why: "Annotations say nothing for certain: which one is meant must be said.",
  },
  {
    name: "an index of a media type that is unknown",
    given: layout(
      layoutFiles(
        [{ blob: good.blob, fields: { mediaType: "application/vnd.example.bundle.v1+json" } }],
        allBlobs(GOOD),
      ),
    ),
    expect: "refused",
    tells: 'the index lists no image: only "application/vnd.example.bundle.v1+json"',
    why: "It is named, not called an artifact (index).",
  },
];
