import { expect, test } from "vitest";
import { digestOf } from "../../test/fixtures/image-facts.ts";
import type { Place } from "../contract/finding.ts";
import type { Subject, SubjectImage } from "../contract/verdict.ts";
import { imageText, originText, placeText } from "./place.ts";

test.each<[Place, string]>([
  [{ file: "deploy.yaml" }, "deploy.yaml"],
  [{ file: "deploy.yaml", line: 31, column: 9 }, "deploy.yaml:31:9"],
  [{ file: "deploy.yaml", line: 31, path: "spec.hostPID" }, "deploy.yaml:31 · spec.hostPID"],
  [{ path: "/app/.env", layer: digestOf(0) }, "/app/.env · couche sha256:000000000000"],
])("the place %j is written %s", (place, text) => {
  expect(placeText(place, "fr")).toBe(text);
});

test.each<[SubjectImage, string]>([
  [
    { reference: "app:1", digest: digestOf(0), imageId: digestOf(1), platform: "linux/amd64" },
    "sha256:000000000000 · linux/amd64",
  ],
  [{ reference: "other:1", imageId: digestOf(0) }, "other:1 · id de l'image sha256:000000000000"],
  [{ reference: "app:1" }, ""],
  [{ reference: "app:1", source: "oci:build" }, "oci:build à la place de app:1"],
])("the image %j of app:1 is written %j", (image, text) => {
  expect(imageText(image, { name: "app:1", images: [] }, "fr")).toBe(text);
});

const A = { in: "file", file: "a.yaml", document: 0, line: 3 } as const;

function workload(more: { environment: string; namespace?: string }): Partial<Subject> {
  return { workload: { at: A, kind: "Job", name: "web", ...more } };
}

test.each<[Partial<Subject>, string]>([
  [{}, ""],
  [{ team: "paiement" }, "équipe paiement"],
  [{ workload: { at: A, kind: "Job", name: "web" } }, "a.yaml:3"],
  [{ workload: { at: A, kind: "Job", namespace: "shop", name: "web" } }, "espace de noms shop · a.yaml:3"],
  [workload({ environment: "prod" }), "environnement prod · a.yaml:3"],
  [workload({ environment: "prod", namespace: "shop-prod" }), "espace de noms shop-prod · a.yaml:3"],
  [
    workload({ environment: "prod", namespace: "env-01jz" }),
    "environnement prod · espace de noms env-01jz · a.yaml:3",
  ],
])("the origin %j is written %j", (subject, text) => {
  expect(originText({ name: "web", images: [], ...subject }, "fr")).toBe(text);
});
