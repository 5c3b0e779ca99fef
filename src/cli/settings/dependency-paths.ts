import { realpathSync } from "node:fs";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { DependencySettings, TrialSettings } from "../../evidence/trial/settings.ts";
import { isInside, judgedRoot } from "../../files/judged-root.ts";
import { parseSource } from "../../image/source/source.ts";

/**
 * Requires that images of dependencies on disk are in the repository, so that the repository's settings
 * cannot run or quote other files of the judging machine. Missing or invalid images are reported when they
 * are opened.
 *
 * @param folder folder of douane.yaml, absolute
 * @param cwd folder that paths of images are relative to, absolute
 * @throws UsageError `dependency-outside`
 */
export function assertDependencyPaths(
  { dependencies = [], containers = {} }: TrialSettings,
  folder: string,
  cwd: string,
): void {
  const own = Object.values(containers).flatMap((container) => container.dependencies ?? []);
  for (const dependency of [...dependencies, ...own]) {
    const path = pathOf(dependency, cwd);
    if (path !== undefined && !isInside(judgedRoot(folder), realpathSync(path))) throw outside(dependency);
  }
}

function pathOf({ image }: DependencySettings, cwd: string): string | undefined {
  if (image === undefined) return undefined;
  try {
    const source = parseSource(image, cwd);
    return "path" in source ? source.path : undefined;
  } catch {
    return undefined;
  }
}

function outside({ name, image = "" }: DependencySettings): UsageError {
  return new UsageError("dependency-outside", {
    fr: `trial.dependencies, ${quoted(name)} : l'image ${quoted(image)} est hors du dépôt (du répertoire de douane.yaml, s'il n'y en a pas). L'y mettre, ou nommer une image d'un registre.`,
    en: `trial.dependencies, ${quoted(name)}: the image ${quoted(image)} lies outside the repository (the folder of douane.yaml, where there is none). Put it there, or name an image of a registry.`,
  });
}
