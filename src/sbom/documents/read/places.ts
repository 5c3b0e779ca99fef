import type { Digest } from "../../../contract/image-facts.ts";
import { type Fields, objectAt, objectsAt, textAt } from "../../../json/fields.ts";
import { digestsIn } from "./digests.ts";
import type { Properties } from "./properties.ts";
import type { DocumentPlace } from "./sbom-document.ts";

/**
 * Maximum number of places per component: syft writes each place of a package, and an image with more has the
 * same file in each.
 */
const SYFT_PLACES = 100;

/** Places of a CycloneDX component: in properties of syft or trivy, or in its evidence (cdxgen). */
export function placesOf(component: Fields, properties: Properties): readonly DocumentPlace[] {
  const syft = syftPlaces(properties);
  if (syft.length > 0) return syft;
  const layer = properties.first("aquasecurity:trivy:LayerDiffID");
  const file = properties.first("aquasecurity:trivy:FilePath");
  if (file !== undefined) return [placeIn(file, layer)];
  const occurrences = objectsAt(objectAt(component, "evidence"), "occurrences");
  const located = occurrences.flatMap((one) => textAt(one, "location") ?? []);
  const srcFiles = located.length > 0 ? located : properties.all("SrcFile");
  return srcFiles.map((location) => placeIn(location, layer));
}

function syftPlaces(properties: Properties): readonly DocumentPlace[] {
  const places: DocumentPlace[] = [];
  while (places.length < SYFT_PLACES) {
    const at = `syft:location:${places.length}`;
    const path = properties.first(`${at}:path`);
    if (path === undefined) return places;
    places.push(placeIn(path, properties.first(`${at}:layerID`)));
  }
  return places;
}

/** Layer of a component whose places name none: trivy gives packages of a distribution a layer alone. */
export function layerWithoutPlace(
  properties: Properties,
  places: readonly DocumentPlace[],
): { readonly layer?: Digest } {
  if (places.some(({ layer }) => layer !== undefined)) return {};
  const [layer] = digestsIn(LAYER_PROPERTIES.map((name) => properties.first(name)));
  return layer === undefined ? {} : { layer };
}

const LAYER_PROPERTIES = ["aquasecurity:trivy:LayerDiffID", "syft:location:0:layerID", "douane:layer"];

/** Path from the image's root, with a leading slash added if missing. */
export function placeIn(path: string, layer?: string, inside?: string): DocumentPlace {
  const [digest] = digestsIn([layer]);
  return {
    path: path.startsWith("/") ? path : `/${path}`,
    ...(inside === undefined ? {} : { inside }),
    ...(digest === undefined ? {} : { layer: digest }),
  };
}
