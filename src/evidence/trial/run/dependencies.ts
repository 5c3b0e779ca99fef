import { InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { OpenImage } from "../../../image/source/open-image.ts";
import { type GivenSecret, telling } from "../../../secrets/trial.ts";
import { parseQuantity } from "../../../trial/quantity.ts";
import { STANDARD_MOUNT_POINTS } from "../../../trial/rootfs/mount-points.ts";
import { unpackLayers } from "../../../trial/rootfs/unpack-layers.ts";
import type { IdShift } from "../../../trial/rootfs/user-namespace-ids.ts";
import type { FakeDependency, ServedDependency } from "../../../trial/trial-options.ts";
import { NO_CONFIG } from "../namespace-objects.ts";
import { exposedPorts } from "../probes.ts";
import { accountOf, trialProcess } from "../process.ts";
import type { DependencySettings, GivenDependency, TrialSettings } from "../settings.ts";
import { assertDirectory } from "./prepare.ts";

/** Dependencies of a pod's trial, ready to be started. */
export interface PreparedDependencies {
  readonly options: readonly (FakeDependency | ServedDependency)[];
  /** Secret values given to the dependencies. */
  readonly secrets: readonly GivenSecret[];
}

/** Seconds until a dependency must be ready, longer than any database takes to initialise. */
const READY_SECONDS = 60;

/**
 * Dependencies in the settings of a pod's containers, by name. They are in the pod's network, so all its
 * containers reach them. Ports of dependencies without an image are merged.
 *
 * @throws InvalidInputError `trial-dependency` if one name has two images, or there are too many
 */
export function dependenciesOf(settings: readonly TrialSettings[]): readonly DependencySettings[] {
  const named = new Map<string, DependencySettings>();
  for (const one of settings.flatMap(({ dependencies = [] }) => dependencies)) {
    const name = one.name.toLowerCase();
    const known = named.get(name);
    named.set(name, known === undefined ? one : joined(known, one));
  }
  const all = [...named.values()];
  if (all.filter(({ image }) => image !== undefined).length > LIMITS.trialDependencies) throw tooMany();
  return all;
}

function joined(one: DependencySettings, other: DependencySettings): DependencySettings {
  if (one.image === undefined && other.image === undefined) {
    return { ...one, ports: [...new Set([...(one.ports ?? []), ...(other.ports ?? [])])] };
  }
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  throw refused(one.name, {
    fr: "ce nom est donné à deux dépendances différentes dans trial.dependencies (douane.yaml) ; n'en garder qu'une",
    en: "this name is given to two different dependencies in trial.dependencies (douane.yaml); keep one of them",
  });
}

/** Services needed to prepare a dependency's image. */
export interface DependencyDeps {
  /** Folder of unpacked layers. */
  readonly directory: string;
  readonly ids: IdShift;
  readonly signal: AbortSignal;
}

/** A dependency that can be started, any number of times. */
export interface PreparedDependency {
  readonly options: ServedDependency;
  readonly secrets: readonly GivenSecret[];
  release(): Promise<void>;
}

/**
 * Unpacks a dependency's image and resolves its start. As in engines, it runs under its own user, including
 * root.
 *
 * @throws InvalidInputError `trial-dependency`, `trial-start`, `trial-user`, `trial-directory`; as
 * unpackLayers() does
 */
export async function prepareDependency(
  image: OpenImage,
  settings: GivenDependency & { readonly image: string },
  { directory, ids, signal }: DependencyDeps,
): Promise<PreparedDependency> {
  const config = image.config.config ?? {};
  const { name, env = {}, command, args, ready = {} } = settings;
  const ports = settings.ports ?? exposedPorts(Object.keys(config.ExposedPorts ?? {}));
  if (ports.length === 0) throw refused(name, portless(settings.image));
  const spec = {
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
  };
  const sources = {
    spec,
    workload: undefined,
    config: NO_CONFIG,
    settings: { env },
    hostname: name,
    // The kubelet's variables are left out: some images configure themselves differently in a cluster.
    services: new Map<string, string>(),
  };
  const { secrets, ...start } = trialProcess(config, sources, () => {});
  const unpacked = await unpackLayers(image, {
    directory,
    mountPoints: [
      ...STANDARD_MOUNT_POINTS,
      ...(start.cwd.startsWith("/") ? [{ path: start.cwd, type: "directory" } as const] : []),
    ],
    shift: ids,
    signal,
  });
  try {
    assertDirectory(unpacked, start);
    const user = accountOf(config, unpacked);
    const outside = [user.uid, user.gid, ...user.additionalGids].find((id) => id >= ids.count);
    if (outside !== undefined) throw refused(name, unmapped(outside, ids));
    const memory = parseQuantity(settings.memory ?? "");
    return {
      options: {
        name: name.toLowerCase(),
        ports,
        image: settings.image,
        imageId: image.imageId,
        layers: unpacked.layers,
        mountOptions: unpacked.mountOptions,
        ids,
        scratch: unpacked.scratch,
        start: { ...start, user },
        limits: memory === undefined ? {} : { memoryBytes: Math.floor(memory) },
        readiness: {
          ...(ready.exec === undefined ? {} : { exec: ready.exec }),
          ...(settings.ports === undefined ? { hint: true } : {}),
          timeoutMs: Math.round((ready.timeout ?? READY_SECONDS) * 1_000),
        },
        ...(settings.confidential === true ? { confidential: true } : {}),
      },
      secrets: [...secrets, ...secretsOf(settings)],
      release: () => unpacked.release(),
    };
  } catch (error) {
    await unpacked.release();
    throw error;
  }
}

/**
 * Values of a dependency's settings to mask, including values inside a command, a probe or a longer value.
 */
export function secretsOf({ env = {}, secrets = [] }: GivenDependency): readonly GivenSecret[] {
  return telling([...Object.entries(env), ...secrets]);
}

function portless(image: string): Text {
  return {
    fr: `l'image ${quoted(image)} ne documente aucun port TCP (EXPOSE) ; donner les siens : « ports: [5432] »`,
    en: `the image ${quoted(image)} documents no TCP port (EXPOSE); give its ports: \`ports: [5432]\``,
  };
}

function unmapped(id: number, { count }: IdShift): Text {
  return {
    fr: `son image tourne sous l'identifiant ${id}, et l'essai n'en a que ${count} à lui donner`,
    en: `its image runs under the id ${id}, and the trial has only ${count} of them to give`,
  };
}

function tooMany(): InvalidInputError {
  const most = LIMITS.trialDependencies;
  return new InvalidInputError("trial-dependency", {
    fr: `l'essai n'a pas eu lieu : plus de ${most} images dans trial.dependencies (borne trialDependencies).`,
    en: `the trial did not take place: more than ${most} images in trial.dependencies (bound trialDependencies).`,
  });
}

function refused(name: string, { fr, en }: Text): InvalidInputError {
  return new InvalidInputError("trial-dependency", {
    fr: `l'essai n'a pas eu lieu : dépendance ${quoted(name)} : ${fr}.`,
    en: `the trial did not take place: dependency ${quoted(name)}: ${en}.`,
  });
}
