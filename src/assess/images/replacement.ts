import { UsageError } from "../../contract/error.ts";
import { containerName } from "../../contract/pod-containers.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { NamedImage } from "../../evidence/named-images.ts";
import type { ImageReplacement } from "../run/image-replacement.ts";

type Named = ReadonlyMap<string, NamedImage>;

/** Replacements by image, and images that are judged alone. */
export interface PlacedImages {
  /** Sources of replacements, by the text in the manifests. */
  readonly overrides: ReadonlyMap<string, string>;
  readonly standalone: readonly string[];
  readonly warnings: readonly Text[];
}

/** @throws UsageError `trial-container`, `image-place` */
export function placedImages(named: Named, replacements: readonly ImageReplacement[]): PlacedImages {
  const overrides = new Map<string, string>();
  for (const one of replacements.filter(({ orAlone }) => orAlone !== true)) {
    const text = replacedImage(named, one);
    if (overrides.has(text)) throw twice(text);
    overrides.set(text, one.source);
  }
  const loose = replacements.filter(({ orAlone }) => orAlone === true);
  const places = new Map(loose.map((one) => [one, placeOf(named, one, loose.length === 1)]));
  const taken = (text: string) => [...places.values()].filter((place) => place === text).length > 1;
  const standalone: string[] = [];
  const warnings: Text[] = [];
  for (const [{ source }, text] of places) {
    if (text === undefined || overrides.has(text) || taken(text)) {
      standalone.push(source);
      if (named.size > 0) warnings.push(judgedAlone(source));
    } else {
      overrides.set(text, source);
      if (text !== source) warnings.push(judgedInPlace(source, text));
    }
  }
  return { overrides, standalone, warnings };
}

/**
 * Text in the manifests that the image replaces: that of the named container, otherwise the only text,
 * otherwise the only text with the image's repository name.
 *
 * @throws UsageError `trial-container`, `image-place`
 */
export function replacedImage(named: Named, replacement: ImageReplacement): string {
  const text = placeOf(named, replacement, true);
  if (text !== undefined) return text;
  const texts = [...named.keys()];
  throw replacement.place === undefined
    ? unclear(replacement.source, texts)
    : noPlace(replacement.place, texts);
}

/** @param isOnly whether this is the only replacement without a stated place */
function placeOf(
  named: Named,
  { source, container, place, byNameOnly }: ImageReplacement,
  isOnly: boolean,
): string | undefined {
  const isFor = (name: string) => (text: string) =>
    (named.get(text)?.users ?? []).some(({ placement }) => containerName(placement) === name);
  const texts = [...named.keys()];
  if (place !== undefined) {
    return onlyOf(texts.filter(isFor(place))) ?? onlyOf(texts.filter((text) => isCalled(text, place)));
  }
  const candidates = container === undefined ? texts : texts.filter(isFor(container));
  const base = baseOf(source);
  const only = isOnly && byNameOnly !== true ? onlyOf(candidates) : undefined;
  return only ?? onlyOf(candidates.filter((text) => baseOf(text) === base));
}

function onlyOf(texts: readonly string[]): string | undefined {
  return texts.length === 1 ? texts[0] : undefined;
}

/**
 * Whether a name stands for an image: the name is the image's whole text, its repository, or the last part of the
 * repository.
 */
function isCalled(text: string, name: string): boolean {
  const repository = (text.split("@")[0] ?? "").replace(/:[^/:]*$/, "");
  return text === name || repository === name || baseOf(text) === name;
}

const TRANSPORT = /^(?:oci|oci-archive|docker-archive|docker-daemon|podman):|^docker:\/\//;
const ARCHIVE = /\.(?:tar|tar\.gz|tgz)$/;

/**
 * Base name of an image: `web` for `registry.example/team/web:1.2@sha256:…`, `oci:build/web` and `web.tar`.
 */
export function baseOf(text: string): string {
  const name = text.replace(TRANSPORT, "").split("@")[0] ?? "";
  return name
    .replace(/:[^/:]*$/, "")
    .replace(/^.*[/:]/, "")
    .replace(ARCHIVE, "");
}

function judgedInPlace(source: string, text: string): Text {
  const [image, place] = [excerpt(source), excerpt(text)];
  return {
    fr: `${image} est jugée à la place de ${place}, que nomment les manifestes.`,
    en: `${image} is judged in the place of ${place}, which the manifests name.`,
  };
}

function judgedAlone(source: string): Text {
  const image = excerpt(source);
  return {
    fr: `${image} est jugée seule : rien ne dit de quelle image des manifestes elle prend la place. Pour le dire : --image NOM=${image}.`,
    en: `${image} is judged by itself: nothing says which image of the manifests it takes the place of. To say so: --image NAME=${image}.`,
  };
}

function namedBy(texts: readonly string[]): Text {
  const list = texts.slice(0, 10).map(quoted).join(", ");
  return texts.length === 0 ? { fr: "aucune image", en: "no image" } : { fr: list, en: list };
}

function unclear(source: string, texts: readonly string[]): UsageError {
  const { fr, en } = namedBy(texts);
  return new UsageError("trial-container", {
    fr: `pour quel conteneur est l'image ${quoted(source)} ? Les manifestes nomment ${fr}. Dire lequel par --container NOM.`,
    en: `which container is the image ${quoted(source)} for? The manifests name ${en}. Say which by --container NAME.`,
  });
}

function noPlace(place: string, texts: readonly string[]): UsageError {
  const { fr, en } = namedBy(texts);
  return new UsageError("image-place", {
    fr: `--image ${quoted(place)} : ni un conteneur ni une image de ce nom, ou plusieurs. Les manifestes nomment ${fr}.`,
    en: `--image ${quoted(place)}: no container and no image of this name, or several. The manifests name ${en}.`,
  });
}

function twice(text: string): UsageError {
  return new UsageError("image-place", {
    fr: `deux images prendraient la place de ${quoted(text)}. N'en donner qu'une.`,
    en: `two images would take the place of ${quoted(text)}. Give one only.`,
  });
}
