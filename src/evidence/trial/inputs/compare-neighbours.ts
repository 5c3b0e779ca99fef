import type { Digest } from "../../../contract/image-facts.ts";
import { excerpt } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { RawTrial } from "../../../contract/trial-facts.ts";

/** Another container of the judged pod. */
export interface Neighbour {
  readonly name: string;
  /** Image id; absent if the image was not read, which leaves the whole pod unproven. */
  readonly imageId?: Digest;
}

/**
 * Compares the containers that ran beside the tried container with those of the judged pod, since they share
 * addresses, ports and volumes. Their manifest inputs are compared as `container NAME`.
 *
 * @returns reservations: neighbours of the trial that differ in the judged pod
 */
export function compareNeighbours(
  { beside = [] }: Pick<RawTrial, "beside">,
  judged: readonly Neighbour[],
): readonly Text[] {
  const ran = new Map(beside.map((one) => [one.name, one.imageId]));
  const expected = new Set(judged.map(({ name }) => name));
  return [
    ...judged.flatMap(({ name, imageId }): readonly Text[] => {
      const tried = ran.get(name);
      if (tried === undefined) return [without(name)];
      return imageId === undefined || tried === imageId ? [] : [otherImage(name)];
    }),
    ...beside.filter(({ name }) => !expected.has(name)).map(({ name }) => beyond(name)),
  ];
}

function without(name: string): Text {
  const shown = excerpt(name);
  return {
    fr: `l'essai a eu lieu sans le conteneur ${shown} du même pod`,
    en: `the trial took place without the container ${shown} of the same pod`,
  };
}

function otherImage(name: string): Text {
  const shown = excerpt(name);
  return {
    fr: `l'essai a eu lieu à côté d'une autre image du conteneur ${shown}`,
    en: `the trial took place beside another image of the container ${shown}`,
  };
}

function beyond(name: string): Text {
  const shown = excerpt(name);
  return {
    fr: `l'essai a eu lieu à côté du conteneur ${shown}, que le pod n'a pas`,
    en: `the trial took place beside the container ${shown}, which the pod does not have`,
  };
}
