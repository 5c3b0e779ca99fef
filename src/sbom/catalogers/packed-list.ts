import type { Cataloger } from "../cataloger/cataloger.ts";
import { APK } from "./alpine/apk.ts";
import { PACMAN } from "./arch/pacman.ts";
import { BITNAMI_COMPONENTS } from "./bitnami/component-list.ts";
import { CONDA } from "./conda/conda-meta.ts";
import { CHISEL } from "./debian/chisel.ts";
import { DPKG, DPKG_STATUS_D } from "./debian/dpkg.ts";
import { DEPS_JSON } from "./dotnet/deps-json.ts";
import { NUGET_PACKAGES } from "./dotnet/nuget-packages.ts";
import { UNPACKED_JAR } from "./java/unpacked.ts";
import { NODE_BUNDLED, NODE_MODULES } from "./npm/node-modules.ts";
import { PACKAGE_CACHES } from "./npm/package-caches.ts";
import { NPM_TARBALL } from "./npm/tarball.ts";
import { YARN_PNP } from "./npm/yarn-pnp.ts";
import { OPKG } from "./opkg/opkg.ts";
import { COMPOSER } from "./php/composer.ts";
import { COMPOSER_PHP } from "./php/installed-php.ts";
import { PYTHON } from "./python/dist-info.ts";
import { RPM_MANIFEST } from "./rpm/manifest.ts";
import { GEMS } from "./ruby/gems.ts";
import { GIT_GEMS } from "./ruby/git-gems.ts";

const SYSTEMS: readonly Cataloger[] = [DPKG, DPKG_STATUS_D, CHISEL, APK, RPM_MANIFEST, PACMAN, OPKG];

/** Catalogers whose lists inside an archive belong to another system: such lists are named, not read. */
export const OF_SYSTEMS: ReadonlySet<string> = new Set(SYSTEMS.map(({ name }) => name));

/** Catalogers for files inside archives: yarn's cache, wheels, single-file applications. */
export const PACKED_CATALOGERS: readonly Cataloger[] = [
  ...SYSTEMS,
  NPM_TARBALL,
  NODE_MODULES,
  NODE_BUNDLED,
  PACKAGE_CACHES,
  YARN_PNP,
  BITNAMI_COMPONENTS,
  PYTHON,
  GEMS,
  GIT_GEMS,
  COMPOSER,
  COMPOSER_PHP,
  DEPS_JSON,
  NUGET_PACKAGES,
  CONDA,
  UNPACKED_JAR,
];
