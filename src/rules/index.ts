import type { AnyRule } from "../contract/rule.ts";
import { fileCapabilities } from "./1.1-file-capabilities.ts";
import { imageUser } from "./1.1-image-user.ts";
import { privilegeTools } from "./1.1-privilege-tools.ts";
import { setuid } from "./1.1-setuid.ts";
import { home } from "./1.2-home.ts";
import { logDestination } from "./1.2-log-destination.ts";
import { logFiles } from "./1.2-log-files.ts";
import { neededMounts } from "./1.2-needed-mounts.ts";
import { noDatabases } from "./1.2-no-databases.ts";
import { writableRoot } from "./1.2-writable-root.ts";
import { bindAddress } from "./1.3-bind-address.ts";
import { defaultBind } from "./1.3-default-bind.ts";
import { nextHostname } from "./1.3-next-hostname.ts";
import { nginxListen } from "./1.3-nginx-listen.ts";
import { staticAddress } from "./1.3-static-address.ts";
import { developmentMode } from "./1.4-development-mode.ts";
import { layersRead } from "./1.4-layers-read.ts";
import { leftovers } from "./1.4-leftovers.ts";
import { noBuildArguments } from "./1.4-no-build-arguments.ts";
import { noEnvironmentConfig } from "./1.4-no-environment-config.ts";
import { noSecrets } from "./1.4-no-secrets.ts";
import { shellFormRule } from "./1.4-shell-form.ts";
import { signalForwarding } from "./1.4-signal-forwarding.ts";
import { singleProcess } from "./1.4-single-process.ts";
import { stopSignal } from "./1.4-stop-signal.ts";
import { minimalBase } from "./3.1-minimal-base.ts";
import { noBuildTools } from "./3.1-no-build-tools.ts";
import { immutableTag } from "./3.2-immutable-tag.ts";
import { builder } from "./3.3-builder.ts";

/** Every rule, in the contract's order. A test compares this list with the folder. */
export const RULES: readonly AnyRule[] = [
  imageUser,
  privilegeTools,
  fileCapabilities,
  setuid,
  logDestination,
  logFiles,
  writableRoot,
  neededMounts,
  home,
  noDatabases,
  bindAddress,
  defaultBind,
  nextHostname,
  nginxListen,
  staticAddress,
  layersRead,
  noSecrets,
  noEnvironmentConfig,
  noBuildArguments,
  stopSignal,
  shellFormRule,
  signalForwarding,
  singleProcess,
  developmentMode,
  leftovers,
  minimalBase,
  noBuildTools,
  immutableTag,
  builder,
];
