import { objectsIn } from "../objects/objects-in.ts";
import { splitDocuments } from "../yaml/split.ts";
import { startsNothing } from "./groups.ts";
import { holdsPodSpec } from "./signs.ts";

/** Whether a text is a manifest with pods, meant to be applied by another program. */
export function holdsWorkload(text: string): boolean {
  if (!text.includes("apiVersion") || !text.includes("containers")) return false;
  for (const section of splitDocuments(text)) {
    const objects = objectsIn(section.text).filter((object) => !startsNothing(object));
    if (objects.some(({ value }) => holdsPodSpec(value))) return true;
  }
  return false;
}
