import { z } from "zod";
import { locationSchema } from "./location-schema.ts";
import { boolean, many, string, strings } from "./optional-fields.ts";

const policyRule = {
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  verbs: z.array(z.string()),
  resourceNames: z.array(z.string()),
};
/** Objects beside a workload; see contract/related-facts.ts. */
export const relatedSchema = many({
  kind: z.string(),
  name: z.string(),
  at: locationSchema,
  effect: z.discriminatedUnion("is", [
    z.strictObject({ is: z.literal("mutation"), creates: z.literal(true).exactOptional() }),
    z.strictObject({
      is: z.literal("exemption"),
      field: z.string(),
      holds: z.enum(["these-pods", "perhaps-these-pods"]),
    }),
    z.strictObject({ is: z.literal("admin-access") }),
    z.strictObject({
      is: z.literal("api-extension"),
      by: z.enum(["admission", "conversion", "aggregation"]),
      field: z.string(),
      resources: z.array(z.string()),
      owner: z.enum(["others", "perhaps-others", "own-kinds", "own-namespace"]),
      changes: z.literal(true).exactOptional(),
      target: z.enum(["these-pods", "perhaps-these-pods"]),
    }),
    z.strictObject({
      is: z.literal("snippet"),
      field: z.string(),
      does: z.enum(["runs-code", "leaves-its-place", "reads-files", "unknown", "ordinary"]),
      directive: z.string(),
    }),
    z.strictObject({
      is: z.literal("other-namespace"),
      does: z.enum(["placed", "takes", "gives", "clones", "leads"]),
      field: z.string(),
      target: z.string(),
    }),
    z.strictObject({
      is: z.literal("disruption-budget"),
      field: z.string(),
      value: z.union([z.string(), z.number()]),
    }),
    z.strictObject({ is: z.literal("scaling"), minimum: z.number(), maximum: z.number() }),
    z.strictObject({ is: z.literal("enforcement"), level: string, version: string }),
    z.strictObject({
      is: z.literal("rights"),
      scope: z.enum(["cluster", "namespace", "other-namespace"]),
      needsNoToken: z.literal(true).exactOptional(),
      openTo: string,
      role: z.string(),
      rules: many(policyRule),
      aggregated: many(policyRule),
      aggregatedRoles: strings(),
      isCut: z.literal(true).exactOptional(),
      account: string,
      tokenSecret: string,
      unseenSecret: string,
    }),
    z.strictObject({ is: z.literal("account"), automountServiceAccountToken: boolean }),
    z.strictObject({ is: z.literal("service"), missingPorts: z.array(z.string()) }),
    z.strictObject({ is: z.literal("address"), field: z.string(), address: z.string() }),
    z.strictObject({
      is: z.literal("affinity"),
      field: z.string(),
      value: z.string(),
      by: z.enum(["client", "header", "content", "version"]),
      binds: z.enum(["these-pods", "perhaps-these-pods", "nothing"]),
    }),
  ]),
});
