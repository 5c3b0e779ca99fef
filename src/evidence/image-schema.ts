import { z } from "zod";
import { exactly } from "../contract/exactly.ts";
import type { RawImage } from "../contract/image-facts.ts";

const count = z.number().int().nonnegative();
const strings = z.array(z.string());
const words = z.record(z.string(), z.string());

/** A Digest. */
export const digestSchema = z.templateLiteral(["sha256:", z.string().regex(/^[0-9a-f]{64}$/)]);

const config = z.strictObject({
  user: z.string(),
  env: strings,
  entrypoint: strings,
  cmd: strings,
  workingDir: z.string(),
  exposedPorts: strings,
  volumes: strings,
  labels: words,
  stopSignal: z.string().exactOptional(),
  shell: strings.exactOptional(),
  healthcheck: strings.exactOptional(),
  author: z.string().exactOptional(),
  created: z.string().exactOptional(),
});

const history = z.strictObject({
  createdBy: z.string(),
  comment: z.string().exactOptional(),
  author: z.string().exactOptional(),
  created: z.string().exactOptional(),
  layer: count.exactOptional(),
});

const layer = z.strictObject({
  digest: digestSchema.exactOptional(),
  diffId: digestSchema,
  mediaType: z.string(),
  size: count,
  entries: count,
  base: z.boolean(),
  unread: z.strictObject({ fr: z.string(), en: z.string() }).exactOptional(),
});

const base = z.strictObject({ reference: z.string(), layers: count.min(1) });

const step = z.strictObject({
  name: z.string(),
  file: z.string().exactOptional(),
  mode: count.exactOptional(),
  uid: count.exactOptional(),
  gid: count.exactOptional(),
  capability: z.string().exactOptional(),
  script: z.string().exactOptional(),
});

/** ProgramFacts as they are stored. */
export const programSchema = z.strictObject({
  argv: strings,
  path: z.string(),
  steps: z.array(step),
  cut: z.literal(true).exactOptional(),
});

/** OverriddenStart as it is stored. */
const overriddenSchema = programSchema.extend({ workingDir: z.string() });

/** FileFacts as they are stored. */
export const fileSchema = z.strictObject({
  path: z.string(),
  realPath: z.string().exactOptional(),
  layer: count,
  type: z.enum(["file", "directory", "symlink", "character", "block", "fifo"]),
  mode: count,
  uid: count,
  gid: count,
  size: count,
  link: z.string().exactOptional(),
  capability: z.string().exactOptional(),
  implicit: z.literal(true).exactOptional(),
  hidden: z.literal(true).exactOptional(),
  content: z.string().exactOptional(),
  truncated: z.literal(true).exactOptional(),
});

/** SecretFacts as they are stored. */
export const secretSchema = z.strictObject({
  kind: z.string(),
  at: z.discriminatedUnion("in", [
    z.strictObject({
      in: z.literal("file"),
      path: z.string(),
      layer: count,
      line: count,
      hidden: z.literal(true).exactOptional(),
    }),
    z.strictObject({ in: z.literal("env"), name: z.string() }),
    z.strictObject({ in: z.literal("label"), name: z.string() }),
    z.strictObject({ in: z.literal("history"), step: count }),
    z.strictObject({ in: z.literal("command") }),
    z.strictObject({ in: z.literal("field"), name: z.string() }),
  ]),
  masked: z.string(),
  id: z.string(),
  confidence: z.enum(["confirmed", "likely"]),
});

const image = z.strictObject({
  source: z.string(),
  digest: digestSchema.exactOptional(),
  indexDigest: digestSchema.exactOptional(),
  imageId: digestSchema,
  platform: z.string(),
  config,
  history: z.array(history),
  layers: z.array(layer),
  base: base.exactOptional(),
  annotations: words,
  program: programSchema,
  overridden: z.array(overriddenSchema).exactOptional(),
  files: z.array(fileSchema),
  secrets: z.array(secretSchema),
  asked: words,
});

/** An image as it is stored; unknown fields are refused, since a rule might rest on them one day. */
export const imageFactsSchema = exactly<RawImage>()(image);
