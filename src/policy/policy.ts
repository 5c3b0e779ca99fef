import { z } from "zod";
import { FAIL_ON } from "../contract/fail-on.ts";
import { ORIGINS } from "../contract/origin.ts";
import { ACCEPTED_FINDING_KEYS, acceptedFindingSchema } from "./accepted-finding.ts";
import { basesSchema } from "./image-schemas.ts";
import { kubernetesSchema } from "./kubernetes-schema.ts";

/** What no team may set itself. */
export const policySchema = z
  .strictObject({
    acceptedFindings: z.array(acceptedFindingSchema).exactOptional().meta({
      description: "False findings that do not count; there is no way to waive a true one.",
    }),
    bases: basesSchema.exactOptional(),
    enforceFuture: z.boolean().exactOptional().meta({
      description: "Whether the contract's future requirements decide on admission, too.",
    }),
    failOn: z.enum(FAIL_ON).exactOptional().meta({
      description:
        "From which verdict on the exit code is not 0. A team may choose the stricter one (unproven), never the other.",
    }),
    platform: z.string().min(1).exactOptional().meta({
      description:
        "os/architecture[/variant] of the images that the platform runs; what a team says of it does not count.",
    }),
    kubernetes: kubernetesSchema.exactOptional().meta({
      description: "Version of the platform's cluster, as a text; what a team says of it does not count.",
    }),
    operatedKinds: z
      .array(
        z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[A-Z][A-Za-z0-9]*$/, {
          error:
            "un genre et son groupe, sans version (postgresql.cnpg.io/Cluster) | a kind with its group, without version (postgresql.cnpg.io/Cluster)",
        }),
      )
      .exactOptional()
      .meta({
        description:
          "Kinds of custom resources whose pods the platform's own operators run, each by group and kind: postgresql.cnpg.io/Cluster. They are told as not judged, and do not keep a folder from being admitted. A pod template within one is judged all the same.",
      }),
    evidenceFrom: z.array(z.enum(ORIGINS)).exactOptional().meta({
      description:
        "Where evidence may come from that counts: own-run (what this run gathers itself always does), handed-in (a file, unsigned), signed. Default: from anywhere.",
    }),
  })
  .meta({ title: "Platform policy", description: "Settings of the platform, passed with --policy." });

/** The platform's policy. Empty: nothing is accepted, evidence counts wherever it comes from. */
export type Policy = z.infer<typeof policySchema>;

/** Its keys by path, `""` for the top: for suggestions. */
export const POLICY_KEYS = {
  "": Object.keys(policySchema.shape),
  ...ACCEPTED_FINDING_KEYS,
} as const satisfies Readonly<Record<string, readonly string[]>>;
