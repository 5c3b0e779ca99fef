import type { Lang } from "../contract/text.ts";
import type { Location } from "./merge-containers.ts";
import { positionText } from "./place.ts";
import { WORDS } from "./words.ts";

/** Maximum number of lines of the user's files named per finding; the others are counted. */
const SHOWN = 6;

/**
 * Locations as texts: `deploy.yaml:31:9`, or `container web, worker`. If there are several places, each text
 * names its own container.
 */
export function locationsText(locations: readonly Location[], lang: Lang): readonly string[] {
  const places = new Set(locations.map(({ at }) => (at === undefined ? "" : positionText(at, lang))));
  const [only = ""] = places;
  const containers = [...new Set(locations.flatMap(({ container }) => container ?? []))];
  const label = containers.length === 0 ? "" : `${WORDS.container[lang]} `;
  if (places.size <= 1) {
    return [only, containers.length === 0 ? "" : label + containers.join(", ")].filter((text) => text !== "");
  }
  const each = locations.slice(0, SHOWN).map((location) => spotText(location, lang));
  const more = locations.length - SHOWN;
  return [`${label}${each.join(", ")}${more > 0 ? ` ${andMore(more, lang)}` : ""}`];
}

function spotText({ container, at }: Location, lang: Lang): string {
  const place = at === undefined ? "" : positionText(at, lang);
  if (container === undefined) return place;
  return place === "" ? container : `${container} (${place})`;
}

function andMore(count: number, lang: Lang): string {
  return { fr: `et ${count} de plus`, en: `and ${count} more` }[lang];
}
