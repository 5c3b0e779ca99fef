// Use by a server or a script: assessing without the command line.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { assess } from "../src/assess/assess.ts";
import type { Assessed } from "../src/assess/assess-subject.ts";
import { review } from "../src/assess/review.ts";
import type { AssessmentPorts, AssessmentRequest } from "../src/assess/run/request.ts";
import { VERSION } from "../src/cli/process/version.ts";
import type { ImageFacts } from "../src/contract/image-facts.ts";
import type { EvidencePiece } from "../src/evidence/file.ts";
import { NEWEST_MINOR } from "../src/policy/kubernetes-version.ts";
import { json } from "../src/report/json.ts";
import { RULES } from "../src/rules/index.ts";
import { assessmentRequest, recordedPorts } from "./fixtures/assessment.ts";
import { douane } from "./fixtures/douane.ts";
import { writeLayout } from "./fixtures/image/layout.ts";
import { digestOf, imageFacts, referenceFacts } from "./fixtures/image-facts.ts";
import { deployment, podSpec, statefulSet, yaml } from "./fixtures/manifests.ts";
import { smallImage } from "./fixtures/small-image.ts";
import { workloadFacts } from "./fixtures/workload-facts.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-assess-"));
afterAll(() => rmSync(cwd, { recursive: true }));
writeLayout(smallImage({ User: "0" }), join(cwd, "root"), { ref: "1.4.2" });
mkdirSync(join(cwd, "deploy"));
writeFileSync(
  join(cwd, "deploy", "web.yaml"),
  yaml(deployment(), statefulSet({ pod: podSpec({ hostNetwork: true }) })),
);
writeFileSync(join(cwd, "deploy", "broken.yaml"), "kind: [\n");

const INPUTS = {
  manifests: ["deploy"],
  dockerfiles: [],
  projects: ["deploy"],
  images: ["oci:root:1.4.2"],
};

async function all(request: AssessmentRequest, ports: AssessmentPorts): Promise<readonly Assessed[]> {
  const assessed: Assessed[] = [];
  for await (const one of assess(request, ports)) assessed.push(one);
  return assessed;
}

test("an image and a folder of manifests: the same JSON report as the command's", async () => {
  const request = assessmentRequest({ inputs: INPUTS, readImages: false, minor: NEWEST_MINOR });
  const { ports, events } = recordedPorts({ cwd, douane: VERSION, today: "2026-06-15" });
  const report = json({ lang: "en", version: VERSION, rules: RULES });
  let text = report.head;
  for await (const { verdict } of assess(request, ports)) text += report.verdict(verdict);
  const errors = events.flatMap((event) => (event.kind === "unreadable" ? event.problems : []));
  text += [...report.end({ errors, skipped: [] })].join("");

  const asked = ["check", "deploy", ...INPUTS.images, "--no-images", "--format", "json"];
  const { stdout } = await douane(asked, { cwd });
  expect(text).toBe(stdout);
  const { verdicts } = JSON.parse(text) as { verdicts: { admitted: string }[] };
  expect(verdicts.map(({ admitted }) => admitted)).toEqual(["unproven", "no", "no"]);
});

