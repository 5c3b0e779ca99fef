import { expect, test } from "vitest";
import { isIstioPlaceholder } from "./istio-placeholder.ts";

const NONE = { labels: {}, annotations: {} };

function isPlaceholder(image: string | undefined, pod: Partial<typeof NONE>): boolean {
  return isIstioPlaceholder(image, { ...NONE, ...pod } as never);
}

test("`auto` is one where the pod asks for injection, by a label or an annotation", () => {
  expect(isPlaceholder("auto", { annotations: { "inject.istio.io/templates": "gateway" } })).toBe(true);
  expect(isPlaceholder("auto", { labels: { "inject.istio.io/templates": "gateway" } })).toBe(true);
  expect(isPlaceholder("auto", { labels: { "sidecar.istio.io/inject": "true" } })).toBe(true);
  expect(isPlaceholder("auto", { annotations: { "sidecar.istio.io/inject": "true" } })).toBe(true);
});

test("it is an image of that name anywhere else", () => {
  expect(isPlaceholder("auto", {})).toBe(false);
  expect(isPlaceholder("auto", { labels: { "sidecar.istio.io/inject": "false" } })).toBe(false);
});

test("no other image is one", () => {
  const labels = { "sidecar.istio.io/inject": "true" };
  expect(isPlaceholder("nginx", { labels })).toBe(false);
  expect(isPlaceholder(undefined, { labels })).toBe(false);
});
