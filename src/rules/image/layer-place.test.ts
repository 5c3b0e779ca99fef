import { expect, test } from "vitest";
import { digestOf, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { layerPlace } from "./layer-place.ts";

const LAYER = {
  diffId: digestOf(7),
  mediaType: "application/vnd.docker.image.rootfs.diff.tar",
  size: 1,
  entries: 1,
  base: false,
};

test.each([
  ["the blob's digest", [{ ...LAYER, digest: digestOf(3) }], { path: "/a", layer: digestOf(3) }],
  ["the diffId, where a docker-archive knows no digest", [LAYER], { path: "/a", layer: digestOf(7) }],
  ["nothing, for a layer that is not listed", [], { path: "/a" }],
])("a file's layer is named by %s", (_, layers, place) => {
  expect(layerPlace(imageFacts({ facts: { layers } }), { path: "/a", layer: 0 })).toEqual(place);
});
