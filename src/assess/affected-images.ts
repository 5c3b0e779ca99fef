import type { Text } from "../contract/text.ts";
import type { VulnerabilityFinding } from "../contract/vulnerability-facts.ts";
import type { StoredComponents, StoredImageName } from "./stored-components.ts";
import type { VulnerabilityJudge } from "./vulnerability-judge.ts";

/** A vulnerability in a package, with the images that contain it. */
interface AffectedImages {
  readonly finding: VulnerabilityFinding;
  /** Set if it is unknown whether the images are affected, or how severely. */
  readonly isOpen?: true;
  readonly images: readonly StoredImageName[];
}

export interface AffectedAnswer {
  /** Affected images, most severe vulnerabilities first. */
  readonly affected: readonly AffectedImages[];
  /** Reasons why other images may be affected, too. */
  readonly doubts: readonly Text[];
}

/**
 * Images with blocking vulnerabilities, or with the given vulnerabilities.
 *
 * @param ids upper case; empty: all vulnerabilities that block or that the gate leaves open
 */
export function affectedImages(
  stored: StoredComponents,
  judge: VulnerabilityJudge,
  ids: ReadonlySet<string>,
): AffectedAnswer {
  const facts = judge.compared(stored.components, stored.stated);
  const affected = facts.findings.flatMap((finding): readonly AffectedImages[] => {
    const state = ids.size === 0 ? judge.answer(finding) : namedState(finding, ids);
    if (state === "reported") return [];
    const images = stored.imagesOf(finding);
    return [{ finding, images, ...(state === "open" ? { isOpen: true } : {}) }];
  });
  return { affected, doubts: [...judge.dataDoubts(facts), ...stored.unread.map(unreadText)] };
}

function namedState(
  { id, aliases, uncertain, component }: VulnerabilityFinding,
  ids: ReadonlySet<string>,
): "blocks" | "open" | "reported" {
  if (![id, ...aliases].some((name) => ids.has(name.toUpperCase()))) return "reported";
  return uncertain !== undefined || component.onlyStated === true ? "open" : "blocks";
}

const NAMED = 3;

function unreadText({ reason, images }: StoredComponents["unread"][number]): Text {
  const names = images.slice(0, NAMED).map(({ name }) => name);
  const list = names.join(", ") + (images.length > names.length ? `, … (${images.length})` : "");
  return { fr: `${list} : ${reason.fr}`, en: `${list}: ${reason.en}` };
}
