import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { assessmentRequest, recordedPorts } from "../../test/fixtures/assessment.ts";
import { POLICY as ATTESTATIONS } from "../../test/fixtures/attested.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { digestOf, imageFacts, referenceFacts, VERIFIED_BASE } from "../../test/fixtures/image-facts.ts";
import { container, deployment, type Manifest, podSpec, yaml } from "../../test/fixtures/manifests.ts";
import { NO_PACKAGES, sbomFacts } from "../../test/fixtures/sbom-facts.ts";
import { smallImage } from "../../test/fixtures/small-image.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { trialFacts } from "../../test/fixtures/trial-facts.ts";
import { advisory, dataOf } from "../../test/fixtures/vulnerability-data.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import { problemTitle } from "../contract/source-problem.ts";
import type { EvidencePiece } from "../evidence/file.ts";
import { selectorHashes } from "../evidence/rule-selectors.ts";
import { RULES } from "../rules/index.ts";
import { assess } from "./assess.ts";
import { review } from "./review.ts";
import type { Inputs } from "./run/inputs.ts";
import type { AssessmentRequest } from "./run/request.ts";

/** Review of files of these names, without images' registries; `manifests` default to the folder. */
async function reviewed(
  files: Readonly<Record<string, string>>,
  inputs: Partial<Inputs> = { manifests: ["."] },
  changes: Partial<AssessmentRequest> = {},
) {
  const cwd = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  const all = { manifests: [], dockerfiles: [], projects: [], images: [], ...inputs };
  const request = assessmentRequest({ inputs: all, readImages: false, ...changes });
  const { assessed, failed, unreadable, skipped, warnings } = await review(
    request,
    recordedPorts({ cwd }).ports,
  );
  return {
    names: assessed.map(({ verdict }) => verdict.subject.name),
    failed: failed.map(({ about, error }) => `${problemTitle(about)}: ${(error as { code: string }).code}`),
    unreadable: unreadable.map(({ about, message }) => `${problemTitle(about)}: ${message.en}`),
    skipped: skipped.map(({ about, message }) => `${problemTitle(about)}: ${message.en}`),
    warnings: warnings.map(({ en }) => en),
    assessed,
  };
}

const object = (kind: string, name: string, more: Manifest = {}): Manifest => ({
  apiVersion: "example.org/v1",
  kind,
  metadata: { name },
  ...more,
});
const WEB = yaml(deployment({ name: "web" }));

describe("manifests", () => {
  test("a file that is not there fails alone, and one that is there is judged", async () => {
    const { names, failed } = await reviewed({ "a.yaml": WEB }, { manifests: ["a.yaml", "b.yaml"] });
    expect([names, failed]).toEqual([["Deployment/web"], ["b.yaml: manifest-not-found"]]);
  });

  test("standard input is a manifest, once", async () => {
    const { names, failed } = await reviewed({}, { manifests: ["-"], stdin: Buffer.from(WEB) });
    expect([names, failed]).toEqual([["Deployment/web"], []]);
  });

  test("no workload is a problem where nothing else is given", async () => {
    const service = yaml(object("Service", "a", { apiVersion: "v1", spec: { ports: [] } }));
    const alone = await reviewed({ "a.yaml": service });
    expect(alone.unreadable).toHaveLength(1);
    const project = { manifests: ["."], projects: ["."] };
    const beside = await reviewed({ "a.yaml": service, Dockerfile: "FROM scratch\nUSER 1000\n" }, project);
    expect([beside.unreadable, beside.names]).toEqual([[], ["Dockerfile"]]);
  });

  test("a Dockerfile that cannot be read leaves the problem", async () => {
    const files = { "a.yaml": yaml(object("Service", "a", { apiVersion: "v1" })), Dockerfile: "\u{0}" };
    const { unreadable, failed, names } = await reviewed(files, { manifests: ["."], projects: ["."] });
    expect(names).toEqual([]);
    expect(unreadable.length + failed.length).toBeGreaterThan(0);
  });

  test.each([
    ["compose.yaml", "a Compose file"],
    ["docker-compose.prod.yml", "a Compose file"],
    ["compose-dev.yml", "a Compose file"],
    ["out/index.json", "douane check oci:out"],
    ["out/manifest.json", "douane check oci:out"],
  ])("%s is told for what it is", async (name, told) => {
    const { unreadable } = await reviewed({ [name]: "{}" }, { manifests: [name] });
    expect(unreadable).toEqual([expect.stringContaining(told)]);
  });

  test.each(["my-compose.yaml", "composer.yml", "other.json", "compose.yaml.json"])(
    "%s is not",
    async (name) => {
      const { unreadable } = await reviewed({ [name]: "{}" }, { manifests: [name] });
      expect(unreadable).toHaveLength(1);
      expect(unreadable[0]).not.toMatch(/Compose|oci:/);
    },
  );

  test.each([
    ["nginx", true],
    ["team/app", true],
    ["Deploy", false],
    ["deploy-", false],
  ])("a folder %s without workloads hints at the image: %s", async (folder, isHinted) => {
    const inputs = { manifests: [folder], projects: [folder] };
    const { unreadable } = await reviewed({ [`${folder}/README.md`]: "" }, inputs);
    expect(unreadable).toHaveLength(1);
    expect(unreadable[0]?.includes(`docker://${folder}`)).toBe(isHinted);
  });

  test("the image's name is no hint where the folder was named by -f", async () => {
    const { unreadable } = await reviewed({ "nginx/README.md": "" }, { manifests: ["nginx"] });
    expect(unreadable[0]).not.toContain("docker://");
  });
});

