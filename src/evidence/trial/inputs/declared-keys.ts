import { projectionsOf } from "../volume-files.ts";
import type { DeclaredInput, SpecSources } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/**
 * Keys of the Secrets that a container takes whole (`envFrom`, volumes without `items`), one `keys NAME` each: a
 * further key is a further variable or file. Secrets that are not among the files are left out.
 */
export function declaredKeys({ spec, workload, config }: SpecSources): readonly Place[] {
  const mounted = new Set((spec.volumeMounts ?? []).map(({ name }) => name));
  const volumes = workload.pod.spec.volumes.filter(({ name }) => mounted.has(name));
  const names = [
    ...(spec.envFrom ?? []).map(({ secretRef }) => secretRef?.name),
    ...volumes
      .flatMap((volume) => projectionsOf(volume) ?? [])
      .map(({ secret }) => (secret?.items === undefined ? secret?.name : undefined)),
  ].filter((name) => name !== undefined);
  return [...new Set(names)].flatMap((name): readonly Place[] => {
    const object = config("Secret", name);
    if (object === undefined) return [];
    const keys = new Set([...object.values().keys(), ...object.binary, ...object.unfilled]);
    return [[`keys ${name}`, { text: JSON.stringify([...keys].toSorted()) }]];
  });
}

/** Whether a place is known only to those who have the Secret: trial and judge may have other files. */
export function isKnownByFile(place: string): boolean {
  return place.startsWith("keys ");
}
