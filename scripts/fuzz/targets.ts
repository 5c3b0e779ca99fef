import type { Target } from "./target.ts";
import { archive } from "./targets/archive.ts";
import { dockerfile } from "./targets/dockerfile.ts";
import { evidence } from "./targets/evidence.ts";
import { feeds } from "./targets/feeds.ts";
import { layer } from "./targets/layer.ts";
import { manifests } from "./targets/manifests.ts";
import { packages } from "./targets/packages.ts";
import { packed } from "./targets/packed.ts";
import { registry } from "./targets/registry.ts";
import { sbomDocuments } from "./targets/sbom-documents.ts";
import { settings } from "./targets/settings.ts";
import { vex } from "./targets/vex.ts";

export const TARGETS: readonly Target[] = [
  archive,
  layer,
  packed,
  packages,
  registry,
  manifests,
  dockerfile,
  evidence,
  settings,
  sbomDocuments,
  vex,
  ...feeds,
];
