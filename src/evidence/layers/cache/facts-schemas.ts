import * as z from "zod/mini";
import { UNREAD_REASONS } from "../../../archives/content/unreadable.ts";
import { exactly } from "../../../contract/exactly.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { EXECUTABLE_KINDS, PACKAGE_MANAGERS, UNREAD_PACKAGES } from "../../../contract/package-facts.ts";
import { SBOM_ENCODINGS, SBOM_FORMATS, SBOM_STATES } from "../../../contract/sbom-facts.ts";
import { statedPackage } from "../../schemas/sbom-schema.ts";
import type { AnalyzerName, LayerFacts } from "../facts/facts.ts";

const count = z.int().check(z.nonnegative());

/** Columns have one item per entry, tens of thousands: a plain loop checks them three times as fast as zod's arrays. */
const paths = z.custom<readonly string[]>(
  (value) => Array.isArray(value) && value.every((path) => typeof path === "string" && path.startsWith("/")),
);
const counts = z.custom<readonly number[]>((value) => Array.isArray(value) && value.every(isCount));

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

const kind = z.strictObject({
  type: z.enum([
    "file",
    "directory",
    "symlink",
    "character",
    "block",
    "fifo",
    "hardlink",
    "whiteout",
    "opaque",
  ]),
  mode: count,
  uid: count,
  gid: count,
  ignored: z.exactOptional(z.literal(true)),
});

const entries = z
  .strictObject({
    unpackedBytes: count,
    paths,
    kinds: z.array(kind),
    kindOf: counts,
    sizes: counts,
    links: z.array(z.tuple([count, z.string()])),
    capabilities: z.array(z.tuple([count, z.string().check(z.regex(/^[0-9a-f]*$/))])),
  })
  .check(
    z.refine(
      ({ paths, kinds, kindOf, sizes }) =>
        paths.length === kindOf.length &&
        paths.length === sizes.length &&
        kindOf.every((index) => index < kinds.length),
    ),
  );

const contents = z.array(
  z.strictObject({
    entry: count,
    text: z.string(),
    cutAt: z.exactOptional(count),
    full: z.exactOptional(z.literal(true)),
  }),
);

const secret = z.strictObject({
  entry: count,
  kind: z.string(),
  masked: z.string(),
  id: z.string(),
  confidence: z.enum(["confirmed", "likely"]),
  line: count,
  inside: z.exactOptional(z.string()),
  testOf: z.exactOptional(z.string()),
});

const unsearched = z.strictObject({
  entry: count,
  inside: z.exactOptional(z.string()),
  why: z.enum(UNREAD_REASONS),
  sha256: z.exactOptional(z.string()),
});

const database = z.strictObject({
  entry: count,
  inside: z.exactOptional(z.string()),
  format: z.string(),
  isRead: z.exactOptional(z.literal(true)),
  isScript: z.exactOptional(z.literal(true)),
});

const member = z.strictObject({
  entry: count,
  inside: z.string(),
  size: count,
  text: z.exactOptional(z.string()),
  cutAt: z.exactOptional(count),
});

const files = z.strictObject({ asked: z.array(z.string()), matched: counts, contents });
const named = z.array(z.tuple([count, z.string()]));
const scripts = z.strictObject({ found: counts, contents, tools: named, callers: named });
const inlined = z.strictObject({
  entry: count,
  inside: z.exactOptional(z.string()),
  kind: z.enum(["host", "mode"]),
  value: z.string(),
});

const secrets = z.strictObject({
  found: z.array(secret).check(z.maxLength(LIMITS.secretsPerLayer)),
  unsearched: z.array(unsearched).check(z.maxLength(LIMITS.unsearchedPerLayer)),
  others: count,
  databases: z.array(database).check(z.maxLength(LIMITS.databasesPerLayer)),
  inlined: z.array(inlined).check(z.maxLength(LIMITS.inlinedPerLayer)),
  packed: z.strictObject({
    asked: z.array(z.string()),
    members: z.array(member).check(z.maxLength(LIMITS.packedKeptPerLayer)),
  }),
});

