import { metadata } from "../decode/pod.ts";
import { isUnfilled } from "../objects/unfilled.ts";
import { type Field, member, pathOf } from "./field.ts";
import { checkObjectMetadata } from "./metadata.ts";

/** Checks the metadata of an object beside a workload, unless another program fills them in. */
export function checkOwnMetadata(object: Field): void {
  const own = member(object, "metadata");
  if (isUnfilled(JSON.stringify(own.value ?? {}))) return;
  metadata(own.value ?? {}, { path: [...pathOf(own)], invalid: own.invalid });
  if (own.invalid.length === 0) checkObjectMetadata(own);
}
