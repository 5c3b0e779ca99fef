import type { AnyRule } from "../contract/rule.ts";
import { setuid } from "./image/1.1-setuid.ts";
import { logFiles } from "./image/1.2-log-files.ts";
import { noDatabases } from "./image/1.2-no-databases.ts";
import { applicationSettings } from "./image/1.4-application-settings.ts";
import { environmentAddresses } from "./image/1.4-environment-addresses.ts";
import { layersRead } from "./image/1.4-layers-read.ts";
import { leftovers } from "./image/1.4-leftovers.ts";
import { noBuildArguments } from "./image/1.4-no-build-arguments.ts";
import { noEnvironmentConfig } from "./image/1.4-no-environment-config.ts";
import { noSecrets } from "./image/1.4-no-secrets.ts";
import { servedEnvironments } from "./image/1.4-served-environments.ts";
import { minimalBase } from "./image/3.1-minimal-base.ts";
import { noBuildTools } from "./image/3.1-no-build-tools.ts";
import { builder } from "./image/3.3-builder.ts";
import { immutableTag } from "./reference/3.2-immutable-tag.ts";
import { fileCapabilities } from "./start/1.1-file-capabilities.ts";
import { imageUser } from "./start/1.1-image-user.ts";
import { otherPlatforms } from "./start/1.1-other-platforms.ts";
import { privilegeTools } from "./start/1.1-privilege-tools.ts";
import { home } from "./start/1.2-home.ts";
import { logDestination } from "./start/1.2-log-destination.ts";
import { neededMounts } from "./start/1.2-needed-mounts.ts";
import { servedFile } from "./start/1.2-served-file.ts";
import { writableRoot } from "./start/1.2-writable-root.ts";
import { bindAddress } from "./start/1.3-bind-address.ts";
import { defaultBind } from "./start/1.3-default-bind.ts";
import { nextHostname } from "./start/1.3-next-hostname.ts";
import { nginxListen } from "./start/1.3-nginx-listen.ts";
import { staticAddress } from "./start/1.3-static-address.ts";
import { developmentMode } from "./start/1.4-development-mode.ts";
import { shellFormRule } from "./start/1.4-shell-form.ts";
import { signalForwarding } from "./start/1.4-signal-forwarding.ts";
import { singleProcess } from "./start/1.4-single-process.ts";
import { startEnvironment } from "./start/1.4-start-environment.ts";
import { stopSignal } from "./start/1.4-stop-signal.ts";
import { embeddedSbom } from "./supply-chain/2.2-embedded-sbom.ts";
import { packagesRead } from "./supply-chain/2.2-packages-read.ts";
import { sbomCoverage } from "./supply-chain/2.2-sbom-coverage.ts";

/** Rules that an image alone is judged by, in the contract's order. */
export const IMAGE_RULES: readonly AnyRule[] = [
  imageUser,
  privilegeTools,
  fileCapabilities,
  otherPlatforms,
  setuid,
  logDestination,
  logFiles,
  writableRoot,
  neededMounts,
  home,
  noDatabases,
  servedFile,
  bindAddress,
  defaultBind,
  nextHostname,
  nginxListen,
  staticAddress,
  layersRead,
  noSecrets,
  noEnvironmentConfig,
  noBuildArguments,
  environmentAddresses,
  startEnvironment,
  applicationSettings,
  servedEnvironments,
  stopSignal,
  shellFormRule,
  signalForwarding,
  singleProcess,
  developmentMode,
  leftovers,
  embeddedSbom,
  sbomCoverage,
  packagesRead,
  minimalBase,
  noBuildTools,
  immutableTag,
  builder,
];