describe("evidence", () => {
  test("says where it comes from, and the policy which origins count", async () => {
    const request = assessmentRequest({ inputs: { ...INPUTS, manifests: [], projects: [] } });
    const first = await all(request, recordedPorts({ cwd }).ports);
    expect(first.map(({ verdict }) => verdict.evidence)).toEqual([
      [{ kind: "image", origin: { by: "own-run", douane: "0.1.0" } }],
    ]);

    const origin = { by: "handed-in", file: "e.json", douane: "0.1.0" } as const;
    const handed = first.flatMap(({ evidence }) => evidence.map((piece) => ({ ...piece, origin })));
    const again = await all(
      assessmentRequest({ evidence: { pieces: handed, sources: [] } }),
      recordedPorts().ports,
    );
    expect(again.map(({ verdict }) => verdict.rows)).toEqual(first.map(({ verdict }) => verdict.rows));
    expect(again.map(({ verdict }) => verdict.evidence)).toEqual([[{ kind: "image", origin }]]);
  });

  test("what one run has used of it is not used for another, at the same time or after it", async () => {
    const only = { ...INPUTS, manifests: [], projects: [] };
    const [root] = await all(assessmentRequest({ inputs: only }), recordedPorts({ cwd }).ports);
    const evidence = { pieces: root?.evidence ?? [], sources: ["root.json"] };
    const ofRoot = assessmentRequest({ inputs: only, evidence });
    const ofManifests = assessmentRequest({ inputs: { ...INPUTS, images: [] }, evidence, readImages: false });
    const warnings = async (request: AssessmentRequest) => {
      const { warnings: all } = await review(request, recordedPorts({ cwd }).ports);
      return all.map(({ en }) => en.slice(0, 16)).filter((text) => text === "evidence ignored");
    };
    const both = [[], ["evidence ignored"]];
    expect(await Promise.all([ofRoot, ofManifests].map(warnings))).toEqual(both);
    expect([await warnings(ofRoot), await warnings(ofManifests)]).toEqual(both);
  });

  test("of two files that know two images by one name: a workload has its own file's", async () => {
    const named = "registry.example/team/app:1.0.0";
    const evidenceFrom = (file: string, image: ImageFacts, name: string): readonly EvidencePiece[] => {
      const origin = { by: "handed-in", file, douane: "0.1.0" } as const;
      const reference = referenceFacts({ given: named });
      const workload = workloadFacts({ facts: { name }, containers: [{ name: "web", image: named }] });
      return [
        { kind: "workload", origin, workload },
        { kind: "image", origin, image, reference },
      ];
    };
    const [a, b] = [imageFacts({}), imageFacts({ facts: { imageId: digestOf(0xd) } })];
    const pieces = [...evidenceFrom("a.json", a, "a"), ...evidenceFrom("b.json", b, "b")];
    const idsOf = async (evidence: readonly EvidencePiece[]) => {
      const { ports, events } = recordedPorts();
      const assessed = await all(assessmentRequest({ evidence: { pieces: evidence, sources: [] } }), ports);
      const ids = assessed.map(({ verdict }) => verdict.subject.images.map(({ imageId }) => imageId));
      return { ids, warned: events.filter(({ kind }) => kind === "warning").length };
    };
    expect(await idsOf(pieces)).toEqual({ ids: [[a.imageId], [b.imageId]], warned: 0 });
    expect(await idsOf(pieces.toReversed())).toEqual({ ids: [[b.imageId], [a.imageId]], warned: 0 });
    const third = evidenceFrom("c.json", a, "c").slice(0, 1);
    expect(await idsOf([...third, ...pieces])).toEqual({
      ids: [[undefined], [a.imageId], [b.imageId]],
      warned: 1,
    });
  });

  test("about nothing is no verdict, hence never a yes", async () => {
    const none = assessmentRequest({ evidence: { pieces: [], sources: ["e.json"] } });
    await expect(all(none, recordedPorts().ports)).rejects.toMatchObject({
      code: "evidence-empty",
      message: expect.stringContaining("e.json"),
    });
  });
});

test("an image that several workloads name is read once, given once, and let go after the last", async () => {
  const named = "127.0.0.1:1/team/app:1.0.0";
  const web = (name: string) =>
    deployment({ name, pod: podSpec({ containers: [{ name: "web", image: named }] }) });
  writeFileSync(join(cwd, "three.yaml"), yaml(web("a"), web("b"), web("c")));
  const { ports, events } = recordedPorts({ cwd });
  const inputs = { manifests: ["three.yaml"], dockerfiles: [], projects: [], images: [] };
  const assessed = await all(assessmentRequest({ inputs }), ports);
  expect(assessed.map(({ verdict }) => verdict.subject.name)).toEqual([
    "Deployment/a",
    "Deployment/b",
    "Deployment/c",
  ]);
  expect(events.filter(({ kind }) => kind === "reading-image")).toHaveLength(1);
  expect(events.filter(({ kind }) => kind === "failed")).toMatchObject([{ about: { reference: named } }]);
});

test("whoever stops taking verdicts ends the run", async () => {
  const request = assessmentRequest({ inputs: INPUTS, readImages: false });
  const { ports, events } = recordedPorts({ cwd });
  for await (const { verdict } of assess(request, ports)) {
    expect(verdict.subject.name).toMatch(/^Deployment\//);
    break;
  }
  expect(events.filter(({ kind }) => kind === "reading-image")).toEqual([]);
});
