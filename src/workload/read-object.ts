import { charactersOf } from "../contract/characters-of.ts";
import { inDocumentTime } from "../contract/document-time.ts";
import { LIMITS } from "../contract/limits.ts";
import type { ApiLocation } from "../contract/object-location.ts";
import type { RawWorkload } from "../contract/workload-facts.ts";
import { isMapping } from "./decode/collections.ts";
import { type InObject, inObject } from "./in-object.ts";
import { objectsOf } from "./objects/objects.ts";
import { withoutOperated } from "./operated.ts";
import { workloadFacts } from "./workload.ts";

/** An object of the Kubernetes API, decoded from JSON, with its origin. */
export interface ApiObject {
  readonly value: unknown;
  readonly at: ApiLocation;
  /** See RawWorkload. */
  readonly controller?: RawWorkload["controller"];
}

/** Workloads of one object, and its pods that cannot be judged. */
export interface ReadObject {
  readonly workloads: readonly RawWorkload[];
  readonly leftOut: readonly NonNullable<InObject["leftOut"]>[];
}

/**
 * Reads the workloads of an object like those of a manifest with this single document. Placeholders of
 * templates do not exclude a workload here, since the API server accepted the object.
 *
 * @param operatedKinds kinds run by the platform's operators, `group/Kind`
 * @throws InvalidInputError `document-time-limit`, `pods-per-object`, `object-too-deep`, `list-too-deep`
 */
export function readObject(
  { value, at, controller }: ApiObject,
  operatedKinds: readonly string[] = [],
): ReadObject {
  return inDocumentTime(charactersOf([value], LIMITS.unwatchedCharacters), () => {
    const all = [...objectsOf(value)].map(inObject);
    return {
      workloads: all.flatMap(({ workloads }) =>
        workloads.map((one) => ({
          ...withoutOperated(workloadFacts(one, { at }), operatedKinds).facts,
          ...(controller === undefined ? {} : { controller }),
        })),
      ),
      leftOut: all
        .flatMap(({ leftOut }) => leftOut ?? [])
        .filter(({ kind = "" }) => !operatedKinds.includes(kind)),
    };
  });
}

/** Kind, name and namespace of an object, not masked; a generateName ends in `*`, a missing kind is `?`. */
export function objectNames({ value }: ApiObject): {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
} {
  const { kind, metadata } = isMapping(value) ? value : {};
  const { name, generateName, namespace } = isMapping(metadata) ? metadata : {};
  return {
    kind: textOr(kind, "?"),
    name: textOr(name, `${textOr(generateName, "")}*`),
    ...(typeof namespace === "string" ? { namespace } : {}),
  };
}

function textOr(value: unknown, other: string): string {
  return typeof value === "string" ? value : other;
}
