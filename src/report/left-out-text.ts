import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { LeftOut } from "./report.ts";

/** Files that one sentence names. */
const NAMED = 3;

const BY: Readonly<Record<LeftOut["by"], Text>> = {
  exclude: { fr: "laissé de côté par --exclude", en: "left out by --exclude" },
  douaneignore: { fr: "laissé de côté par .douaneignore", en: "left out by .douaneignore" },
  gitignore: {
    fr: "laissé de côté, git l'ignore (--no-gitignore le juge)",
    en: "left out, git ignores it (--no-gitignore judges it)",
  },
  outside: {
    fr: "non suivi, le lien mène hors du répertoire jugé",
    en: "not followed, the link leads out of the folder that is judged",
  },
};

/** Text that counts files and links of folders that were skipped. */
export function leftOutText({ by, files, count }: LeftOut): Text {
  const named = `${files.slice(0, NAMED).map(excerpt).join(", ")}${count > NAMED ? ", …" : ""}`;
  const [fr, en] = by === "outside" ? ["lien", "link"] : ["fichier", "file"];
  const s = count > 1 ? "s" : "";
  return {
    fr: `${BY[by].fr} : ${count} ${fr}${s} (${named}).`,
    en: `${BY[by].en}: ${count} ${en}${s} (${named}).`,
  };
}
