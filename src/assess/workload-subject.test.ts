import { expect, test } from "vitest";
import { digestOf, imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { asMasked } from "../../test/fixtures/masked.ts";
import { trialFacts } from "../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { workloadSubject } from "./workload-subject.ts";

const reference = referenceFacts();
const image = imageFacts({
  facts: { source: "a:1", imageId: digestOf(1), digest: digestOf(2), platform: "linux/amd64" },
});

test("a workload is named by kind and name, with namespace, environment and images", () => {
  const workload = workloadFacts({
    containers: [
      { name: "web", image: "a:1" },
      { name: "proxy", image: "b:1" },
      { name: "none" },
      { image: "Bad" },
    ],
    line: 3,
    facts: { environment: "prod" },
  });
  const known = new Map([
    ["a:1", { reference, image }],
    ["b:1", { reference }],
  ]);
  const { subject, containers } = workloadSubject(workload, known);
  expect(subject).toEqual({
    name: "Deployment/web",
    images: [
      {
        container: "web",
        reference: "a:1",
        digest: digestOf(2),
        imageId: digestOf(1),
        platform: "linux/amd64",
      },
      { container: "proxy", reference: "b:1" },
      { container: "containers[3]", reference: "Bad" },
    ],
    workload: {
      at: { in: "file", file: "web.yaml", document: 0, line: 3 },
      kind: "Deployment",
      namespace: "portal",
      name: "web",
      environment: "prod",
    },
  });
  expect(containers.map(({ container, collected }) => [container, Object.keys(collected)])).toEqual([
    ["web", ["placement", "reference", "image"]],
    ["proxy", ["placement", "reference"]],
    ["none", ["placement"]],
    ["containers[3]", ["placement"]],
  ]);
});

test("the trial of each container is its own, and of an image that was not read there is none", () => {
  const workload = workloadFacts({
    containers: [
      { name: "web", image: "a:1" },
      { name: "db", image: "a:1" },
      { name: "proxy", image: "b:1" },
    ],
  });
  const known = new Map([
    ["a:1", { reference, image }],
    ["b:1", { reference }],
  ]);
  const trial = trialFacts();
  const { containers } = workloadSubject(workload, known, ({ spec }) =>
    spec.name === "db" ? undefined : trial,
  );
  expect(containers.map(({ collected }) => collected.trial)).toEqual([trial, undefined, undefined]);
});

test("an image that was judged in the place of the manifest's is told", () => {
  const known = new Map([["a:1", { reference, image: asMasked({ ...image, source: "oci:build" }) }]]);
  const { subject } = workloadSubject(workloadFacts({ containers: [{ name: "web", image: "a:1" }] }), known);
  expect(subject.images).toMatchObject([{ reference: "a:1", source: "oci:build" }]);
});

test("what has no name is called by its kind", () => {
  const { subject } = workloadSubject(workloadFacts({ facts: { name: "" } }), new Map());
  expect(subject.name).toBe("Deployment");
});

test("an image without a manifest digest has none", () => {
  const { digest: _digest, ...archived } = image;
  const workload = workloadFacts({ containers: [{ name: "web", image: "a:1" }] });
  const { subject } = workloadSubject(workload, new Map([["a:1", { reference, image: asMasked(archived) }]]));
  expect(subject.images[0]).not.toHaveProperty("digest");
});

test("an image that a volume mounts is asked for its content, and for nothing that only what runs can answer", () => {
  const workload = workloadFacts({
    containers: [{ name: "web", image: "a:1" }],
    volumes: [
      { name: "cache", sources: ["emptyDir"] },
      { name: "plugins", sources: ["image"], image: { reference: "a:1" } },
    ],
  });
  const { subject, containers } = workloadSubject(workload, new Map([["a:1", { reference, image }]]));
  expect(subject.images.map(({ container }) => container)).toEqual(["web", "volumes/plugins"]);
  const [web, plugins] = containers;
  expect(web?.rows).toBeUndefined();
  expect(plugins?.collected).toMatchObject({ reference, image, placement: { role: "volume" } });
  const asked = [
    "no-baked-state",
    "twelve-factor",
    "provenance",
    "sbom",
    "scans",
    "minimal",
    "immutable-tag",
  ];
  expect([...(plugins?.rows ?? [])]).toEqual(asked);
});