describe("objects that are not judged", () => {
  const kinds = (count: number, spec: Manifest) =>
    Array.from({ length: count }, (_, at) => object(`Kind${at}`, "x", { spec }));

  test.each([
    [3, /Kind0 \(a\.yaml\), \S+Kind1 \(a\.yaml\), \S+Kind2 \(a\.yaml\)\. If it does/],
    [4, /Kind0 \(a\.yaml\), \S+Kind1 \(a\.yaml\), \S+Kind2 \(a\.yaml\), …\. If it does/],
  ])("of %i unknown kinds, the first three are named", async (count, expected) => {
    const { warnings } = await reviewed({ "a.yaml": WEB + yaml(...kinds(count, { size: "small" })) });
    expect(warnings).toEqual([expect.stringMatching(expected)]);
  });

  test("known kinds alone are no warning", async () => {
    expect((await reviewed({ "a.yaml": WEB })).warnings).toEqual([]);
  });

  test.each([
    [1, /operatedKinds\): \S+Kind0 \(a\.yaml:\d+\)\.$/],
    [3, /Kind1 \(a\.yaml:\d+\), \S+Kind2 \(a\.yaml:\d+\)\.$/],
    [
      4,
      /operatedKinds\): \S+Kind0 \(a\.yaml:\d+\), \S+Kind1 \(a\.yaml:\d+\), \S+Kind2 \(a\.yaml:\d+\), …\.$/,
    ],
  ])("%i kinds that the policy leaves to operators are named as such", async (count, expected) => {
    const operatedKinds = Array.from({ length: count }, (_, at) => `example.org/Kind${at}`);
    const text = WEB + yaml(...kinds(count, { instances: 3 }));
    const { warnings, skipped } = await reviewed({ "a.yaml": text }, undefined, {
      policy: { operatedKinds },
    });
    const unknown = WEB + yaml(...kinds(count, { size: "small" }));
    const silent = await reviewed({ "a.yaml": unknown }, undefined, { policy: { operatedKinds } });
    expect(silent.warnings.filter((text) => text.includes("nothing tells"))).toEqual([]);
    expect(skipped).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(expected)]);
  });
});

