import { UsageError } from "../../contract/error.ts";
import { containerName } from "../../contract/placement.ts";
import { quoted } from "../../contract/shown.ts";
import type { NamedImage } from "../../evidence/named-images.ts";

/** An image that takes the place of one that the manifests name. */
export interface ImageReplacement {
  /** As the user wrote it. */
  readonly source: string;
  /** Of the container that it is for; absent: it is clear. */
  readonly container?: string;
}

/**
 * The text in the manifests for which the image stands in: that of the named container, else the
 * only one, else the only one of a repository of its name.
 *
 * @throws UsageError `trial-container`
 */
export function replacedImage(
  named: ReadonlyMap<string, NamedImage>,
  { source, container }: ImageReplacement,
): string {
  const texts = [...named.keys()];
  const candidates = texts.filter((text) => {
    const users = named.get(text)?.users ?? [];
    return container === undefined || users.some(({ placement }) => containerName(placement) === container);
  });
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return only;
  const base = baseOf(source);
  const [match, ...more] = candidates.filter((text) => baseOf(text) === base);
  if (match !== undefined && more.length === 0) return match;
  throw unclear(source, texts);
}

/** `registry.example/team/web:1.2@sha256:…` → `web`. */
function baseOf(text: string): string {
  return (text.split("@")[0] ?? "").replace(/:[^/:]*$/, "").replace(/^.*[/:]/, "");
}

function unclear(source: string, texts: readonly string[]): UsageError {
  const list = texts.slice(0, 10).map(quoted).join(", ");
  return new UsageError("trial-container", {
    fr: `pour quel conteneur est l'image ${quoted(source)} ? Les manifestes nomment ${list === "" ? "aucune image" : list}. Dire lequel par --container NOM.`,
    en: `which container is the image ${quoted(source)} for? The manifests name ${list === "" ? "no image" : list}. Say which by --container NAME.`,
  });
}
