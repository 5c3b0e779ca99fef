import { LIMITS } from "../contract/limits.ts";
import type { Lang, Text } from "../contract/text.ts";
import { maskText } from "../secrets/scan.ts";

/** Invisible marker by which douane recognises its comment; each name has its own. */
export function markerOf(name: string): string {
  return `<!-- douane: ${name.replaceAll(/[^\w./ -]/g, "_").replaceAll("--", "__")} -->`;
}

/**
 * Body of a comment: the marker, then a report in Markdown, bounded and masked once more.
 *
 * @param secrets texts to remove in any case: our own token
 */
export function commentBody(report: string, marker: string, secrets: readonly string[], lang: Lang): string {
  const known = secrets.filter((secret) => secret !== "");
  const masked = known.reduce((text, secret) => text.replaceAll(secret, "…"), maskText(report));
  const inert = masked.replaceAll(QUICK_ACTION, "$1\\$2");
  const room = LIMITS.commentCharacters - marker.length - 1;
  return `${marker}\n${inert.length <= room ? inert : cut(inert, room, lang)}`;
}

/** A line that begins with `/` is a command to GitLab, done with the rights of our token. */
const QUICK_ACTION = /^([ \t]*)(\/[a-z])/gim;

const CUT: Text = {
  fr: "_Ce commentaire est coupé ici : le rapport entier est un artefact de ce pipeline._",
  en: "_This comment is cut here: the whole report is an artefact of this pipeline._",
};

/** Cuts the report at the end of a line and closes open elements. */
function cut(text: string, room: number, lang: Lang): string {
  const end = text.slice(0, room - 2_000).lastIndexOf("\n");
  const kept = text.slice(0, Math.max(end, 0));
  const open = count(kept, /<details/g) - count(kept, /<\/details>/g);
  const fences = count(kept, /^```/gm) % 2 === 0 ? "" : "\n```";
  return `${kept}${fences}\n\n${"</details>\n\n".repeat(Math.min(Math.max(open, 0), 50))}${CUT[lang]}\n`;
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
