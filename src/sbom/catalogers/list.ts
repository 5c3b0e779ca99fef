import { APK } from "./alpine/apk.ts";
import type { Cataloger } from "./cataloger.ts";
import { CONDA } from "./conda/conda-meta.ts";
import { DPKG, DPKG_STATUS_D } from "./debian/dpkg.ts";
import { DEPS_JSON } from "./dotnet/deps-json.ts";
import { UNPACKED_JAR } from "./java/unpacked.ts";
import { NODE_BUNDLED, NODE_MODULES } from "./npm/node-modules.ts";
import { COMPOSER } from "./php/composer.ts";
import { PYTHON } from "./python/distributions.ts";
import { RPM_MANIFEST } from "./rpm/manifest.ts";
import { GEMS } from "./ruby/gems.ts";
import { RELEASE_FILES } from "./runtimes/release-files.ts";

/** Those that read whole files, told by their paths; of two that read the same file, the first does. */
export const CATALOGERS: readonly Cataloger[] = [
  DPKG,
  DPKG_STATUS_D,
  APK,
  RPM_MANIFEST,
  NODE_MODULES,
  NODE_BUNDLED,
  PYTHON,
  GEMS,
  COMPOSER,
  DEPS_JSON,
  CONDA,
  UNPACKED_JAR,
  ...RELEASE_FILES,
];
