import type { RuleId } from "../contract/rows.ts";
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
  dockerfileStopSignal,
} from "./dockerfile/declared-rules.ts";
import { setuid } from "./image/1.1-setuid.ts";
import { logFiles } from "./image/1.2-log-files.ts";
import { noDatabases } from "./image/1.2-no-databases.ts";
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
import { admissionMutations } from "./manifest/1.1-admission-mutations.ts";
import { apiExtensions } from "./manifest/1.1-api-extensions.ts";
import { appArmor } from "./manifest/1.1-apparmor.ts";
import { capabilities } from "./manifest/1.1-capabilities.ts";
import { controllerSnippets } from "./manifest/1.1-controller-snippets.ts";
import { deviceAdminAccess } from "./manifest/1.1-device-admin-access.ts";
import { devices } from "./manifest/1.1-devices.ts";
import { hostNamespaces } from "./manifest/1.1-host-namespaces.ts";
import { hostPorts } from "./manifest/1.1-host-ports.ts";
import { hostProbes } from "./manifest/1.1-host-probes.ts";
import { imageMarks } from "./manifest/1.1-image-marks.ts";
import { injection } from "./manifest/1.1-injection.ts";
import { namespaceEnforcement } from "./manifest/1.1-namespace-enforcement.ts";
import { networkAttachments } from "./manifest/1.1-network-attachments.ts";
import { podOverlays } from "./manifest/1.1-pod-overlays.ts";
import { privilegeEscalation } from "./manifest/1.1-privilege-escalation.ts";
import { privileged } from "./manifest/1.1-privileged.ts";
import { procMount } from "./manifest/1.1-proc-mount.ts";
import { restrictedExemptions } from "./manifest/1.1-restricted-exemptions.ts";
import { runAsNonRoot } from "./manifest/1.1-run-as-non-root.ts";
import { runAsUser } from "./manifest/1.1-run-as-user.ts";
import { runtimeAnnotations } from "./manifest/1.1-runtime-annotations.ts";
import { seccomp } from "./manifest/1.1-seccomp.ts";
import { seLinux } from "./manifest/1.1-selinux.ts";
import { serviceAccountRights } from "./manifest/1.1-service-account-rights.ts";
import { sysctls } from "./manifest/1.1-sysctls.ts";
import { validManifest } from "./manifest/1.1-valid-manifest.ts";
import { volumeTypes } from "./manifest/1.1-volume-types.ts";
import { windowsHostProcess } from "./manifest/1.1-windows-host-process.ts";
import { readOnlyRootFilesystem } from "./manifest/1.2-read-only-root-filesystem.ts";
import { hostAliases } from "./manifest/1.3-host-aliases.ts";
import { probeTargets } from "./manifest/1.3-probe-targets.ts";
import { probeTiming } from "./manifest/1.3-probe-timing.ts";
import { probes } from "./manifest/1.3-probes.ts";
import { serves } from "./manifest/1.3-serves.ts";
import { serviceAddresses } from "./manifest/1.3-service-addresses.ts";
import { servicePorts } from "./manifest/1.3-service-ports.ts";
import { injectedConfig } from "./manifest/1.4-injected-config.ts";
import { lifecycleHooks } from "./manifest/1.4-lifecycle-hooks.ts";
import { literalSecrets } from "./manifest/1.4-literal-secrets.ts";
import { replicasAndClaims } from "./manifest/1.4-replicas-and-claims.ts";
import { resources } from "./manifest/1.4-resources.ts";
import { restarts } from "./manifest/1.4-restarts.ts";
import { sessionAffinity } from "./manifest/1.4-session-affinity.ts";
import { termination } from "./manifest/1.4-termination.ts";
import {
  manifestBindAddress,
  manifestDevelopmentMode,
  manifestLogDestination,
  manifestPrivilegeTools,
  manifestStopSignal,
  manifestWritableRoot,
} from "./manifest/manifest-rules.ts";
import { immutableTag } from "./reference/3.2-immutable-tag.ts";
import { pullPolicy } from "./reference/3.2-pull-policy.ts";
import { fileCapabilities } from "./start/1.1-file-capabilities.ts";
import { imageUser } from "./start/1.1-image-user.ts";
import { nodePlatform } from "./start/1.1-node-platform.ts";
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
import { stopSignal } from "./start/1.4-stop-signal.ts";
import { embeddedSbom } from "./supply-chain/2.2-embedded-sbom.ts";
import { noCriticalVulnerabilities } from "./supply-chain/2.2-no-critical-vulnerabilities.ts";
import { packagesRead } from "./supply-chain/2.2-packages-read.ts";
import { sbomCoverage } from "./supply-chain/2.2-sbom-coverage.ts";
import { trialSeccomp } from "./trial/1.1-trial-seccomp.ts";
import { trialLogs } from "./trial/1.2-trial-logs.ts";
import { trialReadOnlyRoot } from "./trial/1.2-trial-read-only-root.ts";
import { trialState } from "./trial/1.2-trial-state.ts";
import { trialHealth } from "./trial/1.3-trial-health.ts";
import { trialListen } from "./trial/1.3-trial-listen.ts";
import { trialStaticAddress } from "./trial/1.3-trial-static-address.ts";
import { trialEnvironment } from "./trial/1.4-trial-environment.ts";
import { trialReplica } from "./trial/1.4-trial-replica.ts";
import { trialRestart } from "./trial/1.4-trial-restart.ts";
import { trialStop } from "./trial/1.4-trial-stop.ts";
import { acrossTrials } from "./trial/across-trials.ts";
import { asDeployed } from "./trial/as-deployed.ts";

const ALL: readonly AnyRule[] = [
  imageUser,
  privilegeTools,
  fileCapabilities,
  nodePlatform,
  otherPlatforms,
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
  validManifest,
  admissionMutations,
  injection,
  podOverlays,
  imageMarks,
  devices,
  deviceAdminAccess,
  runtimeAnnotations,
  networkAttachments,
  namespaceEnforcement,
  restrictedExemptions,
  apiExtensions,
  controllerSnippets,
  serviceAccountRights,
  privilegeEscalation,
  capabilities,
  setuid,
  seccomp,
  manifestPrivilegeTools,
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
  servedFile,
  manifestLogDestination,
  manifestWritableRoot,
  dockerfileLogDestination,
  dockerfileVolume,
  dockerfileDatabases,
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
  serviceAddresses,
  servicePorts,
  serves,
  probes,
  probeTargets,
  probeTiming,
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
  environmentAddresses,
  servedEnvironments,
  literalSecrets,
  injectedConfig,
  stopSignal,
  termination,
  restarts,
  sessionAffinity,
  lifecycleHooks,
  replicasAndClaims,
  shellFormRule,
  signalForwarding,
  singleProcess,
  developmentMode,
  leftovers,
  resources,
  manifestStopSignal,
  manifestDevelopmentMode,
  dockerfileSecrets,
  dockerfileSecretArguments,
  dockerfileCredentialFiles,
  dockerfileEnvironmentConfig,
  dockerfileEnvironmentAddresses,
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
  embeddedSbom,
  sbomCoverage,
  packagesRead,
  noCriticalVulnerabilities,
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

/** Every rule, in the contract's order. A test compares this list with the folder. */
export const RULES: readonly AnyRule[] = ALL.map((rule) => acrossTrials(asDeployed(rule)));

/** Rule with this id. @throws Error if there is none */
export function ruleOf(id: RuleId): AnyRule {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}