describe("Dockerfiles", () => {
  const USER = "FROM scratch\nUSER 1000\n";

  test("that cannot be read fail alone, named or found in a folder", async () => {
    const files = { "a/Dockerfile": USER, "b/Dockerfile": `${"#".repeat(LIMITS.dockerfileBytes)}\n` };
    const { names, failed } = await reviewed(files, { dockerfiles: ["a/Dockerfile", "b/Dockerfile"] });
    expect([names, failed]).toEqual([["a/Dockerfile"], [expect.stringMatching(/^b\/Dockerfile: /)]]);
    const found = await reviewed(files, { projects: ["."], manifests: ["."] });
    expect([found.names, found.failed]).toEqual([
      ["a/Dockerfile"],
      [expect.stringMatching(/^b\/Dockerfile: /)],
    ]);
  });

  test("that are named twice are judged once", async () => {
    const { names } = await reviewed(
      { "a/Dockerfile": USER },
      { dockerfiles: ["a/Dockerfile", "./a/Dockerfile"], projects: ["a"], manifests: ["a"] },
    );
    expect(names).toEqual(["a/Dockerfile"]);
  });
});

describe("objects of an API", () => {
  const at = { in: "api", uid: "1" } as const;
  const given = (...values: readonly unknown[]) => ({ objects: values.map((value) => ({ at, value })) });

  test("workloads are judged, and other objects are none", async () => {
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "a" } };
    const { names, failed, skipped } = await reviewed(
      {},
      given(deployment({ name: "web" }), service, deployment({ name: "api" })),
    );
    expect([names, failed, skipped]).toEqual([["Deployment/web", "Deployment/api"], [], []]);
  });

  test("an object that seems to start pods is named, unless the policy leaves it to an operator", async () => {
    const cluster = object("Cluster", "db", { spec: { instances: 3 } });
    const inputs = given(
      { ...cluster, metadata: { name: "db", namespace: "shop" } },
      deployment({ name: "web" }),
    );
    const { skipped, names } = await reviewed({}, inputs);
    expect([skipped, names]).toEqual([
      [expect.stringMatching(/shop.*Cluster\/db.*spec\.instances|Cluster\/db.*shop.*spec\.instances/)],
      ["Deployment/web"],
    ]);
    const left = await reviewed({}, inputs, { policy: { operatedKinds: ["example.org/Cluster"] } });
    expect([left.skipped, left.names]).toEqual([[], ["Deployment/web"]]);
  });

  test("an object that cannot be read fails alone", async () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 2_000; depth++) deep = { a: deep };
    const broken = { ...deployment({ name: "deep" }), spec: deep };
    const { failed, names } = await reviewed({}, given(broken, deployment({ name: "web" })));
    expect(names).toContain("Deployment/web");
    expect([...failed, ...names].join()).toContain("deep");
  });
});

