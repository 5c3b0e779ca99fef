import type { PodFacts } from "../../contract/pod-facts.ts";
import { isPort } from "../../start/declared-ports.ts";
import { portsCalled, selects } from "./called-ports.ts";
import type { NamespaceObjects } from "./namespace-objects.ts";

/** Annotations by which Prometheus finds a port of a pod. */
const [SCRAPE, SCRAPED_PORT] = ["prometheus.io/scrape", "prometheus.io/port"];
/** Maximum number of ports. */
const MOST = 20;

/**
 * TCP ports at which clients call a pod by its own address: of headless Services, of PodMonitors and
 * ServiceMonitors, and of the annotation prometheus.io/port. Sorted. Such a port need not be open: headless
 * Services often declare a port that nobody uses.
 */
export function directPorts(
  { headless, monitored }: Pick<NamespaceObjects, "headless" | "monitored">,
  { labels, annotations, spec }: Pick<PodFacts, "labels" | "annotations" | "spec">,
): readonly number[] {
  const ofServices = headless
    .filter((one) => selects(one, labels))
    .flatMap((one) => portsCalled(one, spec))
    .filter(({ protocol }) => protocol === "TCP")
    .map(({ port }) => port);
  const ofMonitors = monitored
    .filter(({ selectors }) => selectors.some((selector) => selects({ selector }, labels)))
    .flatMap(({ ports }) => ports);
  const all = new Set([...ofServices, ...ofMonitors, ...annotated(annotations)]);
  return [...all].toSorted((a, b) => a - b).slice(0, MOST);
}

function annotated(annotations: PodFacts["annotations"]): readonly number[] {
  if (annotations[SCRAPE] !== "true") return [];
  const text = annotations[SCRAPED_PORT] ?? "";
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return isPort(port) ? [port] : [];
}
