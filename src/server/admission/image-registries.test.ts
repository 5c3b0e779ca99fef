import { expect, test } from "vitest";
import { podObject } from "../../../test/fixtures/admission-request.ts";
import { parseReference } from "../../net/reference.ts";
import { isAllowedRegistry, namedImages, registryCauses } from "./image-registries.ts";

const REGISTRIES = ["registry.example", "registry.internal:5000", "docker.io"];

test.each([
  ["registry.example/a:1", true],
  ["Registry.Example/a:1", true],
  ["registry.example:443/a:1", false],
  ["registry.example:5000/a:1", false],
  ["registry.example.evil.example/a:1", false],
  ["evil.example/registry.example/a:1", false],
  ["registry.internal:5000/a:1", true],
  ["registry.internal/a:1", false],
  ["nginx", true],
  ["169.254.169.254/a:1", false],
  ["2852039166/a:1", true],
])("%s may enter: %s", (reference, may) => {
  expect(isAllowedRegistry(parseReference(reference), { registries: REGISTRIES })).toBe(may);
});

test("without a list, any registry is asked", () => {
  expect(isAllowedRegistry(parseReference("evil.example/a:1"), {})).toBe(true);
});

test("images of containers of all kinds and of volumes are compared, each with its field", () => {
  const evil = (name: string) => ({ name, image: "evil.example/x:1" });
  const object = podObject({
    containers: [evil("web"), { name: "good", image: "registry.example/a:1" }, { name: "none" }],
    initContainers: [evil("init")],
    ephemeralContainers: [evil("debug")],
    volumes: [{ name: "data", image: { reference: "evil.example/y:1" } }],
  });
  const images = namedImages(object);
  expect(registryCauses(images, { registries: REGISTRIES }, "en").map(({ field }) => field)).toEqual([
    "spec.initContainers[0].image",
    "spec.containers[0].image",
    "spec.ephemeralContainers[0].image",
    "spec.volumes[0].image.reference",
  ]);
  const [cause] = registryCauses(images, { registries: REGISTRIES }, "fr");
  expect(cause).toMatchObject({
    reason: "registry-not-listed",
    message: expect.stringContaining("evil.example"),
  });
});

test("an object that cannot be read names none", () => {
  let deep: object = {};
  for (let depth = 0; depth < 1_000; depth++) deep = { deep };
  expect(
    namedImages({ apiVersion: "v1", kind: "Pod", metadata: {}, spec: { containers: [], x: deep } }),
  ).toEqual([]);
});