describe("images", () => {
  const layout = async (inputs: Partial<Inputs>, changes: Partial<AssessmentRequest> = {}) => {
    const cwd = temporaryDirectory();
    writeLayout(smallImage(), join(cwd, "one"), { ref: "1.4.2" });
    writeFileSync(join(cwd, "web.yaml"), yaml(deployment({ name: "web" })));
    const all = { manifests: [], dockerfiles: [], projects: [], images: [], ...inputs };
    const request = assessmentRequest({ inputs: all, platform: "linux/amd64", ...changes });
    return review(request, recordedPorts({ cwd }).ports);
  };

  test("an image's evidence and place are its own", async () => {
    const { assessed, warnings, failed } = await layout({ images: ["oci:one:1.4.2"] });
    expect([warnings, failed, assessed.length]).toEqual([[], [], 1]);
    const [one] = assessed;
    expect(one?.evidence).toMatchObject([
      {
        kind: "image",
        alone: true,
        origin: { by: "own-run", douane: "0.1.0" },
        image: { source: "oci:one:1.4.2" },
      },
    ]);
    expect(one?.evidence[0]).toHaveProperty("sbom");
    expect(one?.places).toMatchObject([{ image: { source: "oci:one:1.4.2" }, reference: {} }]);
  });

  test("an image in a workload's place is evidence beside the workload", async () => {
    const { assessed, failed } = await layout(
      { manifests: ["web.yaml"] },
      { replacements: [{ source: "oci:one:1.4.2" }] },
    );
    expect(failed).toEqual([]);
    const [one] = assessed;
    expect(one?.evidence).toMatchObject([
      { kind: "workload", workload: { name: "web" } },
      { kind: "image", image: { source: "oci:one:1.4.2" } },
    ]);
    expect(one?.evidence[1]).not.toHaveProperty("alone");
    expect(one?.places).toMatchObject([
      { workload: { name: "web" } },
      { workload: { name: "web" }, image: { source: "oci:one:1.4.2" } },
    ]);
  });

  test("an image that two workloads use is evidence once", async () => {
    const two = yaml(deployment({ name: "web" }), deployment({ name: "api" }));
    const { assessed, failed } = await layout(
      { manifests: ["-"], stdin: Buffer.from(two) },
      { replacements: [{ source: "oci:one:1.4.2" }] },
    );
    expect(failed).toEqual([]);
    expect(assessed.map(({ evidence }) => evidence.map(({ kind }) => kind))).toEqual([
      ["workload", "image"],
      ["workload"],
    ]);
    expect(assessed.map(({ places }) => places.length)).toEqual([2, 2]);
  });

  test("stored evidence of an image stands for reading it, under the name given now", async () => {
    const first = await layout({ images: ["oci:one:1.4.2"] });
    const pieces = first.assessed.flatMap(({ evidence }) =>
      evidence.map((piece) => ({
        ...piece,
        origin: { by: "handed-in", file: "e.json", douane: "0.1.0" } as const,
      })),
    );
    const evidence = { pieces, sources: ["e.json"] };
    const again = await layout({ images: ["oci:one"] }, { evidence });
    expect([again.warnings, again.failed]).toEqual([[], []]);
    expect(again.assessed[0]?.evidence).toMatchObject([
      { kind: "image", origin: { by: "handed-in" }, image: { source: "oci:one" } },
    ]);
    expect(again.assessed[0]?.evidence[0]).toHaveProperty("sbom");
    // Only the name given now decides whether a tag is immutable.
    const rows = ({ assessed }: typeof first) =>
      assessed.flatMap(({ verdict }) => verdict.rows.filter(({ id }) => id !== "immutable-tag"));
    expect(rows(again)).toEqual(rows(first));
    const other = await layout({ manifests: ["web.yaml"] }, { evidence, readImages: false });
    expect(other.warnings.map(({ en }) => en)).toEqual([expect.stringContaining("evidence ignored")]);
  });

  test("attestations are asked for where the policy says which count", async () => {
    const rowOf = async (policy: AssessmentRequest["policy"]) => {
      const { assessed } = await layout({ images: ["oci:one:1.4.2"] }, { policy });
      return assessed[0]?.verdict.rows.find(({ id }) => id === "provenance");
    };
    const [asked, unasked] = [await rowOf({ attestations: ATTESTATIONS }), await rowOf({})];
    expect(unasked?.missing.map(({ evidence }) => evidence)).toEqual(["attestations"]);
    expect(asked?.missing).toEqual([]);
    expect(asked?.answer).not.toBe("yes");
  });

  test("a pinned digest is no other image's, and this is told once", async () => {
    const pinned = `registry.example/app@sha256:${"0".repeat(64)}`;
    const web = (name: string) =>
      deployment({ name, pod: podSpec({ containers: [container({ image: pinned })] }) });
    const { warnings, failed, assessed } = await layout(
      { manifests: ["-"], stdin: Buffer.from(yaml(web("web"), web("api"))) },
      { replacements: [{ source: "oci:one:1.4.2" }] },
    );
    expect(failed).toEqual([]);
    expect(warnings.map(({ en }) => en)).toEqual([
      expect.stringContaining("pins another digest than its own"),
    ]);
    expect(assessed.map(({ evidence }) => evidence.map(({ kind }) => kind))).toEqual([
      ["workload"],
      ["workload"],
    ]);
    expect(assessed[0]?.verdict.subject.images).toMatchObject([{ reference: pinned }]);
    expect(assessed[0]?.verdict.subject.images[0]).not.toHaveProperty("imageId");
  });

  test("a placeholder that Istio replaces is no image to read, another of that name is", async () => {
    const sidecar = (podAnnotations: Readonly<Record<string, string>>) =>
      deployment({ podAnnotations, pod: podSpec({ containers: [container({ image: "auto" })] }) });
    const injected = await layout(
      { manifests: ["-"], stdin: Buffer.from(yaml(sidecar({ "sidecar.istio.io/inject": "true" }))) },
      { replacements: [{ source: "oci:one:1.4.2", orAlone: true }] },
    );
    expect(injected.warnings).toEqual([]);
    expect(injected.assessed.map(({ evidence }) => evidence.map(({ kind }) => kind))).toEqual([
      ["workload"],
      ["image"],
    ]);
    const plain = await layout(
      { manifests: ["-"], stdin: Buffer.from(yaml(sidecar({}))) },
      { replacements: [{ source: "oci:one:1.4.2", orAlone: true }] },
    );
    expect(plain.assessed.map(({ evidence }) => evidence.map(({ kind }) => kind))).toEqual([
      ["workload", "image"],
    ]);
  });

  test("a trial that was handed in counts for an image that is read", async () => {
    const first = await layout({ images: ["oci:one:1.4.2"] });
    const [piece] = first.assessed.flatMap(({ evidence }) => evidence);
    if (piece?.kind !== "image") throw new Error("no image");
    const { imageId, platform } = piece.image;
    const ran = { imageId, platform, argv: ["/app/server"], cwd: "/", envNames: ["HOSTNAME", "PATH"] };
    const trial = trialFacts({ facts: { ...ran, mounts: ["/tmp"] } });
    const origin = { by: "handed-in", file: "t.json", douane: "0.1.0" } as const;
    const evidence = { pieces: [{ kind: "trial", origin, trial } as const], sources: ["t.json"] };
    const { assessed, warnings } = await layout({ images: ["oci:one:1.4.2"] }, { evidence });
    expect(warnings).toEqual([]);
    expect(assessed[0]?.verdict.trials).toMatchObject([{ facts: { imageId } }]);
    expect(assessed[0]?.evidence.map(({ kind }) => kind)).toEqual(["image", "trial"]);
    expect(first.assessed[0]?.verdict).not.toHaveProperty("trials");
  });

  test("an image that is not there fails alone", async () => {
    const { assessed, failed } = await layout({ images: ["oci:none", "oci:one:1.4.2"] });
    expect(assessed).toHaveLength(1);
    expect(failed.map(({ about }) => problemTitle(about))).toEqual(["oci:none"]);
  });
});

