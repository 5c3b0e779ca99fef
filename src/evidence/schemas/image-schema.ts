import * as z from "zod/mini";
import { exactly } from "../../contract/exactly.ts";
import type { RawImage } from "../../contract/image-facts.ts";

const count = z.int().check(z.nonnegative());
const strings = z.array(z.string());
const words = z.record(z.string(), z.string());

/** A sha256 digest, as stored. */
export const digestSchema = z.templateLiteral(["sha256:", z.string().check(z.regex(/^[0-9a-f]{64}$/))]);

const config = z.strictObject({
  user: z.string(),
  env: strings,
  entrypoint: strings,
  cmd: strings,
  workingDir: z.string(),
  exposedPorts: strings,
  volumes: strings,
  labels: words,
  stopSignal: z.exactOptional(z.string()),
  shell: z.exactOptional(strings),
  healthcheck: z.exactOptional(strings),
  author: z.exactOptional(z.string()),
  created: z.exactOptional(z.string()),
});

const history = z.strictObject({
  createdBy: z.string(),
  comment: z.exactOptional(z.string()),
  author: z.exactOptional(z.string()),
  created: z.exactOptional(z.string()),
  layer: z.exactOptional(count),
});

const layer = z.strictObject({
  digest: z.exactOptional(digestSchema),
  diffId: digestSchema,
  mediaType: z.string(),
  size: count,
  entries: count,
  base: z.boolean(),
  unread: z.exactOptional(z.strictObject({ fr: z.string(), en: z.string() })),
});

const base = z.strictObject({ reference: z.string(), layers: z.int().check(z.gte(1)) });

const step = z.strictObject({
  name: z.string(),
  file: z.exactOptional(z.string()),
  mode: z.exactOptional(count),
  uid: z.exactOptional(count),
  gid: z.exactOptional(count),
  capability: z.exactOptional(z.string()),
  script: z.exactOptional(z.string()),
  is: z.exactOptional(z.string()),
});

/** ProgramFacts as they are stored. */
export const programSchema = z.strictObject({
  argv: strings,
  path: z.string(),
  steps: z.array(step),
  calls: z.exactOptional(z.array(z.strictObject({ name: z.string(), file: z.string(), tool: z.string() }))),
  cut: z.exactOptional(z.literal(true)),
});

/** OverriddenStart as it is stored. */
const overriddenSchema = z.extend(programSchema, { workingDir: z.string() });

const setting = z.strictObject({
  name: z.string(),
  value: z.string(),
  line: count,
  certainty: z.enum(["certain", "presumed"]),
  what: z.exactOptional(z.enum(["address", "name"])),
  environment: z.exactOptional(z.string()),
});

/** FileFacts as they are stored. */
export const fileSchema = z.strictObject({
  path: z.string(),
  realPath: z.exactOptional(z.string()),
  layer: count,
  type: z.enum(["file", "directory", "symlink", "character", "block", "fifo"]),
  mode: count,
  uid: count,
  gid: count,
  size: count,
  link: z.exactOptional(z.string()),
  capability: z.exactOptional(z.string()),
  implicit: z.exactOptional(z.literal(true)),
  hidden: z.exactOptional(z.literal(true)),
  packed: z.exactOptional(z.literal(true)),
  content: z.exactOptional(z.string()),
  truncated: z.exactOptional(z.literal(true)),
  settings: z.exactOptional(z.record(z.string(), z.array(setting))),
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
      hidden: z.exactOptional(z.literal(true)),
      inside: z.exactOptional(z.string()),
      testOf: z.exactOptional(z.string()),
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

/** UnsearchedFacts as they are stored. */
export const unsearchedSchema = z.strictObject({
  files: z.array(
    z.strictObject({
      path: z.string(),
      layer: count,
      inside: z.exactOptional(z.string()),
      sha256: z.exactOptional(z.string()),
      why: z.string(),
    }),
  ),
  others: count,
});

/** InlinedFacts as they are stored. */
export const inlinedSchema = z.strictObject({
  kind: z.enum(["host", "mode"]),
  value: z.string(),
  path: z.string(),
  layer: count,
  hidden: z.exactOptional(z.literal(true)),
  inside: z.exactOptional(z.string()),
});

/** DatabaseFacts as they are stored. */
export const databaseSchema = z.strictObject({
  format: z.string(),
  path: z.string(),
  layer: count,
  hidden: z.exactOptional(z.literal(true)),
  inside: z.exactOptional(z.string()),
  isRead: z.exactOptional(z.literal(true)),
  isScript: z.exactOptional(z.literal(true)),
});

const image = z.strictObject({
  source: z.string(),
  digest: z.exactOptional(digestSchema),
  indexDigest: z.exactOptional(digestSchema),
  otherIndexDigests: z.exactOptional(z.array(digestSchema)),
  imageId: digestSchema,
  platform: z.string(),
  otherPlatforms: z.exactOptional(strings),
  config,
  history: z.array(history),
  layers: z.array(layer),
  base: z.exactOptional(base),
  annotations: words,
  program: programSchema,
  overridden: z.exactOptional(z.array(overriddenSchema)),
  files: z.array(fileSchema),
  secrets: z.array(secretSchema),
  unsearched: z.exactOptional(unsearchedSchema),
  databases: z.exactOptional(z.array(databaseSchema)),
  inlined: z.exactOptional(z.array(inlinedSchema)),
  asked: words,
});

/** An image, as stored. Unknown fields are refused, since a later rule might rely on them. */
export const imageFactsSchema = exactly<RawImage>()(image);
