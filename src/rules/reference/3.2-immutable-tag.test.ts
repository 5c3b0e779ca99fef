import { describe, expect, test } from "vitest";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { digestOf, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { immutableTag } from "./3.2-immutable-tag.ts";

function check(tag: string) {
  return immutableTag.check({ reference: referenceFacts({ tag }) });
}

describe("immutable", () => {
  test.each([
    "1.2.3",
    "v1.2.3",
    "V1.2.3",
    "1.2.3-rc.1",
    "1.2.3-alpine",
    "1.2.3_build.4",
    "1.2.3.4",
    "2024.06.1",
    "24.11.1-alpine3.22",
    "app-1.2.3",
    "1.2.3-rc.1",
    "1.2.3-beta",
    "1.2.3-alpha.7",
    "1.2.3-dev.5",
    "1.2.3-dev-42",
    "1.2.3-edge.20260601",
    "1.2.3-dev-1a2b3c4",
    "stable-1.2.3-1a2b3c4",
    "2.462.1-lts-jdk17",
    "1.2.3-nonroot",
    "1.2.3-debug",
    "1.2.3-mainframe",
    "developer-1.2.3",
    "1.2.3-int8",
    "1.2.3-headless",
    "release-v1.2.3",
    "sha-abcdef1",
    "deadbeef",
    "main-defaced",
    "sha-1234567",
    "main-1a2b3c4",
    "1a2b3c4",
    "1.27-1a2b3c4d",
    "git_0123456",
    "v1.2-14-g1a2b3c4",
    "0123456789012345678901234567890123456789",
  ])("%s", (tag) => {
    expect(check(tag).status).toBe("pass");
  });

  test("a digest, with or without a tag", () => {
    const { tag: _, ...untagged } = referenceFacts({ digest: digestOf(7) });
    expect(immutableTag.check({ reference: untagged }).status).toBe("pass");
    expect(
      immutableTag.check({ reference: referenceFacts({ tag: "latest", digest: digestOf(7) }) }).status,
    ).toBe("pass");
  });
});

describe("moving", () => {
  test.each([
    "latest",
    "stable",
    "main",
    "master",
    "develop",
    "dev",
    "prod",
    "production",
    "staging",
    "preprod",
    "nightly",
    "edge",
    "canary",
    "next",
    "current",
    "lts",
    "alpine",
    "slim",
    "bookworm",
    "alpine3.22",
    "main-amd64",
    "latest-alpine",
    "3",
    "20",
    "1.27",
    "v3",
    "20-alpine",
    "20-alpine3.20",
    "3.13-slim-bookworm",
    "1.2.3-SNAPSHOT",
    "stable-alpine",
  ])("%s", (tag) => {
    const outcome = check(tag);
    expect(outcome.status).toBe("fail");
    expect(JSON.stringify(outcome)).toContain(tag);
  });

  test("no tag: latest is meant", () => {
    const { tag: _, ...reference } = referenceFacts({ given: "registry.example/app" });
    expect(immutableTag.check({ reference })).toMatchObject({
      status: "fail",
      findings: [{ message: { en: "registry.example/app has no tag: latest is meant" } }],
    });
  });
});

describe("read from a mirror", () => {
  const mirror = "mirror.example/cache/app:x";
  const of = (tag: string) => immutableTag.check({ reference: referenceFacts({ tag, mirror }) });
  const says = {
    en: expect.stringMatching(/; read from the mirror .*mirror\.example\/cache\/app:x.*, whose tag/),
  };

  test("a tag's proof, reason or finding names it", () => {
    expect(of("1.2.3")).toMatchObject({ status: "pass", proof: says });
    expect(of("20240612")).toMatchObject({ status: "unproven", reason: says });
    expect(of("latest")).toMatchObject({ status: "fail", findings: [{ message: says }] });
  });

  test("a finding keeps its fingerprint", () => {
    const [own, other] = [of("latest"), check("latest")].map((outcome) =>
      outcome.status === "fail" ? outcome.findings[0].fingerprint : undefined,
    );
    expect(own).toBe(other);
  });

  test("a digest is proven whatever answered", () => {
    const reference = referenceFacts({ digest: digestOf(7), mirror });
    expect(JSON.stringify(immutableTag.check({ reference }))).not.toContain("mirror");
  });
});

describe("unproven", () => {
  test.each([
    "20240612",
    "1.2.3-dev",
    "1.2.3-edge",
    "1.2.3-staging",
    "stable-1.2.3",
    "prod_1.2.3",
    "v1.2.3-DEV",
    "1.2.3-recette",
    "1.2.3-alpine-edge",
    "1.2.3-pre-prod",
    "1.2.3.dev",
    "2024.06.1-qualif",
    "1.2.3-main-amd64",
    "20240612.3",
    "build-1234",
    "12345",
    "pr-42",
    "feature-login",
    "facade",
    "1234567",
    "2024-06-12",
  ])("%s", (tag) => {
    expect(check(tag).status).toBe("unproven");
  });

  test("an archive or a layout without a tag", () => {
    const { tag: _, ...reference } = referenceFacts({ transport: "oci", given: "oci:dir" });
    expect(immutableTag.check({ reference })).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("oci:dir") },
    });
  });
});

describe("in a manifest", () => {
  const of = (tag: string) => {
    const { workload, placement } = containerEvidence({ image: `registry.example/app:${tag}` });
    return immutableTag.check({ reference: referenceFacts({ tag }), workload, placement });
  };

  test("a fault stands where the image is named, also when it was not read", () => {
    expect(of("latest")).toMatchObject({
      status: "fail",
      findings: [
        {
          at: { file: "web.yaml", path: "spec.template.spec.containers[0].image" },
          fingerprint: "3.2-immutable-tag:portal/Deployment/web:web:latest",
        },
      ],
    });
  });

  test("so does one that names no tag", () => {
    const { workload, placement } = containerEvidence({ image: "registry.example/app" });
    const { tag: _tag, ...reference } = referenceFacts();
    expect(immutableTag.check({ reference, workload, placement })).toMatchObject({
      findings: [{ fingerprint: "3.2-immutable-tag:portal/Deployment/web:web:" }],
    });
  });

  test("a full version passes there, too", () => {
    expect(of("1.4.2").status).toBe("pass");
  });

  test("auto is Istio's, where the pod asks for its proxy", () => {
    const { tag: _tag, ...reference } = referenceFacts({ given: "auto" });
    const of = (pod: object) => {
      const { placement } = containerEvidence({ image: "auto" });
      return immutableTag.check({ reference, workload: workloadFacts({ pod }), placement }).status;
    };
    expect(of({ annotations: { "inject.istio.io/templates": "gateway" } })).toBe("unproven");
    expect(of({ labels: { "sidecar.istio.io/inject": "true" } })).toBe("unproven");
    expect(of({ annotations: { "sidecar.istio.io/inject": "false" } })).toBe("fail");
    expect(of({})).toBe("fail");
  });
});
