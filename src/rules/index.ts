import type { AnyRule } from "../contract/rule.ts";
import { appArmor } from "./1.1-apparmor.ts";
import { capabilities } from "./1.1-capabilities.ts";
import { dockerfilePrivilegeTools } from "./1.1-dockerfile-privilege-tools.ts";
import { dockerfileUser } from "./1.1-dockerfile-user.ts";
import { fileCapabilities } from "./1.1-file-capabilities.ts";
import { hostNamespaces } from "./1.1-host-namespaces.ts";
import { hostPorts } from "./1.1-host-ports.ts";
import { hostProbes } from "./1.1-host-probes.ts";
import { imageUser } from "./1.1-image-user.ts";
import { privilegeEscalation } from "./1.1-privilege-escalation.ts";
import { privilegeTools } from "./1.1-privilege-tools.ts";
import { privileged } from "./1.1-privileged.ts";
import { procMount } from "./1.1-proc-mount.ts";
import { runAsNonRoot } from "./1.1-run-as-non-root.ts";
import { runAsUser } from "./1.1-run-as-user.ts";
import { seccomp } from "./1.1-seccomp.ts";
import { seLinux } from "./1.1-selinux.ts";
import { setuid } from "./1.1-setuid.ts";
import { sysctls } from "./1.1-sysctls.ts";
import { trialSeccomp } from "./1.1-trial-seccomp.ts";
import { volumeTypes } from "./1.1-volume-types.ts";
import { windowsHostProcess } from "./1.1-windows-host-process.ts";
import { dockerfileLogDestination } from "./1.2-dockerfile-log-destination.ts";
import { dockerfileRuntimeInstall } from "./1.2-dockerfile-runtime-install.ts";
import { dockerfileVolume } from "./1.2-dockerfile-volume.ts";
import { home } from "./1.2-home.ts";
import { logDestination } from "./1.2-log-destination.ts";
import { logFiles } from "./1.2-log-files.ts";
import { manifestLogDestination } from "./1.2-manifest-log-destination.ts";
import { manifestWritableRoot } from "./1.2-manifest-writable-root.ts";
import { neededMounts } from "./1.2-needed-mounts.ts";
import { noDatabases } from "./1.2-no-databases.ts";
import { readOnlyRootFilesystem } from "./1.2-read-only-root-filesystem.ts";
import { trialLogs } from "./1.2-trial-logs.ts";
import { trialReadOnlyRoot } from "./1.2-trial-read-only-root.ts";
import { trialState } from "./1.2-trial-state.ts";
import { writableRoot } from "./1.2-writable-root.ts";
import { bindAddress } from "./1.3-bind-address.ts";
import { defaultBind } from "./1.3-default-bind.ts";
import { dockerfileBindAddress } from "./1.3-dockerfile-bind-address.ts";
import { dockerfileDefaultBind } from "./1.3-dockerfile-default-bind.ts";
import { dockerfileHealthcheck } from "./1.3-dockerfile-healthcheck.ts";
import { dockerfileNextHostname } from "./1.3-dockerfile-next-hostname.ts";
import { dockerfilePorts } from "./1.3-dockerfile-ports.ts";
import { hostAliases } from "./1.3-host-aliases.ts";
import { manifestBindAddress } from "./1.3-manifest-bind-address.ts";
import { nextHostname } from "./1.3-next-hostname.ts";
import { nginxListen } from "./1.3-nginx-listen.ts";
import { probeTargets } from "./1.3-probe-targets.ts";
import { probes } from "./1.3-probes.ts";
import { serves } from "./1.3-serves.ts";
import { staticAddress } from "./1.3-static-address.ts";
import { trialHealth } from "./1.3-trial-health.ts";
import { trialListen } from "./1.3-trial-listen.ts";
import { trialStaticAddress } from "./1.3-trial-static-address.ts";
import { developmentMode } from "./1.4-development-mode.ts";
import { dockerfileBuildArguments } from "./1.4-dockerfile-build-arguments.ts";
import { dockerfileContext } from "./1.4-dockerfile-context.ts";
import { dockerfileDevelopmentMode } from "./1.4-dockerfile-development-mode.ts";
import { dockerfileEnvironmentConfig } from "./1.4-dockerfile-environment-config.ts";
import { dockerfileSecrets } from "./1.4-dockerfile-secrets.ts";
import { dockerfileShellForm } from "./1.4-dockerfile-shell-form.ts";
import { dockerfileSignalForwarding } from "./1.4-dockerfile-signal-forwarding.ts";
import { dockerfileSingleProcess } from "./1.4-dockerfile-single-process.ts";
import { dockerfileStopSignal } from "./1.4-dockerfile-stop-signal.ts";
import { injectedConfig } from "./1.4-injected-config.ts";
import { layersRead } from "./1.4-layers-read.ts";
import { leftovers } from "./1.4-leftovers.ts";
import { lifecycleHooks } from "./1.4-lifecycle-hooks.ts";
import { literalSecrets } from "./1.4-literal-secrets.ts";
import { manifestDevelopmentMode } from "./1.4-manifest-development-mode.ts";
import { noBuildArguments } from "./1.4-no-build-arguments.ts";
import { noEnvironmentConfig } from "./1.4-no-environment-config.ts";
import { noSecrets } from "./1.4-no-secrets.ts";
import { replicasAndClaims } from "./1.4-replicas-and-claims.ts";
import { resources } from "./1.4-resources.ts";
import { shellFormRule } from "./1.4-shell-form.ts";
import { signalForwarding } from "./1.4-signal-forwarding.ts";
import { singleProcess } from "./1.4-single-process.ts";
import { stopSignal } from "./1.4-stop-signal.ts";
import { termination } from "./1.4-termination.ts";
import { trialEnvironment } from "./1.4-trial-environment.ts";
import { trialReplica } from "./1.4-trial-replica.ts";
import { trialRestart } from "./1.4-trial-restart.ts";
import { trialStop } from "./1.4-trial-stop.ts";
import { dockerfileUpgrade } from "./2.1-dockerfile-upgrade.ts";
import { dockerfileBase } from "./3.1-dockerfile-base.ts";
import { dockerfileBuildTools } from "./3.1-dockerfile-build-tools.ts";
import { minimalBase } from "./3.1-minimal-base.ts";
import { noBuildTools } from "./3.1-no-build-tools.ts";
import { dockerfileBaseTag } from "./3.2-dockerfile-base-tag.ts";
import { immutableTag } from "./3.2-immutable-tag.ts";
import { pullPolicy } from "./3.2-pull-policy.ts";
import { builder } from "./3.3-builder.ts";
import { dockerfileStages } from "./3.3-dockerfile-stages.ts";
import { dockerfileSyntax } from "./3.3-dockerfile-syntax.ts";

