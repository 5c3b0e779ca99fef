import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { LeftOut } from "./report.ts";

/** Maximum number of files named in one sentence. */
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
  packages: {
    fr: "laissé de côté, paquets de npm (nommer le répertoire le juge)",
    en: "left out, packages of npm (naming the folder judges it)",
  },
};

const FILE: Text = { fr: "fichier", en: "file" };
const COUNTED: Readonly<Partial<Record<LeftOut["by"], Text>>> = {
  outside: { fr: "lien", en: "link" },
  packages: { fr: "répertoire", en: "folder" },
};

/** Text that counts files, links and folders that were skipped. */
export function leftOutText({ by, files, count }: LeftOut): Text {
  const named = `${files.slice(0, NAMED).map(excerpt).join(", ")}${count > NAMED ? ", …" : ""}`;
  const { fr, en } = COUNTED[by] ?? FILE;
  const s = count > 1 ? "s" : "";
  return {
    fr: `${BY[by].fr} : ${count} ${fr}${s} (${named}).`,
    en: `${BY[by].en}: ${count} ${en}${s} (${named}).`,
  };
}
