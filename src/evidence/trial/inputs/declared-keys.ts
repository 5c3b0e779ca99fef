import type { KeyToPathFacts } from "../../../contract/volume-facts.ts";
import type { RawWorkload } from "../../../contract/workload-facts.ts";
import type { ConfigObject } from "../../../workload/config-objects.ts";
import { isMountable, normalPath } from "../mount-path.ts";
import { projectionsOf } from "../volume-files.ts";
import type { DeclaredInput, SpecSources } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/**
 * Keys of the Secrets that a container takes as a whole (`envFrom`, volumes without `items`), one `keys NAME`
 * per Secret, since an additional key becomes an additional variable or file. Secrets that are not among the
 * files are omitted.
 */
export function declaredKeys({ spec, workload, config }: SpecSources): readonly Place[] {
  const mounted = filesOf(spec, workload);
  const uses = [...variablesOf(spec), ...mounted.filter(({ items }) => items === undefined)];
  return [...Map.groupBy(uses, ({ name }) => name)].flatMap(([name, all]): readonly Place[] => {
    const object = config("Secret", name);
    if (object === undefined) return [];
    const keys = keysOf(object);
    const places = all.flatMap(({ placeOf }) => keys.map(placeOf));
    const itemPlaces = mounted.flatMap(({ name: own, items = [], placeOf }) => {
      return own === name ? items.map(({ key = "", path = key }) => placeOf(path)) : [];
    });
    return [[`keys ${name}`, { text: JSON.stringify(keys), places: [...new Set(places)], itemPlaces }]];
  });
}

/** Use of a Secret, and the place (variable or file) of each of its keys. */
interface Use {
  readonly name: string;
  /** Keys that a volume names; absent for a Secret that is taken whole. */
  readonly items?: readonly KeyToPathFacts[];
  readonly placeOf: (key: string) => string;
}

function variablesOf({ envFrom = [] }: SpecSources["spec"]): readonly Use[] {
  return envFrom.flatMap(({ secretRef, prefix = "" }) => {
    const { name } = secretRef ?? {};
    return name === undefined ? [] : [{ name, placeOf: (key: string) => `env ${prefix}${key}` }];
  });
}

function filesOf({ volumeMounts = [] }: SpecSources["spec"], { pod }: RawWorkload): readonly Use[] {
  return volumeMounts.flatMap(({ name: mounted, mountPath = "", subPath = "" }) => {
    const volume = pod.spec.volumes.find(({ name }) => name === mounted);
    const projections = volume === undefined ? [] : (projectionsOf(volume) ?? []);
    const path = isMountable(mountPath) ? normalPath(mountPath) : mountPath;
    return projections.flatMap(({ secret }): readonly Use[] => {
      const { name, items } = secret ?? {};
      // With a subPath, a single key is mounted, at the mount path itself.
      const placeOf = (key: string) => `file ${subPath === "" ? `${path}/${key}` : path}`;
      return name === undefined ? [] : [{ name, ...(items === undefined ? {} : { items }), placeOf }];
    });
  });
}

function keysOf({ values, binary, unfilled }: ConfigObject): readonly string[] {
  return [...new Set([...values().keys(), ...binary, ...unfilled])].toSorted();
}

/**
 * Whether a place is known only if the Secret is among the files: trial and judge may have different files.
 */
export function isKnownByFile(place: string): boolean {
  return place.startsWith("keys ");
}
