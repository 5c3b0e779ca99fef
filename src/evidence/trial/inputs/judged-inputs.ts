import type { Digest } from "../../../contract/image-facts.ts";
import { containerName } from "../../../contract/pod-containers.ts";
import type { RawTrial, Reservation } from "../../../contract/trial-facts.ts";
import type { ConfigLookup, NamespaceObjects } from "../namespace-objects.ts";
import { limitsOf } from "./bound-settings.ts";
import { clusterNames } from "./cluster-names.ts";
import type { JudgedInputs } from "./compare-inputs.ts";
import type { Neighbour } from "./compare-neighbours.ts";
import type { DeclaredInputs, InputPlace, InputSources } from "./declared-input.ts";
import { declaredInputs } from "./declared-inputs.ts";
import { neighboursOf } from "./declared-neighbours.ts";
import { missingInputs } from "./missing-inputs.ts";
import type { JudgedObjects } from "./replaced-objects.ts";
import { unprovided, unprovidedAlone } from "./unprovided-inputs.ts";
import { unservedPorts } from "./unserved-ports.ts";

/** Image id by a manifest's reference; undefined if the image was not read. */
export type ImageIds = (reference: string) => Digest | undefined;

/** Inputs of a judged container, for comparison with a trial's. */
export function judgedInputs({ placed, objects }: InputSources, imageEnv: readonly string[]): JudgedInputs {
  return {
    declared: declaredInputs({ placed, objects }),
    imageEnv,
    ...(placed === undefined
      ? {}
      : {
          manifest: limitsOf(placed, {}),
          unprovidedAlone: unprovidedAlone(placed),
          objects: judgedObjects({ placed, objects }),
        }),
  };
}

function judgedObjects({ placed, objects }: InputSources): JudgedObjects {
  const known = new Map<string, DeclaredInputs>();
  return {
    config: objects.config,
    without: (configMaps) => {
      const key = JSON.stringify(configMaps);
      const config: ConfigLookup = (kind, name) =>
        kind === "ConfigMap" && configMaps.includes(name) ? undefined : objects.config(kind, name);
      const found = known.get(key) ?? declaredInputs({ placed, objects: { ...objects, config } });
      known.set(key, found);
      return found;
    },
  };
}

/** The other containers of a judged pod. */
export function judgedNeighbours(
  placed: InputPlace | undefined,
  imageIdOf: ImageIds = () => undefined,
): readonly Neighbour[] {
  if (placed === undefined) return [];
  return neighboursOf(placed).map((one) => {
    const imageId = imageIdOf(one.spec.image ?? "");
    return { name: containerName(one), ...(imageId === undefined ? {} : { imageId }) };
  });
}

/**
 * Inputs of a judged container that no trial can provide, and names and ports of dependencies that its pod
 * does not reach in the same way as the trial did.
 */
export function openInputs(
  placed: InputPlace,
  objects: Pick<NamespaceObjects, "services" | "config">,
  trial: Pick<RawTrial, "observations" | "inputs">,
): readonly Reservation[] {
  return [
    ...unprovided(placed),
    ...missingInputs(placed, objects, trial),
    ...clusterNames(placed, trial),
    ...unservedPorts(placed, objects, trial),
  ];
}
