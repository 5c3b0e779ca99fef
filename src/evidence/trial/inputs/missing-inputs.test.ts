import { expect, test } from "vitest";
import { givenInputs, type InputCase, object } from "../../../../test/fixtures/given-inputs.ts";
import { missingInputs } from "./missing-inputs.ts";

const SHOP = object("ConfigMap", "web", { host: "0.0.0.0" });
const env = (valueFrom: object) => ({ env: [{ name: "HOST", valueFrom }] });
const MOUNT = { volumeMounts: [{ name: "v", mountPath: "/conf" }] };
const volume = (one: object) => ({ volumes: [{ name: "v", sources: Object.keys(one), ...one }] });

test.each<[string, InputCase, readonly string[]]>([
  ["nothing", { spec: {} }, []],
  [
    "a key that is there",
    { spec: env({ configMapKeyRef: { name: "web", key: "host" } }), objects: SHOP },
    [],
  ],
  [
    "a key that is not",
    { spec: env({ configMapKeyRef: { name: "web", key: "hots" } }), objects: SHOP },
    ["ConfigMap web has no key hots: the kubelet does not start the container"],
  ],
  [
    "one that the settings give, which no cluster has",
    {
      spec: env({ configMapKeyRef: { name: "web", key: "hots" } }),
      objects: SHOP,
      settings: { env: { HOST: "x" } },
    },
    ["ConfigMap web has no key hots"],
  ],
  [
    "an optional key",
    { spec: env({ configMapKeyRef: { name: "web", key: "hots", optional: true } }), objects: SHOP },
    [],
  ],
  [
    "a key of a Secret",
    {
      spec: env({ secretKeyRef: { name: "db", key: "url" } }),
      objects: object("Secret", "db", { password: "x" }),
    },
    ["Secret db has no key url"],
  ],
  [
    "a key of a Secret that a controller fills",
    { spec: env({ secretKeyRef: { name: "token", key: "token" } }), objects: object("Secret", "token", {}) },
    [],
  ],
  ["a key of a Secret that is elsewhere", { spec: env({ secretKeyRef: { name: "db", key: "url" } }) }, []],
  [
    "a file of a key that is not there",
    {
      spec: MOUNT,
      pod: volume({ configMap: { name: "web", items: [{ key: "hots", path: "h" }] } }),
      objects: SHOP,
    },
    ["ConfigMap web has no key hots"],
  ],
  [
    "files of keys that are there, and of all keys",
    {
      spec: MOUNT,
      pod: volume({
        projected: {
          sources: [
            { configMap: { name: "web", items: [{ key: "host", path: "h" }] } },
            { secret: { name: "db" } },
          ],
        },
      }),
      objects: SHOP + object("Secret", "db", { password: "x" }),
    },
    [],
  ],
  [
    "a file of a volume that another container mounts",
    {
      spec: {},
      pod: volume({ configMap: { name: "web", items: [{ key: "hots", path: "h" }] } }),
      objects: SHOP,
    },
    [],
  ],
  [
    "a binary key",
    {
      spec: MOUNT,
      pod: volume({ configMap: { name: "web", items: [{ key: "logo", path: "h" }] } }),
      objects: `${JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "web" }, binaryData: { logo: "/////w==" } })}\n`,
    },
    [],
  ],
  [
    "an image as a volume",
    { spec: MOUNT, pod: volume({ image: { reference: "r.example/conf:1.0.0" } }) },
    ["the trial did not mount the content of the image r.example/conf:1.0.0"],
  ],
  [
    "an image as a volume, whose file the settings give",
    {
      spec: MOUNT,
      pod: volume({ image: { reference: "r.example/conf:1.0.0" } }),
      settings: { files: { "/conf/host": "x" } },
    },
    [],
  ],
  [
    "a variable of a file in a volume",
    { spec: env({ fileKeyRef: { volumeName: "v", path: "e", key: "HOST" } }) },
    ["the trial did not give a variable"],
  ],
  [
    "the same, given by the settings",
    {
      spec: env({ fileKeyRef: { volumeName: "v", path: "e", key: "HOST" } }),
      settings: { env: { HOST: "x" } },
    },
    [],
  ],
])("%s", (_, given, expected) => {
  const { placed, objects, subject } = givenInputs(given);
  if (placed === undefined) throw new Error("no container");
  const found = missingInputs(placed, objects, subject).map(({ en }) => en);
  expect(found).toEqual(expected.map((text) => expect.stringContaining(text)));
});
