import { z } from "zod";
import { exactly } from "../../contract/exactly.ts";
import type { ApiLocation, FileLocation } from "../../contract/object-location.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { locationSchema, ofApi, ofFile } from "./location-schema.ts";
import { many, number, string, strings, words } from "./optional-fields.ts";
import { podSchema, requestedVolume } from "./pod-schema.ts";
import { relatedSchema } from "./related-schema.ts";

const text = z.strictObject({ fr: z.string(), en: z.string() });
const invalidField = z.strictObject({ path: z.string(), at: string, problem: text });
const secret = {
  kind: z.string(),
  masked: z.string(),
  id: z.string(),
  confidence: z.enum(["confirmed", "likely"]),
};

const facts = {
  path: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  namespace: string,
  name: z.string(),
  labels: words,
  annotations: words,
  environment: string,
  lifetime: z.enum(["long-running", "batch"]),
  replicas: number,
  minReadySeconds: number,
  job: z
    .strictObject({
      isIndexed: z.literal(true).exactOptional(),
      activeDeadlineSeconds: number,
      isEmpty: z.literal(true).exactOptional(),
    })
    .exactOptional(),
  statefulSet: z.strictObject({ serviceName: string, firstOrdinal: number }).exactOptional(),
  rollout: z
    .strictObject({
      field: z.string(),
      value: z.union([z.string(), z.number()]),
      isWithoutSurge: z.literal(true).exactOptional(),
    })
    .exactOptional(),
  created: z.literal(true).exactOptional(),
  controller: z.exactOptional(z.strictObject({ kind: z.string(), name: z.string() })),
  podPath: z.string(),
  pod: podSchema,
  claims: z.array(
    z.strictObject({
      name: z.string(),
      source: z.enum(["template", "claim", "ephemeral"]),
      accessModes: strings(),
      isReadOnly: z.literal(true).exactOptional(),
      isBlock: z.literal(true).exactOptional(),
      sharedWith: string,
      requested: requestedVolume,
      onNode: string,
    }),
  ),
  overlays: z
    .strictObject({
      kind: z.string(),
      paths: z.array(z.string()),
      isUnknown: z.literal(true).exactOptional(),
    })
    .exactOptional(),
  imageMarks: strings(),
  misplaced: z.array(z.string()).exactOptional(),
  invalid: z.array(invalidField),
  refused: z.array(invalidField).exactOptional(),
  unknown: strings(),
  objects: many({
    kind: z.string(),
    name: z.string(),
    at: locationSchema,
    injected: z.boolean(),
    secrets: z.array(z.strictObject({ key: z.string(), ...secret })),
    variables: words.exactOptional(),
  }),
  related: relatedSchema,
  secrets: many({ path: z.string(), name: z.string(), ...secret }),
};

const workload = z.discriminatedUnion("in", [
  z.strictObject({ ...ofFile, ...facts }),
  z.strictObject({ ...ofApi, ...facts }),
]);

/**
 * Workload as stored: its location is flattened into its own fields; the location of a file needs no `in`.
 */
export type StoredWorkload<W extends RawWorkload = RawWorkload> = Omit<W, "at"> &
  ((Omit<FileLocation, "in"> & { readonly in?: "file" }) | ApiLocation);

/** A workload, as stored. Unknown fields are refused, since a later rule might rely on them. */
export const workloadFactsSchema = exactly<StoredWorkload>()(workload);

export function storedWorkload<W extends RawWorkload>({ at, ...facts }: W): StoredWorkload<W> {
  if (at.in === "api") return { ...at, ...facts };
  const { file, document, line } = at;
  return { file, document, line, ...facts };
}

export function workloadOf(stored: StoredWorkload): RawWorkload {
  if (stored.in === "api") {
    const { in: _, uid, resourceVersion, ...facts } = stored;
    const version = resourceVersion === undefined ? {} : { resourceVersion };
    return { at: { in: "api", uid, ...version }, ...facts };
  }
  const { in: _, file, document, line, ...facts } = stored;
  return { at: { in: "file", file, document, line }, ...facts };
}