describe("stored trials", () => {
  const origin = { by: "handed-in", file: "e.json", douane: "0.1.0" } as const;
  const image = imageFacts({ config: { entrypoint: ["/app/server"], cmd: [], env: [] } });
  const { imageId, platform } = image;
  const ran = {
    imageId,
    platform,
    argv: ["/app/server"],
    cwd: "/app",
    envNames: ["HOSTNAME", "PATH"],
    mounts: ["/tmp"],
  };
  const alone = { kind: "image", alone: true, origin, image, reference: referenceFacts() } as const;
  const trial = { kind: "trial", origin, trial: trialFacts({ facts: ran }) } as const;

  const stored = async (pieces: readonly EvidencePiece[], changes: Partial<AssessmentRequest> = {}) => {
    const request = assessmentRequest({ evidence: { pieces, sources: ["e.json"] }, ...changes });
    return review(request, recordedPorts().ports);
  };

  test("a trial of an image alone is its evidence", async () => {
    const { assessed, warnings } = await stored([alone, trial]);
    expect([assessed.length, warnings]).toEqual([1, []]);
    expect(assessed[0]?.evidence.map(({ kind }) => kind)).toEqual(["image", "trial"]);
    expect(assessed[0]?.verdict.trials).toMatchObject([{ facts: { imageId } }]);
    expect(assessed[0]?.verdict.evidence).toEqual([
      { kind: "image", origin },
      { kind: "trial", origin },
    ]);
  });

  test("a trial of another image is told as ignored", async () => {
    const other = {
      kind: "trial",
      origin,
      trial: trialFacts({ facts: { ...ran, imageId: digestOf(0xe) } }),
    } as const;
    const { assessed, warnings } = await stored([alone, other]);
    expect(assessed[0]?.evidence.map(({ kind }) => kind)).toEqual(["image"]);
    expect(assessed[0]?.verdict).not.toHaveProperty("trials");
    expect(warnings.map(({ en }) => en)).toEqual([
      expect.stringContaining("trial ignored: it is about the image"),
    ]);
  });

  test("a trial of a workload's container at its place is evidence of the workload", async () => {
    const named = "registry.example/app:1.4.2";
    const workload = workloadFacts({
      containers: [
        { name: "web", image: named },
        { name: "api", image: named },
      ],
    });
    const place = (at: number) => ({
      file: "web.yaml",
      document: 0,
      path: `spec.template.spec.containers[${at}]`,
    });
    const pieces: readonly EvidencePiece[] = [
      { kind: "workload", origin, workload },
      { kind: "image", origin, image, reference: referenceFacts({ given: named }) },
      { ...trial, trial: trialFacts({ facts: { ...ran, mounts: [] } }), ranAs: place(1) },
    ];
    const { assessed, warnings } = await stored(pieces);
    expect(assessed).toHaveLength(1);
    expect(warnings).toEqual([]);
    expect(assessed[0]?.evidence.map(({ kind }) => kind)).toEqual(["workload", "image", "trial"]);
    expect(assessed[0]?.verdict.trials).toMatchObject([{ container: "api", facts: { imageId } }]);
  });

  test("a trial that was asked for and did not take place is a doubt, one that is stored is none", async () => {
    const failed = (pieces: readonly EvidencePiece[]) =>
      stored(pieces, { tryImages: true }).then(({ assessed }) =>
        assessed.flatMap(({ verdict }) =>
          verdict.rows.flatMap(({ doubts }) =>
            doubts.filter(({ reason }) => reason.en.includes("did not take place")),
          ),
        ),
      );
    expect((await failed([alone])).length).toBeGreaterThan(0);
    expect(await failed([alone, trial])).toEqual([]);
    // A trial of a workload is missing only if one of its images was read.
    const containers = ["web", "api"].map((name) => ({ name, image: `registry.example/${name}:1.4.2` }));
    const workload = { kind: "workload", origin, workload: workloadFacts({ containers }) } as const;
    const of = (name: string, facts = image) => {
      const reference = referenceFacts({ given: `registry.example/${name}:1.4.2` });
      return { kind: "image", origin, image: facts, reference } as const;
    };
    expect(await failed([workload])).toEqual([]);
    expect((await failed([workload, of("web")])).length).toBeGreaterThan(0);
    const place = { file: "web.yaml", document: 0, path: "spec.template.spec.containers[0]" };
    const ofWeb = { ...trial, trial: trialFacts({ facts: { ...ran, mounts: [] } }), ranAs: place };
    expect(await failed([workload, of("web"), ofWeb])).toEqual([]);
  });
});

