// The manifest of an index that runs: an index on which engines disagree is refused.

import type { Entry } from "../../fixtures/layout-documents.ts";
import type { Case, Cases } from "../case.ts";
import { amd64, evil, good, indexed, ofIndex, readAs } from "../given/readers.ts";
import { index } from "../given/stored.ts";

function chosen(name: string, ...entries: readonly Entry[]): Case {
  return {
    name: `an index of two images for one platform: ${name}`,
    given: indexed(...entries),
    expect: "refused",
    tells: "several different images for linux/amd64",
    why: "containerd runs the first, skopeo another one, or the reverse.",
  };
}

const fields = (more: object): object => ({ ...amd64, ...more });
const onAmd64 = (more: object): object => ({ platform: { ...amd64.platform, ...more } });

export const cases: Cases = [
  chosen("plainly", evil, good),
  chosen(
    "the first one marked as an attestation",
    { ...evil, fields: fields({ annotations: { "vnd.docker.reference.type": "attestation-manifest" } }) },
    good,
  ),
  chosen(
    "the first one with an artifactType",
    { ...evil, fields: fields({ artifactType: "application/spdx+json" }) },
    good,
  ),
  chosen("one by an os.version", { ...evil, fields: onAmd64({ "os.version": "10.0" }) }, good),
  chosen("one by the variant v1", { ...evil, fields: onAmd64({ variant: "v1" }) }, good),
  chosen("one in upper case", { ...evil, fields: onAmd64({ os: "Linux", architecture: "AMD64" }) }, good),
  chosen("one as x86_64", good, { ...evil, fields: onAmd64({ architecture: "x86_64" }) }),
  chosen("one in zstd of another config", good, {
    ...evil,
    fields: fields({ annotations: { "io.github.containers.compression.zstd": "true" } }),
  }),
  {
    name: "an index of two images for one platform: one in a nested index",
    given: ofIndex(index([{ blob: index([evil]) }, good]), index([evil])),
    expect: "refused",
    tells: "several different images for linux/amd64",
    why: "containerd takes the direct one, others the first.",
  },
  {
    name: "several manifests without a platform",
    given: indexed({ blob: evil.blob, fields: { artifactType: "application/x" } }, { blob: good.blob }),
    expect: "refused",
    why: "containerd takes the first, whatever it calls itself.",
  },
  readAs(
    "an attestation as BuildKit writes it",
    indexed({ ...evil, fields: { platform: { os: "unknown", architecture: "unknown" } } }, good),
    "No engine runs on that platform.",
  ),
  readAs(
    "an artifact without a platform beside the image",
    indexed({ blob: evil.blob, fields: { artifactType: "application/spdx+json" } }, good),
    "Engines go by the platform.",
  ),
  readAs("one manifest under two entries", indexed(good, good), "It is one image."),
  readAs(
    "amd64/v3 beside amd64",
    indexed({ ...evil, fields: onAmd64({ variant: "v3" }) }, good),
    "Engines take the usual variant.",
  ),
  readAs(
    "Windows of the same architecture",
    indexed({ ...evil, fields: { platform: { os: "windows", architecture: "amd64" } } }, good),
    "Another platform.",
  ),
];
