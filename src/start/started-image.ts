import type { Collected } from "../contract/evidence.ts";
import type { Place } from "../contract/finding.ts";
import type { ProgramFacts } from "../contract/image-facts.ts";
import { containerName, type PlacementFacts } from "../contract/pod-containers.ts";
import type { Text } from "../contract/text.ts";
import { manifestPlace, type WorkloadFacts, workloadKey } from "../contract/workload-facts.ts";
import {
  type ContainerStart,
  containerOverride,
  containerStart,
  type StartOverride,
  startDirectory,
} from "./entrypoint-and-command.ts";
import { invalidField } from "./invalid-fields.ts";
import { invalidVariable } from "./invalid-variable.ts";
import { joinedEnvironment } from "./joined-environment.ts";
import { hasUnknownVariables, knownSources } from "./known-sources.ts";
import { type ManifestVariable, manifestEnvironment } from "./manifest-environment.ts";
import { writableMounts } from "./manifest-mounts.ts";
import type { StartableImage } from "./startable-image.ts";

/** Image as its container runs it: fields set by the manifest replace the config's. */
export interface StartedImage extends StartableImage {
  /** Parts of the start from the manifest; absent for an image alone. */
  readonly manifest?: ManifestStart;
}

/** Parts of a start that come from the manifest. */
export interface ManifestStart {
  readonly workload: WorkloadFacts;
  readonly placement: PlacementFacts;
  /** Parts of the config that separate fields of the manifest set. */
  readonly sets: ReadonlySet<"entrypoint" | "cmd" | "stopSignal">;
  readonly env: ReadonlyMap<string, ManifestVariable>;
  /** Whether the manifest adds variables, or overrides the image's, whose values only the cluster knows. */
  readonly envFrom: boolean;
  /** Directories that stay writable when the root file system is not. */
  readonly writable: readonly string[];
  readonly readOnlyRoot: boolean;
  /** Reason why the start is unknown: missing evidence, or an invalid manifest. */
  readonly unknown?: Text;
}

/** Evidence of one container, for rules that need its image. */
export interface StartEvidence extends Pick<Collected, "placement" | "workload"> {
  readonly image: StartableImage;
}

/** Result for the latest container, since many rules ask for the same container in turn. */
let latest: (Required<StartEvidence> & { readonly started: StartedImage }) | undefined;

/** The image as this container starts it; unchanged without a manifest. */
export function startedImage({ image, placement, workload }: StartEvidence): StartedImage {
  if (placement === undefined || workload === undefined) return image;
  if (latest?.image !== image || latest.placement !== placement || latest.workload !== workload) {
    latest = { image, placement, workload, started: startedBy(image, placement, workload) };
  }
  return latest.started;
}

function startedBy(image: StartableImage, placement: PlacementFacts, workload: WorkloadFacts): StartedImage {
  const { spec } = placement;
  const override = containerOverride(spec);
  const start = startIn(image, override);
  const program = programOf(image, start);
  const env = manifestEnvironment(spec, knownSources(workload));
  const user = spec.securityContext?.runAsUser ?? workload.pod.spec.securityContext?.runAsUser;
  const stopSignal = spec.lifecycle?.stopSignal;
  const unknown = invalidStart(workload, placement) ?? (program === undefined ? UNCOLLECTED : undefined);
  const { entrypoint, cmd, workingDir, path } = start;
  return {
    ...image,
    config: {
      ...image.config,
      entrypoint,
      cmd,
      workingDir,
      env: joinedEnvironment([], image.config.env, env),
      ...(user === undefined ? {} : { user: String(user) }),
      ...(stopSignal === undefined ? {} : { stopSignal }),
    },
    program: program ?? { argv: [...entrypoint, ...cmd], path, steps: [] },
    manifest: {
      workload,
      placement,
      sets: new Set([
        ...(override.command === undefined ? [] : (["entrypoint"] as const)),
        ...(override.args === undefined ? [] : (["cmd"] as const)),
        ...(stopSignal === undefined ? [] : (["stopSignal"] as const)),
      ]),
      env,
      envFrom: hasUnknownVariables(workload, spec),
      writable: writableMounts(workload, spec),
      readOnlyRoot: spec.securityContext?.readOnlyRootFilesystem === true,
      ...(unknown === undefined ? {} : { unknown }),
    },
  };
}

/** Place of a container's field in the manifest, with the workload and container. */
export function containerField(
  { workload, placement }: ManifestStart,
  field: string,
): Place & { readonly path: string; readonly holder: string } {
  const path = `${placement.path}.${field}`;
  const holder = `${workloadKey(workload)}/${containerName(placement)}`;
  return { ...manifestPlace(workload, path), path, holder };
}

/** Start of an image with a manifest's overrides; the image's PATH applies unless the manifest sets one. */
export function startIn(
  image: Pick<StartableImage, "config" | "program">,
  override: StartOverride,
): ContainerStart {
  return containerStart(image.config, { path: image.program.path, ...override });
}

/**
 * Program at the end of a command line: the image's own, or one collected for workloads; undefined if it was
 * not collected.
 */
export function programOf(
  image: Pick<StartableImage, "config" | "program" | "overridden">,
  start: ContainerStart,
): ProgramFacts | undefined {
  const argv = JSON.stringify([...start.entrypoint, ...start.cmd]);
  const own = { ...image.program, workingDir: image.config.workingDir };
  const directory = startDirectory(start.workingDir);
  return [own, ...(image.overridden ?? [])].find(
    (one) =>
      one.path === start.path &&
      startDirectory(one.workingDir) === directory &&
      JSON.stringify(one.argv) === argv,
  );
}

const UNCOLLECTED: Text = {
  fr: "les preuves ne disent pas où mène la commande que donne le manifeste : l'image a été lue sans lui",
  en: "the evidence does not tell where the manifest's command leads: the image was read without it",
};

function invalidStart(workload: WorkloadFacts, placement: PlacementFacts): Text | undefined {
  const fields = ["command", "args", "workingDir", "env", "envFrom"];
  return invalidField(workload, [placement.path], fields)?.problem ?? invalidVariable(placement);
}