/** Every rule, in the contract's order. A test compares this list with the folder. */
export const RULES: readonly AnyRule[] = [
  imageUser,
  privilegeTools,
  fileCapabilities,
  runAsNonRoot,
  runAsUser,
  hostNamespaces,
  privileged,
  hostPorts,
  appArmor,
  seLinux,
  procMount,
  sysctls,
  windowsHostProcess,
  hostProbes,
  volumeTypes,
  privilegeEscalation,
  capabilities,
  setuid,
  seccomp,
  dockerfileUser,
  dockerfilePrivilegeTools,
  trialSeccomp,
  logDestination,
  logFiles,
  readOnlyRootFilesystem,
  writableRoot,
  neededMounts,
  home,
  noDatabases,
  manifestLogDestination,
  manifestWritableRoot,
  dockerfileLogDestination,
  dockerfileVolume,
  dockerfileRuntimeInstall,
  trialReadOnlyRoot,
  trialLogs,
  trialState,
  bindAddress,
  defaultBind,
  nextHostname,
  nginxListen,
  staticAddress,
  hostAliases,
  serves,
  probes,
  probeTargets,
  manifestBindAddress,
  dockerfileBindAddress,
  dockerfileDefaultBind,
  dockerfileNextHostname,
  dockerfileHealthcheck,
  dockerfilePorts,
  trialListen,
  trialHealth,
  trialStaticAddress,
  layersRead,
  noSecrets,
  noEnvironmentConfig,
  noBuildArguments,
  literalSecrets,
  injectedConfig,
  stopSignal,
  termination,
  lifecycleHooks,
  replicasAndClaims,
  shellFormRule,
  signalForwarding,
  singleProcess,
  developmentMode,
  leftovers,
  resources,
  manifestDevelopmentMode,
  dockerfileSecrets,
  dockerfileEnvironmentConfig,
  dockerfileBuildArguments,
  dockerfileContext,
  dockerfileStopSignal,
  dockerfileShellForm,
  dockerfileSignalForwarding,
  dockerfileSingleProcess,
  dockerfileDevelopmentMode,
  trialEnvironment,
  trialStop,
  trialRestart,
  trialReplica,
  dockerfileUpgrade,
  minimalBase,
  noBuildTools,
  dockerfileBase,
  dockerfileBuildTools,
  immutableTag,
  pullPolicy,
  dockerfileBaseTag,
  builder,
  dockerfileStages,
  dockerfileSyntax,
];