describe("stored evidence alone", () => {
  const origin = { by: "handed-in", file: "e.json", douane: "0.1.0" } as const;
  const image = imageFacts();
  const alone = { kind: "image", alone: true, origin, image, reference: referenceFacts() } as const;
  const stored = async (pieces: readonly EvidencePiece[], changes: Partial<AssessmentRequest> = {}) =>
    review(
      assessmentRequest({ evidence: { pieces, sources: ["e.json"] }, ...changes }),
      recordedPorts().ports,
    );

  test("names the line of the object, which is all that is known of its file", async () => {
    const workload = workloadFacts({ hostNetwork: true, line: 7 });
    const { assessed } = await stored([{ kind: "workload", origin, workload }]);
    const findings = assessed.flatMap(({ verdict }) => verdict.rows.flatMap((row) => row.findings));
    const lines = findings.flatMap(({ at }) => (at !== undefined && "line" in at ? [at.line] : []));
    expect(new Set(lines)).toEqual(new Set([7]));
    const ofApi = workloadFacts({ hostNetwork: true, facts: { at: { in: "api", uid: "1" } } });
    const { assessed: other } = await stored([{ kind: "workload", origin, workload: ofApi }]);
    expect(other.map(({ verdict }) => verdict.subject.name)).toEqual(["Deployment/web"]);
  });

  test("may be as many images as workloads, each of the team", async () => {
    const workload = { kind: "workload", origin, workload: workloadFacts() } as const;
    const { assessed } = await stored([alone, workload], { team: "blue" });
    expect(assessed.map(({ verdict }) => [verdict.subject.name, verdict.subject.team])).toEqual([
      ["Deployment/web", "blue"],
      [image.source, "blue"],
    ]);
    const [first] = (await stored([workload])).assessed;
    expect(first?.verdict.subject).not.toHaveProperty("team");
  });

  test.each([
    ["that the policy names", ["docker.io/library/debian"], false],
    ["of a well-known publisher, where the policy names none", undefined, false],
    ["that the policy does not name", ["registry.example/socle/*"], true],
  ])("with a verified base %s", async (_, bases, isRefuted) => {
    const based = imageFacts({
      layers: [{}, {}],
      files: [{ path: "/opt/x/.env", content: "API_URL=https://api.recette.gouv.fr\n" }],
      facts: { base: VERIFIED_BASE, asked: selectorHashes(RULES) },
    });
    const policy = bases === undefined ? {} : { bases };
    const { assessed } = await stored([{ ...alone, image: based }], { policy });
    const rules = assessed.flatMap(({ verdict }) =>
      verdict.rows.flatMap(({ findings }) => findings.map(({ rule }) => rule)),
    );
    expect(rules.includes("1.4-no-environment-config")).toBe(isRefuted);
  });

  test("that is about nothing is an error", async () => {
    await expect(stored([])).rejects.toThrow("this evidence is about no image");
  });
});

