import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { NamedImage } from "../../evidence/named-images.ts";
import type { Assessment } from "../assessment.ts";

/** Manifests from outside must not make this run ask registries without an end. */
export async function withinLimit(
  named: ReadonlyMap<string, NamedImage>,
  assessment: Assessment,
): Promise<ReadonlyMap<string, NamedImage>> {
  const most = LIMITS.namedImages;
  if (named.size <= most) return named;
  const [, first] = [...named][most] ?? [];
  const file = first?.users[0]?.workload.file ?? "";
  await assessment.failed({ kind: "file", file }, tooMany());
  return new Map([...named].slice(0, most));
}

function tooMany(): InvalidInputError {
  const most = LIMITS.namedImages;
  return new InvalidInputError("named-images-limit", {
    fr: `les manifestes nomment plus de ${most} images différentes (borne namedImages) : les suivantes ne sont pas lues. Juger moins de manifestes à la fois, ou --no-images.`,
    en: `the manifests name more than ${most} different images (bound namedImages): the others are not read. Judge fewer manifests at a time, or use --no-images.`,
  });
}
