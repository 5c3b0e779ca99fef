import type { HttpTarget, RequestPlan } from "../../plan/plan.ts";

/**
 * Headers of the trial's own requests to a port: the Host by which users call the port, as an Ingress passes
 * it on. Without such a Host, the address is used.
 */
export function ownHeaders({ hosts }: Pick<RequestPlan, "hosts">, port: number): HttpTarget["headers"] {
  const host = hosts.find((one) => one.port === port)?.host;
  return host === undefined ? {} : { Host: [host] };
}