describe("acceptances of vulnerabilities", () => {
  const origin = { by: "handed-in", file: "e.json", douane: "0.1.0" } as const;
  const record = advisory({
    id: "GHSA-a",
    aliases: ["CVE-2026-1111"],
    ecosystem: "npm",
    package: "lodash",
    fixed: "4.17.21",
  });
  const component = {
    type: "npm",
    name: "lodash",
    version: "4.17.15",
    path: "/x",
    layer: 0,
    cataloger: "node-modules",
  } as const;
  const accepted = (id: string) => ({
    id,
    purl: "pkg:npm/lodash",
    reason: "r",
    author: "a",
    expires: "2026-12-31",
  });

  test.each([
    ["used", ["CVE-2026-1111"], []],
    ["partly used", ["CVE-2026-1111", "CVE-2026-2222"], [["CVE-2026-2222"]]],
    ["unused", ["CVE-2026-2222"], [["CVE-2026-2222"]]],
    ["absent", [], []],
  ])("that are %s: those without use are named at the end, if there are any", async (_, ids, expected) => {
    const sbom = sbomFacts({ packages: { ...NO_PACKAGES, components: [component] } });
    const image = {
      kind: "image",
      alone: true,
      origin,
      image: imageFacts(),
      reference: referenceFacts(),
      sbom,
    };
    const other = { ...record, id: "GHSA-b", aliases: ["CVE-2026-3333"] };
    const { ports, events } = recordedPorts({ vulnerabilities: dataOf({ advisories: [other, record] }) });
    const request = assessmentRequest({
      evidence: { pieces: [image as EvidencePiece], sources: ["e.json"] },
      policy: { acceptedVulnerabilities: ids.map(accepted) },
    });
    for await (const { verdict } of assess(request, ports)) expect(verdict.rows).toHaveLength(18);
    const idle = events.flatMap((event) =>
      event.kind === "vulnerability-acceptances-idle" ? [event.idle.map(({ id }) => id)] : [],
    );
    expect(idle).toEqual(expected);
  });
});
