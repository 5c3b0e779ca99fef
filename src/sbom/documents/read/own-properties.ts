import type { Stated } from "./component.ts";
import { placeIn } from "./places.ts";
import type { Properties } from "./properties.ts";

/** Facts about a package in our own properties, in any format. */
export function ownStated(
  properties: Properties,
): Pick<
  Stated,
  | "catalogers"
  | "places"
  | "licenses"
  | "hidden"
  | "ofBase"
  | "ofDistribution"
  | "ofOtherSystem"
  | "alias"
  | "groupGuessed"
  | "source"
> {
  const path = properties.first("douane:path");
  const name = properties.first("douane:source:name");
  const version = properties.first("douane:source:version");
  const alias = properties.first("douane:alias");
  const layer = properties.first("douane:layer");
  return {
    catalogers: properties.all("douane:cataloger"),
    places: path === undefined ? [] : [placeIn(path, layer, properties.first("douane:inside"))],
    licenses: properties.all("douane:license"),
    ...(properties.has("douane:hidden") ? { hidden: true } : {}),
    ...(properties.has("douane:base") ? { ofBase: true } : {}),
    ...(properties.has("douane:other-system") ? { ofOtherSystem: true } : {}),
    ...(properties.has("douane:distribution") ? { ofDistribution: true } : {}),
    ...(alias === undefined ? {} : { alias }),
    ...(properties.first("douane:group") === "guessed" ? { groupGuessed: true } : {}),
    ...(name === undefined || version === undefined ? {} : { source: { name, version } }),
  };
}
