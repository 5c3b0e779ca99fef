import { describe, expect, test } from "vitest";
import { asMasked } from "../../test/fixtures/masked.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import { namedImages } from "./named-images.ts";

function naming(...images: readonly (string | undefined)[]): WorkloadFacts {
  return workloadFacts({
    containers: images.map((image, index) => ({
      name: `c${index}`,
      ...(image === undefined ? {} : { image }),
    })),
  });
}

test("an image is named once, by its text, with all its users in order", () => {
  const first = naming("registry.example/a:1.0.0", "registry.example/b:1.0.0");
  const second = naming("registry.example/b:1.0.0", "registry.example/b:1.0.0", "registry.example/b:1.0");
  const { images, problems } = namedImages([first, second]);
  expect(problems).toEqual([]);
  expect([...images.keys()]).toEqual([
    "registry.example/a:1.0.0",
    "registry.example/b:1.0.0",
    "registry.example/b:1.0",
  ]);
  const users = images.get("registry.example/b:1.0.0")?.users ?? [];
  expect(users.map(({ workload, placement }) => [workload === first, placement.spec.name])).toEqual([
    [true, "c1"],
    [false, "c0"],
    [false, "c1"],
  ]);
});

test("init containers, sidecars and ephemeral containers name images, too", () => {
  const workload = workloadFacts({
    initContainers: [{ image: "init:1" }, { image: "side:1", restartPolicy: "Always" }],
    ephemeralContainers: [{ image: "debug:1" }],
  });
  expect([...namedImages([workload]).images.keys()]).toEqual(["init:1", "side:1", "debug:1"]);
});

test("an image that a volume mounts is one of them, and said where its name is no reference", () => {
  const volume = (name: string, reference?: string) =>
    ({ name, sources: ["image"], ...(reference === undefined ? {} : { image: { reference } }) }) as const;
  const workload = workloadFacts({
    containers: [{ name: "web", image: "a:1" }],
    volumes: [volume("plugins", "plugins:1"), volume("none"), { name: "tmp", sources: ["emptyDir"] }],
  });
  const { images, problems } = namedImages([workload]);
  expect([...images.keys()]).toEqual(["a:1", "plugins:1"]);
  expect(problems).toMatchObject([{ message: { en: expect.stringContaining("volume") as string } }]);
});

describe("a manifest names registries only", () => {
  test.each([
    ["nginx", { registry: "docker.io", repository: "library/nginx" }],
    ["docker-daemon:app", { registry: "docker.io", repository: "library/docker-daemon", tag: "app" }],
    ["oci:app", { registry: "docker.io", repository: "library/oci", tag: "app" }],
  ])("%s", (text, parts) => {
    const { images } = namedImages([naming(text)]);
    expect(images.get(text)?.reference).toEqual({ given: text, transport: "registry", ...parts });
  });

  test.each([
    "./image",
    "/etc/passwd",
    "../x",
    "docker://nginx",
    "docker-archive:/tmp/a.tar",
    "oci:/srv/layout",
  ])("%s is no reference", (text) => {
    const { images, problems } = namedImages([naming(text)]);
    expect([images.size, problems.length]).toEqual([0, 1]);
  });
});

describe("what is no reference is said with file, line and container", () => {
  test.each([
    [undefined, "names no image"],
    ["", "names no image"],
    [" ", 'names the image " ", which is not a valid reference'],
    ["{{ .Values.image }}", "which is not a valid reference"],
    ["Registry.example/App:1", "which is not a valid reference"],
    ["app@sha256:12", "which is not a valid reference"],
  ])("%j", (image, says) => {
    const { problems } = namedImages([naming(image)]);
    expect(problems).toMatchObject([
      {
        about: { kind: "file", file: "web.yaml", line: 1 },
        message: { en: expect.stringContaining(says) as string },
      },
    ]);
    expect(problems[0]?.message.en).toContain('line 1: container "c0"');
  });

  test("of an object of the API, with the object's name and no line", () => {
    const at = { in: "api", uid: "7f3c" } as const;
    const { problems } = namedImages([asMasked({ ...naming("Registry.example/App:1"), at })]);
    expect(problems).toMatchObject([{ about: { kind: "workload", name: "Deployment/web (portal)", at } }]);
    expect(problems[0]?.message.en).toMatch(/^container "c0" names the image/);
  });

  test("but not when the field itself is not valid: that is known", () => {
    const workload = naming(undefined);
    const path = "spec.template.spec.containers[0].image";
    const invalid = [{ path, problem: { fr: "texte", en: "text" } }];
    expect(namedImages([asMasked({ ...workload, invalid })]).problems).toEqual([]);
  });
});
