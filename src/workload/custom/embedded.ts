import { DouaneError } from "../../contract/error.ts";
import type { KubernetesObject } from "../kind.ts";
import { objectsOf } from "../objects.ts";
import { compose } from "../yaml/compose.ts";
import { parse } from "../yaml/parse.ts";
import { splitDocuments } from "../yaml/split.ts";
import { YamlError } from "../yaml/yaml-error.ts";
import { startsNothing } from "./groups.ts";
import { holdsPodSpec } from "./signs.ts";

/** Whether a text is a manifest with pods in it, for whoever reads the text to apply. */
export function holdsWorkload(text: string): boolean {
  if (!text.includes("apiVersion") || !text.includes("containers")) return false;
  for (const section of splitDocuments(text)) {
    const objects = objectsIn(section.text).filter((object) => !startsNothing(object));
    if (objects.some(({ value }) => holdsPodSpec(value))) return true;
  }
  return false;
}

/** None for what is no YAML: a script, a page of documentation, a template. */
function objectsIn(text: string): readonly KubernetesObject[] {
  try {
    return compose(text, parse(text)).flatMap(({ value }) => [...objectsOf(value)]);
  } catch (error) {
    if (error instanceof YamlError || error instanceof DouaneError) return [];
    throw error;
  }
}
