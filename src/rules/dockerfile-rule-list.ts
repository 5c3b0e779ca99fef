import type { AnyRule } from "../contract/rule.ts";
import { dockerfileUser } from "./dockerfile/1.1-dockerfile-user.ts";
import { dockerfileDatabases } from "./dockerfile/1.2-dockerfile-databases.ts";
import { dockerfileRuntimeInstall } from "./dockerfile/1.2-dockerfile-runtime-install.ts";
import { dockerfileVolume } from "./dockerfile/1.2-dockerfile-volume.ts";
import { dockerfileDefaultBind } from "./dockerfile/1.3-dockerfile-default-bind.ts";
import { dockerfileHealthcheck } from "./dockerfile/1.3-dockerfile-healthcheck.ts";
import { dockerfileNextHostname } from "./dockerfile/1.3-dockerfile-next-hostname.ts";
import { dockerfilePorts } from "./dockerfile/1.3-dockerfile-ports.ts";
import { dockerfileBuildArguments } from "./dockerfile/1.4-dockerfile-build-arguments.ts";
import { dockerfileContext } from "./dockerfile/1.4-dockerfile-context.ts";
import { dockerfileCredentialFiles } from "./dockerfile/1.4-dockerfile-credential-files.ts";
import { dockerfileEnvironmentAddresses } from "./dockerfile/1.4-dockerfile-environment-addresses.ts";
import { dockerfileEnvironmentConfig } from "./dockerfile/1.4-dockerfile-environment-config.ts";
import { dockerfileSecretArguments } from "./dockerfile/1.4-dockerfile-secret-arguments.ts";
import { dockerfileSecrets } from "./dockerfile/1.4-dockerfile-secrets.ts";
import { dockerfileUpgrade } from "./dockerfile/2.1-dockerfile-upgrade.ts";
import { dockerfileBase } from "./dockerfile/3.1-dockerfile-base.ts";
import { dockerfileBuildTools } from "./dockerfile/3.1-dockerfile-build-tools.ts";
import { dockerfileBaseTag } from "./dockerfile/3.2-dockerfile-base-tag.ts";
import { dockerfileStages } from "./dockerfile/3.3-dockerfile-stages.ts";
import { dockerfileSyntax } from "./dockerfile/3.3-dockerfile-syntax.ts";
import {
  dockerfileBindAddress,
  dockerfileDevelopmentMode,
  dockerfileLogDestination,
  dockerfilePrivilegeTools,
  dockerfileShellForm,
  dockerfileSignalForwarding,
  dockerfileSingleProcess,
  dockerfileStartEnvironment,
  dockerfileStopSignal,
} from "./dockerfile/declared-rules.ts";

/** Rules that need a Dockerfile, in the contract's order. */
export const DOCKERFILE_RULES: readonly AnyRule[] = [
  dockerfileUser,
  dockerfilePrivilegeTools,
  dockerfileLogDestination,
  dockerfileVolume,
  dockerfileDatabases,
  dockerfileRuntimeInstall,
  dockerfileBindAddress,
  dockerfileDefaultBind,
  dockerfileNextHostname,
  dockerfileHealthcheck,
  dockerfilePorts,
  dockerfileSecrets,
  dockerfileSecretArguments,
  dockerfileCredentialFiles,
  dockerfileEnvironmentConfig,
  dockerfileEnvironmentAddresses,
  dockerfileStartEnvironment,
  dockerfileBuildArguments,
  dockerfileContext,
  dockerfileStopSignal,
  dockerfileShellForm,
  dockerfileSignalForwarding,
  dockerfileSingleProcess,
  dockerfileDevelopmentMode,
  dockerfileUpgrade,
  dockerfileBase,
  dockerfileBuildTools,
  dockerfileBaseTag,
  dockerfileStages,
  dockerfileSyntax,
];
