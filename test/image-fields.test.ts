import * as models from "@kubernetes/client-node/dist/gen/models/all.js";
import { expect, test } from "vitest";
import { imageField, imagePlacements } from "../src/contract/pod-containers.ts";
import { workloadFacts } from "./fixtures/workload-facts.ts";

// The fields of a pod that name an image, by the schema of Kubernetes' API: a field added by a later version
// and unknown to douane would bring an image that is not judged.

interface Attribute {
  readonly baseName: string;
  readonly type: string;
}

const MODELS = models as unknown as Readonly<
  Record<string, { getAttributeTypeMap(): readonly Attribute[] } | undefined>
>;

/** Fields of these types, down to plain ones, with their paths. Types in themselves are followed once. */
function fieldsOf(type: string, path: string, above: readonly string[] = []): readonly string[] {
  const element = /^Array<(?<of>.+)>$/.exec(type)?.groups?.["of"];
  if (element !== undefined) return fieldsOf(element, `${path}[0]`, above);
  const model = MODELS[type];
  if (model === undefined) return [path];
  if (above.includes(type)) return [];
  return model
    .getAttributeTypeMap()
    .flatMap((attribute) => fieldsOf(attribute.type, `${path}.${attribute.baseName}`, [...above, type]));
}

/** Fields about images that name none: pull policy and credentials, and a disk of Ceph. */
const NO_NAME = [/[pP]ullPolicy$/, /imagePullSecrets\[0\]\.name$/, /\.rbd\.image$/];

test("every field of a PodSpec that names an image is an image of the workload", () => {
  const fields = fieldsOf("V1PodSpec", "spec.template.spec");
  expect(fields.length).toBeGreaterThan(700);
  const named = fields.filter((path) => /image/iu.test(path) && !NO_NAME.some((one) => one.test(path)));
  const workload = workloadFacts({
    containers: [{ name: "web", image: "a:1" }],
    initContainers: [{ name: "prepare", image: "b:1" }],
    ephemeralContainers: [{ name: "debug", image: "c:1" }],
    volumes: [{ name: "plugins", sources: ["image"], image: { reference: "d:1" } }],
  });
  expect(imagePlacements(workload).map(imageField).toSorted()).toEqual(named.toSorted());
});
