import { InvalidInputError } from "../../../contract/error.ts";
import type { ImageFacts } from "../../../contract/image-facts.ts";
import type { ImageTree } from "../../../contract/image-tree.ts";
import { containerName, type RawPlacement } from "../../../contract/pod-containers.ts";
import { quoted } from "../../../contract/shown.ts";
import type { ImageConfig } from "../../../image/documents/config.ts";
import type { OpenImage } from "../../../image/source/open-image.ts";
import { type GivenSecret, telling } from "../../../secrets/trial.ts";
import type { ContainerProcess } from "../../../start/container-process.ts";
import { type ServiceFacts, serviceVariables } from "../../../start/service-variables.ts";
import { terminationMessagePath } from "../../../start/termination-message.ts";
import { addedCapabilities } from "../../../trial/oci/capabilities.ts";
import type { ContainerRole, TrialWaits } from "../../../trial/plan/plan.ts";
import { leadsThroughKernel } from "../../../trial/rootfs/kernel-paths.ts";
import { type MountPoint, STANDARD_MOUNT_POINTS } from "../../../trial/rootfs/mount-points.ts";
import { type UnpackedLayers, unpackLayers } from "../../../trial/rootfs/unpack-layers.ts";
import type { ContainerOptions, OwnService, PodNames, TrialMount } from "../../../trial/trial-options.ts";
import { type CalledPort, undeclaredPorts } from "../called-ports.ts";
import { headerSecrets } from "../declared-headers.ts";
import { directPorts } from "../direct-ports.ts";
import { exchangePlan } from "../exchange-plan.ts";
import { trialHooks } from "../hooks.ts";
import { imageTree } from "../image-tree.ts";
import { ingressHosts } from "../ingress-hosts.ts";
import type { UnmetInput } from "../injected.ts";
import { boundSettings, lifetimeOf, limitsOf } from "../inputs/bound-settings.ts";
import { ipFamily } from "../ip-family.ts";
import { injectedMounts } from "../mounts.ts";
import type { NamespaceObjects } from "../namespace-objects.ts";
import { ownServices } from "../own-services.ts";
import type { PlacedContainer } from "../placed-container.ts";
import { indexVariables } from "../pod-name.ts";
import { podNames } from "../pod-names.ts";
import { trialPorts, trialProbes } from "../probes.ts";
import { trialProcess, trialUser } from "../process.ts";
import { withServiceAccount } from "../service-account.ts";
import type { TrialSettings } from "../settings.ts";
import { withArgs } from "../subject.ts";
import { trialSysctls } from "../sysctls.ts";

/** A container to try: its opened image, and its place in a manifest, if any. */
export interface ContainerOnTrial {
  readonly image: OpenImage;
  /** Facts of the image. */
  readonly facts: ImageFacts;
  readonly placed?: PlacedContainer;
  readonly objects: NamespaceObjects;
  readonly settings: TrialSettings;
  /** Host name of the pod: see hostnameOf(). */
  readonly hostname: string;
}

export interface PreparationDeps {
  /** Folder of unpacked layers. */
  readonly directory: string;
  /** Called for inputs that a cluster would provide and the trial lacks. */
  readonly onUnmetInput: UnmetInput;
  readonly signal: AbortSignal;
}

/** Container whose layers are unpacked, so that its image is no longer needed. */
export interface PreparedContainer {
  readonly options: Omit<ContainerOptions, "mask" | "onEvent">;
  /** File tree of the image. */
  readonly tree: ImageTree;
  readonly hostname: string;
  readonly sysctls: Readonly<Record<string, string>>;
  /** Names of the pod besides its host name. */
  readonly names: Omit<PodNames, "hostname">;
  readonly sharesProcesses: boolean;
  /**
   * Services whose variables the container gets; a Service named like a dependency has the dependency's
   * address.
   */
  readonly services: readonly ServiceFacts[];
  /** Services of the namespace, whose names the container may call. */
  readonly namedServices: readonly ServiceFacts[];
  /** Services that choose the container's own pod. */
  readonly ownServices: readonly OwnService[];
  readonly settings: TrialSettings;
  /** Secret values given to the container, to be masked in the output of every container of the pod. */
  readonly secrets: readonly GivenSecret[];
  /** Removes files unpacked for this container only. */
  release(): Promise<void>;
}

/** Longest wait for a server to become ready. */
const LONGEST_READY_MS = 5 * 60_000;
/** Name of a container without a manifest. */
const ALONE = "app";

/**
 * Unpacks a container's image and resolves its start.
 *
 * @throws InvalidInputError `trial-start`; `trial-user` if no process can start as the user; `trial-root`,
 * `trial-directory`, `trial-mount`; as unpackLayers()
 */
