import type { Text } from "../../contract/text.ts";
import type { SbomDocument } from "../documents/read/sbom-document.ts";
import type { Profile } from "./profiles.ts";

/** An element of a profile that is missing in a document or in some of its components. */
export interface MissingElement {
  readonly name: Text;
  /** Components that lack the element, as `name version`; absent if the document itself lacks it. */
  readonly components?: readonly string[];
}

export function missingElements(document: SbomDocument, profile: Profile): readonly MissingElement[] {
  const own = profile.document.flatMap(({ name, isStated }) => (isStated(document) ? [] : [{ name }]));
  const ofComponents = profile.component.flatMap(({ name, isStated }) => {
    const lacking = document.components.filter((component) => !isStated(component));
    const components = lacking.map((one) => `${one.name} ${one.version}`.trim());
    return components.length === 0 ? [] : [{ name, components }];
  });
  return [...own, ...ofComponents];
}
