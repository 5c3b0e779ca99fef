import type { HttpTarget, RequestPlan } from "../../plan/plan.ts";

/**
 * Headers of the trial's own requests to a port: the Host by which users call it, as an Ingress passes it on.
 * Without any, the Host is the address.
 */
export function ownHeaders({ hosts }: Pick<RequestPlan, "hosts">, port: number): HttpTarget["headers"] {
  const host = hosts.find((one) => one.port === port)?.host;
  return host === undefined ? {} : { Host: [host] };
}