export async function prepareContainer(
  container: ContainerOnTrial,
  { directory, onUnmetInput, signal }: PreparationDeps,
): Promise<PreparedContainer> {
  const { image, facts, placed, objects, hostname } = container;
  const { config } = objects;
  const imageConfig = image.config.config ?? {};
  const { settings, subject } = boundSettings(container);
  const spec = withArgs(placed?.placement.spec, settings);
  const sources = { spec: spec ?? {}, workload: placed?.workload, config, settings, hostname };
  const linked = placed?.workload.pod.spec.enableServiceLinks === false ? [] : objects.services;
  const indexes = placed === undefined ? [] : indexVariables(placed.workload);
  const { secrets: given, ...start } = trialProcess(
    imageConfig,
    { ...sources, services: new Map([...serviceVariables(linked), ...indexes]) },
    onUnmetInput,
  );
  const injected = injectedMounts({ ...sources, spec: placed?.placement.spec }, onUnmetInput);
  const message = { kind: "message", path: terminationMessagePath(placed?.placement.spec ?? {}) } as const;
  const mounts = [...withServiceAccount(injected.mounts, placed?.workload, objects), message];
  const unpacked = await unpackLayers(image, {
    directory,
    mountPoints: mountPoints(mounts, start.cwd),
    signal,
  });
  try {
    assertDirectory(unpacked, start);
    assertMounts(unpacked, mounts);
    const user = trialUser(imageConfig, unpacked, {
      pod: placed?.workload.pod.spec.securityContext,
      container: spec?.securityContext,
    });
    return {
      options: {
        name: placed === undefined ? ALONE : containerName(placed.masked),
        role: roleOf(placed?.placement),
        subject,
        layers: unpacked.layers,
        rootIsReadOnly: spec?.securityContext?.readOnlyRootFilesystem === true,
        mountOptions: unpacked.mountOptions,
        start: {
          ...start,
          user,
          capabilities: addedCapabilities(spec?.securityContext),
        },
        mounts,
        lifetime: lifetimeOf(placed?.workload, placed?.placement) ?? settings.lifetime ?? "server",
        ...trialPorts(placed?.placement.spec, settings, facts.config.exposedPorts, calledPorts(container)),
        probes: trialProbes(spec, settings),
        hooks: trialHooks(spec),
        ...directPortsOf(container),
        ...hostsOf(container),
        ipFamily: ipFamily(objects.services, placed?.workload.pod.labels ?? {}),
        ...(settings.warmUp === undefined ? {} : { warmUp: settings.warmUp }),
        exchanges: (settings.requests ?? []).map(exchangePlan),
        limits: limitsOf(placed, settings),
        stopSignal: spec?.lifecycle?.stopSignal ?? facts.config.stopSignal ?? "SIGTERM",
        waits: waitsOf(placed, settings),
        ...(settings.replica === undefined ? {} : { replica: settings.replica }),
      },
      tree: imageTree(unpacked.rootFs, user.uid),
      hostname,
      sysctls: trialSysctls(placed?.workload.pod.spec.securityContext, onUnmetInput),
      names: placed === undefined ? {} : podNames(placed.workload),
      sharesProcesses: placed?.workload.pod.spec.shareProcessNamespace === true,
      services: linked,
      namedServices: objects.services,
      ownServices: placed === undefined ? [] : ownServices(objects, placed.workload),
      settings,
      secrets: [...given, ...injected.secrets, ...hidden(container, imageConfig)],
      release: () => unpacked.release(),
    };
  } catch (error) {
    await unpacked.release();
    throw error;
  }
}

function calledPorts({ placed, objects }: ContainerOnTrial): readonly CalledPort[] {
  if (placed === undefined) return [];
  return undeclaredPorts(objects.services, placed.workload, placed.placement.spec.name);
}

function directPortsOf({ placed, objects }: ContainerOnTrial): Pick<ContainerOptions, "directPorts"> {
  const ports = placed === undefined ? [] : directPorts(objects, placed.workload.pod);
  return ports.length === 0 ? {} : { directPorts: ports };
}

function hostsOf({ placed, objects }: ContainerOnTrial): Pick<ContainerOptions, "hosts"> {
  const hosts = placed === undefined ? [] : ingressHosts(objects, placed.workload);
  return hosts.length === 0 ? {} : { hosts };
}

/** Role of a container; ephemeral containers are not tried. */
function roleOf(placement: RawPlacement | undefined): ContainerRole {
  return placement?.role === "init" || placement?.role === "sidecar" ? placement.role : "app";
}

const FILES: ReadonlySet<TrialMount["kind"]> = new Set(["file", "message"]);

