import { dirname } from "node:path";
import { excerpt } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import type { Skipped } from "./objects/problem.ts";

/** Maximum number of messages of one kind shown individually: three environments, and some charts. */
const EACH = 6;
const NAMED = 3;

type Reason = Exclude<Skipped["reason"], "no-template" | "build" | "untyped">;

interface Many {
  readonly what: Text;
  readonly remedy: Text;
}

const MANY: Readonly<Record<Reason, Many>> = {
  chart: {
    what: { fr: "charts Helm", en: "Helm charts" },
    remedy: {
      fr: "les gabarits ne sont pas jugés avant d'être rendus. Pour chacun : helm template CHART | douane check -f -",
      en: "templates are not judged before they are rendered. For each: helm template CHART | douane check -f -",
    },
  },
  overlay: {
    what: { fr: "répertoires de Kustomize", en: "folders of Kustomize" },
    remedy: {
      fr: "ces fichiers ne sont pas jugés avant d'être assemblés. Pour chacun : kubectl kustomize RÉPERTOIRE | douane check -f -",
      en: "these files are not judged before they are built. For each: kubectl kustomize FOLDER | douane check -f -",
    },
  },
  template: {
    what: { fr: "gabarits non rendus", en: "unrendered templates" },
    remedy: {
      fr: "à juger une fois rendus (helm template, envsubst…)",
      en: "judge them once they are rendered (helm template, envsubst…)",
    },
  },
  release: {
    what: { fr: "objets qui déploient des charts Helm", en: "objects that deploy Helm charts" },
    remedy: {
      fr: "ces charts ne sont pas jugés avant d'être rendus. Pour chacun : helm template CHART --values VALEURS | douane check -f -",
      en: "these charts are not judged before they are rendered. For each: helm template CHART --values VALUES | douane check -f -",
    },
  },
  pods: {
    what: { fr: "objets dont les pods ne sont pas jugés", en: "objects whose pods are not judged" },
    remedy: {
      fr: "transmettre les pods que leurs contrôleurs créent : kubectl get pods -o yaml | douane check -f -",
      en: "pass the pods that their controllers create: kubectl get pods -o yaml | douane check -f -",
    },
  },
};

/** Messages; if there are many of one kind, they are joined at the position of the first. */
export function grouped(skipped: readonly Skipped[]): readonly Skipped[] {
  const byReason = Map.groupBy(skipped, ({ reason }) => reason);
  return skipped.flatMap((one) => {
    const alike = byReason.get(one.reason) ?? [];
    if (!isReason(one.reason) || alike.length <= EACH) return [one];
    return one === alike[0] ? [asOne(one.reason, alike)] : [];
  });
}

function isReason(reason: Skipped["reason"]): reason is Reason {
  return Object.hasOwn(MANY, reason);
}

function asOne(reason: Reason, alike: readonly Skipped[]): Skipped {
  const { what, remedy } = MANY[reason];
  const files = [...new Set(alike.map(({ file }) => file))];
  const names = `${files.slice(0, NAMED).map(excerpt).join(", ")}${files.length > NAMED ? "…" : ""}`;
  return {
    reason,
    file: commonFolder(files),
    message: {
      fr: `${alike.length} ${what.fr} (${names}) : ${remedy.fr}`,
      en: `${alike.length} ${what.en} (${names}): ${remedy.en}`,
    },
  };
}

/** Folder that contains all files; a single file is returned itself. */
function commonFolder([first = ".", ...others]: readonly string[]): string {
  let folder = others.length === 0 ? first : dirname(first);
  for (const file of others) {
    while (folder !== "." && folder !== "/" && !`${file}/`.startsWith(`${folder}/`)) folder = dirname(folder);
  }
  return folder;
}
