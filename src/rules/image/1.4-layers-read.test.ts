import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { digestOf, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { layersRead } from "./1.4-layers-read.ts";

test("all layers read: a pass that counts them", () => {
  expect(checkRule(layersRead, { image: imageFacts({ layers: [{}, {}] }) })).toMatchObject({
    status: "pass",
    proof: { en: "layers read: 2 (20 entries)" },
  });
});

test("a layer is named by its diffId where no digest is known", () => {
  const image = imageFacts({ layers: [{ unread: { fr: "foreign", en: "foreign" } }] });
  const [layer] = image.layers;
  if (layer === undefined) throw new Error("no layer");
  const { digest, ...archived } = layer;
  expect(digest).toBe(digestOf(1));
  expect(checkRule(layersRead, { image: asMasked({ ...image, layers: [archived] }) })).toMatchObject({
    status: "unproven",
    reason: { en: `layers not read: ${digestOf(0x101)} (foreign)` },
  });
});

test("a layer that was not read: unproven, with the reason", () => {
  const outcome = checkRule(layersRead, {
    image: imageFacts({ layers: [{}, { unread: { fr: "foreign layer", en: "foreign layer" } }] }),
  });
  expect(outcome).toMatchObject({
    status: "unproven",
    reason: { en: expect.stringContaining("(foreign layer)") },
  });
});