/** Mount points that the runtime would create, which would look like writes of the application. */
function mountPoints(mounts: readonly TrialMount[], cwd: string): readonly MountPoint[] {
  return [
    ...STANDARD_MOUNT_POINTS,
    ...mounts.map(({ path, kind }) => ({ path, type: FILES.has(kind) ? "file" : "directory" }) as const),
    ...(cwd.startsWith("/") ? [{ path: cwd, type: "directory" } as const] : []),
  ];
}

/**
 * Refuses working directories that lead into /proc or /sys: a runtime that starts a program there may expose
 * a directory of the host (CVE-2024-21626).
 */
export function assertDirectory(
  { rootFs }: Pick<UnpackedLayers, "rootFs">,
  { cwd }: Pick<ContainerProcess, "cwd">,
): void {
  if (!leadsThroughKernel(rootFs, cwd)) return;
  throw new InvalidInputError("trial-directory", {
    fr: `l'essai n'a pas eu lieu : le répertoire de travail ${quoted(cwd)} mène dans /proc ou /sys, par où une image peut sortir de son conteneur.`,
    en: `the trial did not take place: the working directory ${quoted(cwd)} leads into /proc or /sys, where an image may break out of its container.`,
  });
}

/**
 * Refuses mounts at paths that an init container could replace by links, through which the runtime would
 * mount over its devices.
 */
function assertMounts({ rootFs }: UnpackedLayers, mounts: readonly TrialMount[]): void {
  const message = mounts.find(({ kind }) => kind === "message");
  if (message !== undefined && (message.path === "/" || leadsThroughKernel(rootFs, message.path))) {
    throw noMessage(message.path);
  }
  const refused = mounts.find(
    ({ path, kind }) =>
      kind !== "message" && path !== "/dev/shm" && leadsThroughKernel(rootFs, path, ["/dev"]),
  );
  if (refused === undefined) return;
  throw new InvalidInputError("trial-mount", {
    fr: `l'essai n'a pas eu lieu : le volume monté sur ${quoted(refused.path)} prendrait la place de périphériques dans /dev ; seul /dev/shm peut y être monté.`,
    en: `the trial did not take place: the volume mounted at ${quoted(refused.path)} would take the place of devices in /dev; only /dev/shm can be mounted there.`,
  });
}

/** Error for a terminationMessagePath with which the runtime starts no container, in a cluster either. */
function noMessage(path: string): InvalidInputError {
  return new InvalidInputError("trial-mount", {
    fr: `l'essai n'a pas eu lieu : aucun fichier ne peut être monté sur le terminationMessagePath ${quoted(path)}. Laisser la valeur par défaut, /dev/termination-log.`,
    en: `the trial did not take place: no file can be mounted at the terminationMessagePath ${quoted(path)}. Leave it at its default, /dev/termination-log.`,
  });
}

function waitsOf(placed: PlacedContainer | undefined, settings: TrialSettings): Partial<TrialWaits> {
  const grace = settings.grace ?? placed?.workload.pod.spec.terminationGracePeriodSeconds;
  const ready = settings.readyTimeout ?? patience(placed?.placement);
  return {
    ...(ready === undefined ? {} : { readyMs: Math.round(ready * 1_000) }),
    ...(settings.settle === undefined ? {} : { settleMs: Math.round(settings.settle * 1_000) }),
    ...(grace === undefined ? {} : { graceMs: Math.round(Math.max(0, grace) * 1_000) }),
  };
}

/** Seconds that the kubelet would wait for a slow start. */
function patience(placement: RawPlacement | undefined): number | undefined {
  const probe = placement?.spec.startupProbe;
  if (probe === undefined) return undefined;
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = probe;
  const seconds = initialDelaySeconds + periodSeconds * failureThreshold;
  return Math.min(Math.max(seconds, 30), LONGEST_READY_MS / 1_000);
}

/** Values masked in evidence: of image, manifest and settings. */
function hidden(
  { facts, placed, settings }: ContainerOnTrial,
  imageConfig: ImageConfig,
): readonly GivenSecret[] {
  const ofImage = (imageConfig.Env ?? []).filter((entry, index) => facts.config.env[index] !== entry);
  const own = placed?.placement.spec.env ?? [];
  const ofManifest = own.filter(({ value }, index) => placed?.masked.spec.env?.[index]?.value !== value);
  return [
    ...ofImage.map(
      (entry): GivenSecret => [entry.split("=", 1)[0] ?? "", entry.slice(entry.indexOf("=") + 1)],
    ),
    ...ofManifest.map(({ name = "", value = "" }): GivenSecret => [name, value]),
    ...headerSecrets(placed?.placement.spec, placed?.masked.spec),
    ...telling([...Object.entries(settings.env ?? {}), ...Object.entries(settings.files ?? {})]),
  ];
}
