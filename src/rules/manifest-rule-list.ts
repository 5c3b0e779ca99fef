import type { AnyRule } from "../contract/rule.ts";
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
import { otherNamespaces } from "./manifest/1.1-other-namespaces.ts";
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
import { readinessGates } from "./manifest/1.3-readiness-gates.ts";
import { serves } from "./manifest/1.3-serves.ts";
import { serviceAddresses } from "./manifest/1.3-service-addresses.ts";
import { servicePorts } from "./manifest/1.3-service-ports.ts";
import { disruptions } from "./manifest/1.4-disruptions.ts";
import { injectedConfig } from "./manifest/1.4-injected-config.ts";
import { lifecycleHooks } from "./manifest/1.4-lifecycle-hooks.ts";
import { literalSecrets } from "./manifest/1.4-literal-secrets.ts";
import { replicasAndClaims } from "./manifest/1.4-replicas-and-claims.ts";
import { resources } from "./manifest/1.4-resources.ts";
import { restarts } from "./manifest/1.4-restarts.ts";
import { schedulingGates } from "./manifest/1.4-scheduling-gates.ts";
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
import { pullPolicy } from "./reference/3.2-pull-policy.ts";
import { nodePlatform } from "./start/1.1-node-platform.ts";

/** Rules that need a manifest, in the contract's order. */
export const MANIFEST_RULES: readonly AnyRule[] = [
  nodePlatform,
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
  otherNamespaces,
  runtimeAnnotations,
  networkAttachments,
  namespaceEnforcement,
  restrictedExemptions,
  apiExtensions,
  controllerSnippets,
  serviceAccountRights,
  privilegeEscalation,
  capabilities,
  seccomp,
  manifestPrivilegeTools,
  readOnlyRootFilesystem,
  manifestLogDestination,
  manifestWritableRoot,
  hostAliases,
  serviceAddresses,
  servicePorts,
  serves,
  probes,
  probeTargets,
  probeTiming,
  readinessGates,
  manifestBindAddress,
  literalSecrets,
  injectedConfig,
  termination,
  restarts,
  disruptions,
  schedulingGates,
  sessionAffinity,
  lifecycleHooks,
  replicasAndClaims,
  resources,
  manifestStopSignal,
  manifestDevelopmentMode,
  pullPolicy,
];
