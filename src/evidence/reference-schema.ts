import { z } from "zod";
import type { ReferenceFacts } from "../contract/evidence.ts";
import { exactly } from "../contract/exactly.ts";
import { digestSchema } from "./image-schema.ts";

const reference = z.strictObject({
  given: z.string(),
  transport: z.enum(["registry", "oci", "oci-archive", "docker-archive", "docker-daemon", "podman"]),
  registry: z.string().exactOptional(),
  repository: z.string().exactOptional(),
  tag: z.string().exactOptional(),
  digest: digestSchema.exactOptional(),
});

/** ReferenceFacts as they are stored. */
export const referenceFactsSchema = exactly<ReferenceFacts>()(reference);
