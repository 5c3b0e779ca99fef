import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { type ImageSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import type { HistoryFacts } from "../../contract/image-facts.ts";
import { builder } from "./3.3-builder.ts";

type Step = Partial<HistoryFacts>;

function check(history: readonly Step[], sketch: ImageSketch = {}) {
  return checkRule(builder, {
    image: imageFacts({ ...sketch, history: history.map((step) => ({ createdBy: "", ...step })) }),
  });
}

const DOCKERFILE: Step = { createdBy: "COPY . /app # buildkit", comment: "buildkit.dockerfile.v0" };
const BUILDPACKS: ImageSketch = {
  config: {
    entrypoint: ["/cnb/process/web"],
    labels: {
      "io.buildpacks.lifecycle.metadata": "{}",
      "io.buildpacks.build.metadata": '{"buildpacks":[{"id":"paketo-buildpacks/nodejs"}]}',
    },
  },
};
const SPRING: ImageSketch = {
  config: {
    entrypoint: ["/cnb/process/web"],
    labels: { "io.buildpacks.lifecycle.metadata": "{}", "org.springframework.boot.version": "3.5.0" },
  },
};

describe("built by a tool", () => {
  test.each<[string, readonly Step[], ImageSketch?]>([
    ["Cloud Native Buildpacks", [DOCKERFILE, { createdBy: "Buildpacks Launcher Config" }]],
    [
      "Cloud Native Buildpacks",
      [{ createdBy: "Layer: 'modules', Created by buildpack: paketo-buildpacks/npm-install@1.0" }],
    ],
    ["Cloud Native Buildpacks", [{}, {}], BUILDPACKS],
    ["Spring Boot build-image (Cloud Native Buildpacks)", [{}, {}], SPRING],
    [
      "Spring Boot build-image (Cloud Native Buildpacks)",
      [{ createdBy: "Software Bill-of-Materials" }],
      SPRING,
    ],
    [
      "Spring Boot build-image (Cloud Native Buildpacks)",
      [{ createdBy: "Layer: 'x', Created by buildpack: paketo-buildpacks/spring-boot@5" }],
    ],
    ["ko", [{ createdBy: "ko build ko://git.gouv.fr/app", author: "ko" }]],
    ["ko", [{}], { config: { author: "github.com/google/ko" } }],
    ["Jib", [{ createdBy: "jib-maven-plugin:3.4.0", author: "Jib", comment: "classes" }]],
    ["Jib", [DOCKERFILE, { createdBy: "jib-gradle-plugin:3.4.0" }]],
    ["apko", [{ createdBy: "apko" }]],
    ["apko", [{}], { config: { author: "github.com/chainguard-dev/apko" } }],
    ["Bazel", [{ createdBy: "bazel build //app:image" }]],
    ["Nix", [{ comment: "store paths: ['/nix/store/abc-app']" }]],
    ["Cloud Native Buildpacks", [{ createdBy: "Application Layer" }]],
    ["Cloud Native Buildpacks", [{ createdBy: "Application Launcher" }]],
    ["Cloud Native Buildpacks", [{ createdBy: "Process Types" }]],
    ["Cloud Native Buildpacks", [{ createdBy: "Layer: '', Created by buildpack: x" }]],
    [
      "Cloud Native Buildpacks",
      [{}],
      {
        config: {
          entrypoint: ["/cnb/lifecycle/launcher"],
          labels: { "io.buildpacks.lifecycle.metadata": "{}" },
        },
      },
    ],
    [
      "Spring Boot build-image (Cloud Native Buildpacks)",
      [{}],
      {
        config: {
          entrypoint: ["/cnb/process/web"],
          labels: {
            "io.buildpacks.lifecycle.metadata": "{}",
            "io.buildpacks.build.metadata": '{"id":"paketo-buildpacks/spring-boot"}',
          },
        },
      },
    ],
    ["ko", [{ author: "ko" }]],
    ["ko", [{ createdBy: "ko build ko://x" }]],
    ["ko", [{}], { config: { author: "github.com/ko-build/ko" } }],
    ["Jib", [{ author: "Jib" }]],
    ["Jib", [{ createdBy: "jib-cli/0.13" }]],
    ["Jib", [{ createdBy: "jib-core:0.27" }]],
    ["apko", [{ author: "apko" }]],
    ["Bazel", [{}], { config: { author: "Bazel" } }],
    ["containerify", [{ comment: "by containerify 3" }]],
    ["containerify", [{ author: "containerify" }]],
    ["douane", [{ createdBy: "douane build", author: "douane/0.1.0" }]],
    ["containerify", [{ createdBy: "/bin/sh -c #(nop) containerify: COPY dist" }]],
  ])("%s: %j", (name, history, sketch) => {
    expect(check(history, sketch)).toMatchObject({
      status: "pass",
      proof: { en: `declared by the image: built by ${name}` },
    });
  });
});

describe("built from a Dockerfile", () => {
  test.each<[string, Step]>([
    ["BuildKit", DOCKERFILE],
    ["BuildKit", { createdBy: "RUN |1 A=b /bin/bash -c make" }],
    ["docker, buildah, podman", { createdBy: '/bin/sh -c #(nop)  CMD ["node"]' }],
    ["docker, buildah, podman", { createdBy: "|1 A=b\nc /bin/sh -c make" }],
    ["docker, buildah, podman", { createdBy: "/bin/sh -c npm ci" }],
    ["kaniko", { createdBy: "RUN npm ci", author: "kaniko" }],
    ["Dockerfile", { createdBy: "RUN npm ci" }],
    ["BuildKit", { createdBy: "COPY . /app # buildkit" }],
    ["BuildKit", { createdBy: "x", comment: "buildkit.dockerfile.v0" }],
    ["docker, buildah, podman", { createdBy: "|2 A=b c=d /bin/sh -c make" }],
    ["docker, buildah, podman", { createdBy: "|12 A=b /bin/sh -c make" }],
    ["docker, buildah, podman", { createdBy: "x #(nop) y" }],
    ..."FROM RUN COPY ADD CMD ENTRYPOINT ENV ARG USER WORKDIR EXPOSE VOLUME LABEL HEALTHCHECK STOPSIGNAL SHELL ONBUILD MAINTAINER"
      .split(" ")
      .map((word): [string, Step] => ["Dockerfile", { createdBy: `${word} x` }]),
  ])("%s: %j", (name, step) => {
    expect(check([{ createdBy: "bazel build //base" }, step])).toMatchObject({
      status: "fail",
      findings: [
        { message: { en: expect.stringContaining(`a Dockerfile (${name})`) }, at: { path: "history[1]" } },
      ],
    });
  });
});

describe("traps", () => {
  test("buildpack labels that a Dockerfile image inherits from a run image decide nothing", () => {
    expect(check([{ createdBy: "Buildpacks Launcher Config" }, DOCKERFILE], BUILDPACKS).status).toBe("fail");
  });

  test("UBI's io.buildah.version label says nothing about what Jib put on top", () => {
    const config = {
      labels: { "io.buildah.version": "1.39.0", "com.redhat.component": "ubi9-micro-container" },
    };
    expect(check([{ author: "Jib", createdBy: "jib-cli:0.13" }], { config }).status).toBe("pass");
    expect(check([{}], { config }).status).toBe("unproven");
  });

  test("a layer of an unknown tool on top of a Dockerfile's is nobody's by the history", () => {
    const history = [
      { ...DOCKERFILE, layer: 0 },
      { createdBy: "crane append", layer: 1 },
    ];
    expect(check(history, { layers: [{}, {}] }).status).toBe("unproven");
  });

  test("a run image made from a Dockerfile, below layers of buildpacks that wrote no history", () => {
    expect(check([DOCKERFILE, {}, {}], BUILDPACKS).status).toBe("pass");
    expect(check([{}, {}, DOCKERFILE], BUILDPACKS).status).toBe("fail");
    expect(check([DOCKERFILE, { createdBy: "crane mutate" }], BUILDPACKS).status).toBe("fail");
  });

  test("a label that calls every layer the run image's hides no step", () => {
    const layers = [{ base: true }, { base: true }];
    const history = [
      { ...DOCKERFILE, layer: 0 },
      { ...DOCKERFILE, layer: 1 },
    ];
    expect(check(history, { ...BUILDPACKS, layers }).status).toBe("fail");
  });

  test("steps without a layer above unknown ones still tell", () => {
    expect(check([DOCKERFILE, { createdBy: "crane mutate" }]).status).toBe("fail");
  });

  test("buildpack labels without a launcher are no buildpack image", () => {
    expect(check([{}], { config: { labels: { "io.buildpacks.lifecycle.metadata": "{}" } } }).status).toBe(
      "unproven",
    );
  });
});

test("a launcher without metadata of its buildpacks is a buildpack image, no Spring Boot one", () => {
  const config = {
    entrypoint: ["/cnb/lifecycle/launcher"],
    labels: { "io.buildpacks.lifecycle.metadata": "{}" },
  };
  expect(check([{}], { config })).toMatchObject({
    proof: { en: expect.stringContaining("by Cloud Native Buildpacks") },
  });
});

describe("unproven", () => {
  test.each<[string, readonly Step[], string]>([
    ["no history", [], "has no history"],
    ["an import", [{ comment: "Imported from -" }], "imported or squashed"],
    ["a squash", [{ comment: "merge sha256:ab to sha256:cd" }], "imported or squashed"],
    [
      "another BuildKit frontend",
      [{ createdBy: "mopy", comment: "buildkit.exporter.image.v0" }],
      "built by BuildKit",
    ],
    ["an unknown tool", [{ createdBy: "my tool" }], "no known tool"],
  ])("%s", (_, history, says) => {
    expect(check(history)).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining(says) },
    });
  });
});