const stated = z.strictObject(statedPackage);
const list = { entry: count, inside: z.exactOptional(z.string()), cataloger: z.string() };
const digest = z.templateLiteral(["sha256:", z.string().check(z.regex(/^[0-9a-f]{64}$/))]);
const document = z.strictObject({
  entry: count,
  inside: z.exactOptional(z.string()),
  bytes: count,
  format: z.exactOptional(
    z.strictObject({ name: z.enum(SBOM_FORMATS), version: z.string(), encoding: z.enum(SBOM_ENCODINGS) }),
  ),
  state: z.enum(SBOM_STATES.filter((state) => state !== "hidden" && state !== "foreign")),
  problem: z.exactOptional(z.strictObject({ fr: z.string(), en: z.string() })),
  subject: z.exactOptional(
    z.strictObject({
      name: z.string(),
      digests: z.array(digest),
      config: z.exactOptional(digest),
      layers: z.array(digest),
    }),
  ),
  packages: z.array(z.string()),
  scripts: z.exactOptional(
    z.strictObject({
      places: z.array(z.strictObject({ path: z.string(), digests: z.array(z.string()) })),
      digests: z.array(z.string()),
    }),
  ),
});
const executable = z.strictObject({
  entry: count,
  kind: z.enum([...EXECUTABLE_KINDS, "archive"]),
  inside: z.exactOptional(z.string()),
  bytes: z.exactOptional(count),
  mark: z.string().check(z.regex(/^[0-9a-f]{12}$/)),
  owner: z.exactOptional(count),
});
const texts = z.custom<readonly string[]>(
  (value) => Array.isArray(value) && value.every((text) => typeof text === "string"),
);
const packages = z.strictObject({
  lists: z.array(
    z.strictObject({
      ...list,
      packages: z.array(stated),
      unidentified: z.exactOptional(z.literal(true)),
    }),
  ),
  unread: z.array(z.strictObject({ ...list, why: z.enum(UNREAD_PACKAGES) })),
  otherUnread: count,
  unidentified: z.array(z.strictObject({ entry: count, cataloger: z.string() })),
  systems: z.array(
    z.strictObject({
      entry: count,
      os: z.strictObject({
        id: z.string(),
        version: z.exactOptional(z.string()),
        name: z.exactOptional(z.string()),
      }),
      isTwice: z.exactOptional(z.literal(true)),
    }),
  ),
  documents: z.array(document).check(z.maxLength(LIMITS.sbomsPerImage)),
  otherDocuments: count,
  executables: z.array(executable).check(z.maxLength(LIMITS.executablesPerLayer)),
  owners: z.array(z.strictObject({ owner: z.string(), samples: texts, elsewhere: texts })),
  repositories: z
    .array(z.strictObject({ entry: count, manager: z.enum(PACKAGE_MANAGERS), address: z.string() }))
    .check(z.maxLength(LIMITS.repositoriesPerLayer)),
  bundles: z.array(
    z.strictObject({
      entry: count,
      digests: z.exactOptional(z.array(z.string())),
      bundler: z.string(),
      lines: count,
      isServer: z.exactOptional(z.literal(true)),
    }),
  ),
  sourceMaps: z.array(
    z.strictObject({ entry: count, lines: count, isWhole: z.exactOptional(z.literal(true)) }),
  ),
});

/** Schemas of stored facts: a cached file may have any content. */
export const FACTS_SCHEMAS: { readonly [Name in AnalyzerName]: z.ZodMiniType<LayerFacts[Name]> } = {
  entries: exactly<LayerFacts["entries"]>()(entries),
  files: exactly<LayerFacts["files"]>()(files),
  scripts: exactly<LayerFacts["scripts"]>()(scripts),
  secrets: exactly<LayerFacts["secrets"]>()(secrets),
  packages: exactly<LayerFacts["packages"]>()(packages),
};
