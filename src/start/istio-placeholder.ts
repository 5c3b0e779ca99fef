import type { PodFacts } from "../contract/pod-facts.ts";

const TEMPLATES = "inject.istio.io/templates";
const INJECT = "sidecar.istio.io/inject";

/**
 * Whether Istio's injector replaces this text by its proxy's image when it creates the pod (istio.io,
 * Installing Gateways): `image: auto` in a pod that requests injection. Otherwise it is an image of that
 * name.
 */
export function isIstioPlaceholder(image: string | undefined, { labels, annotations }: PodFacts): boolean {
  if (image !== "auto") return false;
  return [labels, annotations].some((given) => given[TEMPLATES] !== undefined || given[INJECT] === "true");
}