test.each<[Step, ImageSketch?]>([
  [{ createdBy: "my Buildpacks Launcher" }],
  [{ createdBy: "Created by buildpack: x" }],
  [{ createdBy: "x ko build ko://y" }],
  [{ createdBy: "jib-x:1" }],
  [{ createdBy: "jib-cli" }],
  [{ createdBy: "x jib-cli:1" }],
  [{ createdBy: "apko x" }],
  [{ createdBy: "x bazel build //y" }],
  [{ createdBy: "mycontainerify" }],
  [{ createdBy: "containerifyx" }],
  [{ createdBy: "x RUN |1" }],
  [{ createdBy: "x /bin/sh -c y" }],
  [{ createdBy: "|x /bin/sh -c y" }],
  [{ createdBy: "RUNNING x" }],
  [{ createdBy: "RUN" }],
  [{ createdBy: "RUN  x" }],
  [{ createdBy: "x RUN y" }],
  [{ comment: "the store paths: []" }],
  [{}, { config: { author: "x github.com/google/ko" } }],
  [{}, { config: { author: "github.com/google/kox" } }],
  [{}, { config: { author: "x/github.com/chainguard-dev/apko" } }],
  [{}, { config: { author: "Bazelisk" } }],
  [{}, { config: { author: "My Bazel" } }],
  [{}, { config: { entrypoint: ["/cnb/process/web"] } }],
  [{}, { config: { labels: { "io.buildpacks.lifecycle.metadata": "{}" } } }],
  [
    {},
    { config: { entrypoint: ["/x/cnb/process/web"], labels: { "io.buildpacks.lifecycle.metadata": "{}" } } },
  ],
  [
    {},
    {
      config: {
        entrypoint: ["/cnb/lifecycle/launchers"],
        labels: { "io.buildpacks.lifecycle.metadata": "{}" },
      },
    },
  ],
])("%j %j is the mark of nobody", (step, sketch) => {
  expect(check([step], sketch)).toMatchObject({ status: "unproven" });
});
