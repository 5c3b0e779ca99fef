import type { Text } from "../../contract/text.ts";
import type { SbomDocument } from "../documents/read/sbom-document.ts";
import type { Profile } from "./profiles.ts";

/** An element of a profile that a document does not state everywhere. */
export interface MissingElement {
  readonly name: Text;
  /** The components that lack it, `name version`; absent: the document itself does. */
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
