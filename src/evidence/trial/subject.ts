import type { ImageFacts } from "../../contract/image-facts.ts";
import type { ContainerFacts, PodSecurityContextFacts } from "../../contract/pod-facts.ts";
import type { TrialSubject, TrialUser } from "../../contract/trial-facts.ts";
import { containerOverride, containerStart } from "../../start/container-start.ts";
import { addedCapabilities } from "../../trial/oci/capabilities.ts";
import { wantedUser } from "../../trial/user/resolve-user.ts";
import type { ConfigLookup } from "./config-lookup.ts";
import { mountPaths } from "./mounts.ts";
import type { TrialSettings } from "./settings.ts";

/** Set by kubelet or containerd in every container. */
const ALWAYS = ["HOSTNAME", "PATH"];

export interface SubjectSources {
  /** As evidence holds them, secrets masked: binding takes no more. */
  readonly image: Pick<ImageFacts, "imageId" | "platform" | "config">;
  readonly spec: ContainerFacts | undefined;
  /** The pod's. */
  readonly securityContext: PodSecurityContextFacts | undefined;
  readonly settings: TrialSettings;
  readonly config: ConfigLookup;
}

/** What the trial of a container is bound to. */
export function trialSubject(sources: SubjectSources): TrialSubject {
  const { image, spec, settings, config } = sources;
  const start = containerStart(image.config, overrideOf(spec, settings));
  const names = [
    ...ALWAYS,
    ...image.config.env.map((entry) => entry.split("=", 1)[0] ?? ""),
    ...(spec?.env ?? []).map(({ name = "" }) => name),
    ...sourcesOf(spec, config).flatMap(({ names: own }) => own ?? []),
    ...Object.keys(settings.env ?? {}),
  ];
  return {
    imageId: image.imageId,
    platform: image.platform,
    argv: [...start.entrypoint, ...start.cmd],
    cwd: start.workingDir || "/",
    user: userOf(sources),
    capabilities: addedCapabilities(spec?.securityContext),
    envNames: [...new Set(names.filter((name) => name !== ""))].toSorted(),
    mounts: mountPaths(spec, settings),
  };
}

function userOf({ image, spec, securityContext: pod }: SubjectSources): TrialUser {
  const container = spec?.securityContext;
  const of = { ...(pod === undefined ? {} : { pod }), ...(container === undefined ? {} : { container }) };
  const runAsGroup = container?.runAsGroup ?? pod?.runAsGroup;
  return {
    runAs: `${wantedUser({ imageUser: image.config.user, ...of })}`,
    ...(runAsGroup === undefined ? {} : { runAsGroup }),
    ...(pod?.fsGroup === undefined ? {} : { fsGroup: pod.fsGroup }),
    supplementalGroups: [...new Set(pod?.supplementalGroups)].toSorted((a, b) => a - b),
  };
}

/** Whether the manifest injects variables whose names are not at hand: a trial may have had more of them. */
export function hasUnknownNames({ spec, config }: Pick<SubjectSources, "spec" | "config">): boolean {
  return sourcesOf(spec, config).some(({ names }) => names === undefined);
}

/** Arguments of the settings stand in for those that no manifest gives. */
export function withArgs(
  spec: ContainerFacts | undefined,
  settings: TrialSettings,
): ContainerFacts | undefined {
  const says = (spec?.command?.length ?? 0) + (spec?.args?.length ?? 0) > 0;
  return settings.args === undefined || says ? spec : { ...spec, args: settings.args };
}

function overrideOf(spec: ContainerFacts | undefined, settings: TrialSettings) {
  return containerOverride(withArgs(spec, settings) ?? {});
}

function sourcesOf(
  spec: ContainerFacts | undefined,
  config: ConfigLookup,
): readonly { readonly names: readonly string[] | undefined }[] {
  return (spec?.envFrom ?? []).map(({ prefix = "", configMapRef, secretRef }) => {
    const kind = secretRef === undefined ? "ConfigMap" : "Secret";
    const object = config(kind, (secretRef ?? configMapRef)?.name ?? "");
    const names =
      object === undefined ? undefined : [...object.values().keys()].map((key) => `${prefix}${key}`);
    return { names };
  });
}
