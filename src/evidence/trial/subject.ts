import type { ImageFacts } from "../../contract/image-facts.ts";
import type { ContainerFacts, PodSecurityContextFacts } from "../../contract/pod-facts.ts";
import type { TrialSubject } from "../../contract/trial-subject.ts";
import { maskCommand } from "../../secrets/command-secrets.ts";
import { requestedUser } from "../../start/container-user.ts";
import { containerOverride, containerStart } from "../../start/entrypoint-and-command.ts";
import { joinedEnvironment, nameOf } from "../../start/joined-environment.ts";
import { manifestEnvironment, reference, UNKNOWN_SOURCES } from "../../start/manifest-environment.ts";
import { addedCapabilities } from "../../trial/oci/capabilities.ts";
import { mountPaths } from "./mounts.ts";
import type { ConfigLookup } from "./namespace-objects.ts";
import type { TrialSettings } from "./settings.ts";

/** Variables that kubelet or containerd set in every container. */
const RUNTIME = ["HOSTNAME=", "PATH="];

export interface SubjectSources {
  /** Image facts with secrets masked, as in evidence. */
  readonly image: Pick<ImageFacts, "imageId" | "platform" | "config">;
  readonly spec: ContainerFacts | undefined;
  /** Security context of the pod. */
  readonly securityContext: PodSecurityContextFacts | undefined;
  /**
   * Settings of an image without a manifest; with a manifest, they only replace declarations that are
   * unavailable.
   */
  readonly settings: TrialSettings;
  readonly config: ConfigLookup;
}

/** Binding of a container's trial, except for the values of its inputs. */
export function trialSubject(sources: SubjectSources): TrialSubject {
  const { image, settings, config } = sources;
  // The arguments are masked like the manifest's own, since evidence contains them.
  const args = settings.args === undefined ? {} : { args: maskCommand(settings.args) };
  const spec = withArgs(sources.spec, { ...settings, ...args }) ?? {};
  const own = sources.spec === undefined ? namesOf(settings.env) : {};
  const variables = manifestEnvironment(spec, { ...UNKNOWN_SOURCES, settings: own });
  const start = containerStart(image.config, containerOverride(spec, variables));
  const names = [
    ...joinedEnvironment(RUNTIME, image.config.env, variables).map(nameOf),
    ...sourcesOf(spec, config).flatMap(({ names: own }) => own ?? []),
    ...(sources.spec === undefined ? [] : Object.keys(settings.env ?? {})),
  ];
  return {
    imageId: image.imageId,
    platform: image.platform,
    argv: [...start.entrypoint, ...start.cmd],
    cwd: start.workingDir || "/",
    user: requestedUser({
      imageUser: image.config.user,
      pod: sources.securityContext,
      container: spec.securityContext,
    }),
    capabilities: addedCapabilities(spec.securityContext),
    envNames: [...new Set(names.filter((name) => name !== ""))].toSorted(),
    mounts: mountPaths(sources.spec, settings),
  };
}

/**
 * Variable names as placeholders for their values: evidence must not contain a setting's value through a
 * command with `$(NAME)`.
 */
function namesOf(env: TrialSettings["env"] = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(env).map((name) => [name, reference(name)]));
}

/** Whether the manifest injects variables whose names are unavailable, so that a trial may have had more. */
export function hasUnknownNames({ spec, config }: Pick<SubjectSources, "spec" | "config">): boolean {
  return sourcesOf(spec, config).some(({ names }) => names === undefined);
}

/** The container with the settings' arguments, if the manifest has none. */
export function withArgs(
  spec: ContainerFacts | undefined,
  settings: TrialSettings,
): ContainerFacts | undefined {
  const says = (spec?.command?.length ?? 0) + (spec?.args?.length ?? 0) > 0;
  return settings.args === undefined || says ? spec : { ...spec, args: settings.args };
}

function sourcesOf(
  spec: ContainerFacts | undefined,
  config: ConfigLookup,
): readonly { readonly names: readonly string[] | undefined }[] {
  return (spec?.envFrom ?? []).map(({ prefix = "", configMapRef, secretRef }) => {
    const kind = secretRef === undefined ? "ConfigMap" : "Secret";
    const object = config(kind, (secretRef ?? configMapRef)?.name ?? "");
    const names =
      object === undefined ? undefined : [...object.variables().keys()].map((key) => `${prefix}${key}`);
    return { names };
  });
}
