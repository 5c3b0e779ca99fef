import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { declaringFile } from "../../contract/object-location.ts";
import { aboutWorkload, type ProblemSubject } from "../../contract/source-problem.ts";
import type { ImageUser, NamedImage } from "../../evidence/named-images.ts";
import type { Assessment } from "../run/assessment.ts";

/** Refuses too many images, since untrusted manifests must not cause any number of registry requests. */
export async function withinLimit(
  named: ReadonlyMap<string, NamedImage>,
  assessment: Assessment,
): Promise<ReadonlyMap<string, NamedImage>> {
  const most = LIMITS.namedImages;
  if (named.size <= most) return named;
  const [, first] = [...named][most] ?? [];
  const [user] = first?.users ?? [];
  await assessment.failed(user === undefined ? { kind: "file", file: "" } : inputOf(user), tooMany());
  return new Map([...named].slice(0, most));
}

function inputOf({ workload }: ImageUser): ProblemSubject {
  const file = declaringFile(workload.at);
  return file === undefined ? aboutWorkload(workload) : { kind: "file", file };
}

function tooMany(): InvalidInputError {
  const most = LIMITS.namedImages;
  return new InvalidInputError("named-images-limit", {
    fr: `les manifestes nomment plus de ${most} images différentes (borne namedImages) : les suivantes ne sont pas lues. Juger moins de manifestes à la fois, ou --no-images.`,
    en: `the manifests name more than ${most} different images (bound namedImages): the others are not read. Judge fewer manifests at a time, or use --no-images.`,
  });
}
