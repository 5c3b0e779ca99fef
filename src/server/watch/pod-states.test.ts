import { expect, test } from "vitest";
import { PINNED, podObject, storedVerdict } from "../../../test/fixtures/admission-request.ts";
import { imageDiffers, podUnadmitted } from "./findings.ts";
import { PodStates, seenPod } from "./pod-states.ts";
import { type RunningPod, runningPod } from "./running-pod.ts";

const POD = runningPod(
  podObject({ containers: [{ name: "web", image: PINNED }] }, { uid: "u", name: "web" }),
) as RunningPod;

function differing(imageId: string) {
  return imageDiffers(POD, { container: "web", reference: PINNED, imageId }, undefined);
}

test("a finding is reported once", () => {
  const states = new PodStates();
  expect(states.isNew(POD, podUnadmitted(POD))).toBe(false);
  states.apply(POD);
  expect(states.isNew(POD, podUnadmitted(POD))).toBe(true);
  states.report(POD, podUnadmitted(POD));
  expect(states.isNew(POD, podUnadmitted(POD))).toBe(false);
  expect(states.isNew(POD, differing("a"))).toBe(true);
});

test("a node that names another image without end has a hundred of them reported", () => {
  const states = new PodStates();
  states.apply(POD);
  let reported = 0;
  for (const id of Array.from({ length: 1_000 }, (_, index) => `sha256:${index}`)) {
    if (!states.isNew(POD, differing(id))) continue;
    states.report(POD, differing(id));
    reported += 1;
  }
  expect(reported).toBe(100);
});

test("of several templates that start the same, a pod has the verdict of its own; without one, the newest", () => {
  const { key } = storedVerdict();
  const own = { ...key, subject: `sha256:${"b".repeat(64)}` as const };
  const keyOf = (labels: RunningPod["labels"]) =>
    seenPod(POD, POD, { key, templates: new Map([[labels, own]]), images: [] }, []).key;
  expect(keyOf(POD.labels)).toBe(own);
  expect(keyOf(key.policy)).toBe(key);
});

test("a pod is compared again when its labels change", () => {
  const states = new PodStates();
  states.apply(POD);
  expect(states.next()).toBe(POD);
  states.apply({ ...POD });
  expect(states.next()).toBeUndefined();
  states.apply({ ...POD, labels: POD.start });
  expect(states.next()).toMatchObject({ labels: POD.start });
});
