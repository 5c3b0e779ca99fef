import * as z from "zod/mini";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import { exactly } from "../../contract/exactly.ts";
import { digestSchema } from "./image-schema.ts";

const reference = z.strictObject({
  given: z.string(),
  transport: z.enum(["registry", "oci", "oci-archive", "docker-archive", "docker-daemon", "podman"]),
  registry: z.exactOptional(z.string()),
  repository: z.exactOptional(z.string()),
  tag: z.exactOptional(z.string()),
  digest: z.exactOptional(digestSchema),
  mirror: z.exactOptional(z.string()),
});

/** ReferenceFacts as they are stored. */
export const referenceFactsSchema = exactly<ReferenceFacts>()(reference);
