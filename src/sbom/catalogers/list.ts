import type { Cataloger } from "../cataloger/cataloger.ts";
import { APK } from "./alpine/apk.ts";
import { PACMAN } from "./arch/pacman.ts";
import { BITNAMI_COMPONENTS } from "./bitnami/component-list.ts";
import { BITNAMI_SPDX } from "./bitnami/component-sbom.ts";
import { CONDA } from "./conda/conda-meta.ts";
import { CHISEL } from "./debian/chisel.ts";
import { DPKG, DPKG_STATUS_D } from "./debian/dpkg.ts";
import { DEPS_JSON } from "./dotnet/deps-json.ts";
import { NUGET_PACKAGES } from "./dotnet/nuget-packages.ts";
import { UNPACKED_JAR } from "./java/unpacked.ts";
import { NODE_BUNDLED, NODE_MODULES } from "./npm/node-modules.ts";
import { LINKED_MANIFEST } from "./npm/own-manifests.ts";
import { PACKAGE_CACHES } from "./npm/package-caches.ts";
import { YARN_PNP } from "./npm/yarn-pnp.ts";
import { OPKG } from "./opkg/opkg.ts";
import { COMPOSER } from "./php/composer.ts";
import { COMPOSER_PHP } from "./php/installed-php.ts";
import { PYTHON } from "./python/dist-info.ts";
import { RPM_MANIFEST } from "./rpm/manifest.ts";
import { GEMS } from "./ruby/gems.ts";
import { GIT_GEMS } from "./ruby/git-gems.ts";
import { RELEASE_FILES } from "./runtimes/release-files.ts";

/** Catalogers of whole files, by path; if two match a file, the first reads it. */
export const CATALOGERS: readonly Cataloger[] = [
  DPKG,
  DPKG_STATUS_D,
  CHISEL,
  APK,
  RPM_MANIFEST,
  PACMAN,
  OPKG,
  BITNAMI_COMPONENTS,
  BITNAMI_SPDX,
  NODE_MODULES,
  NODE_BUNDLED,
  PACKAGE_CACHES,
  LINKED_MANIFEST,
  YARN_PNP,
  PYTHON,
  GEMS,
  GIT_GEMS,
  COMPOSER,
  COMPOSER_PHP,
  DEPS_JSON,
  NUGET_PACKAGES,
  CONDA,
  UNPACKED_JAR,
  ...RELEASE_FILES,
];
