import { availableParallelism, totalmem } from "node:os";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { parseQuantity } from "../../trial/quantity.ts";

/**
 * Value of a resourceFieldRef: a container's own limit or request divided by the divisor, rounded up
 * (k8s.io/kubernetes/pkg/api/v1/resource, ExtractContainerResourceValue). An omitted request equals the
 * limit, as set by the API server; an omitted limit is the node's capacity, here that of this machine.
 * Undefined if the text is not a quantity, or the resource is not one of a node.
 *
 * @param resource `limits.memory`, `requests.cpu`
 * @param divisor `1`, `1Mi`, `1m`
 */
export function resourceValue(
  resource: string,
  divisor: string,
  { resources = {} }: Pick<ContainerFacts, "resources">,
): string | undefined {
  const [list, name = ""] = resource.split(".");
  if ((list !== "limits" && list !== "requests") || name === "") return undefined;
  const { limits = {}, requests = {} } = resources;
  const limit = own(limits, name);
  const quantity =
    list === "limits" && limit === undefined
      ? nodeHas(name)
      : parseQuantity(own(list === "limits" ? limits : requests, name) ?? limit ?? "0");
  const by = parseQuantity(divisor);
  if (quantity === undefined || by === undefined) return undefined;
  // Kubernetes rounds memory up to bytes, and CPUs to thousandths.
  const whole = (value: number): number => Math.ceil(name === "cpu" ? thousandths(value) : value);
  return `${Math.ceil(whole(quantity) / (whole(by) || whole(1)))}`;
}

function nodeHas(name: string): number | undefined {
  return name === "cpu" ? availableParallelism() : name === "memory" ? totalmem() : undefined;
}

/** Number in thousandths, rounded: 1.1 is 1100, not 1100.0000000000002. */
function thousandths(value: number): number {
  return Number((value * 1_000).toFixed(6));
}

function own(quantities: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(quantities, name) ? quantities[name] : undefined;
}
