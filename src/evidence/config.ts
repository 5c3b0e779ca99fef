import { z } from "zod";
import { schemaError } from "../image/documents/schema-error.ts";

const Strings = z.array(z.string()).nullish();
const Keys = z.record(z.string(), z.unknown()).nullish();

/** Go's time or an absent one; what is no string is not worth refusing an image for. */
const Optional = z.string().optional().catch(undefined);

const RawConfig = z.object({
  author: Optional,
  created: Optional,
  config: z
    .object({
      User: z.string().nullish(),
      Env: Strings,
      Entrypoint: Strings,
      Cmd: Strings,
      WorkingDir: z.string().nullish(),
      ExposedPorts: Keys,
      Volumes: Keys,
      Labels: z.record(z.string(), z.string().nullable()).nullish(),
      StopSignal: z.string().nullish(),
      Shell: Strings,
      Healthcheck: z.object({ Test: Strings }).nullish(),
    })
    .nullish(),
  history: z
    .array(
      z.object({
        created_by: z.string().nullish(),
        comment: z.string().nullish(),
        author: z.string().nullish(),
        created: Optional,
        empty_layer: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

/** The parts of an OCI image config that are judged, checked in their types. */
export type RawConfig = z.infer<typeof RawConfig>;

/**
 * Reads an image config (https://github.com/opencontainers/image-spec/blob/main/config.md).
 * Fields that a runtime reads must have the specified type: another one is an InvalidInputError
 * `document-invalid` that names the field, since a runtime may read it otherwise than we would.
 */
export function parseConfig(json: unknown): RawConfig {
  const { data, error } = RawConfig.safeParse(json);
  if (error !== undefined) throw schemaError("config", error);
  return data;
}
