import { realpathSync } from "node:fs";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { DependencySettings, GivenDependency, TrialSettings } from "../../evidence/trial/settings.ts";
import { isInside, judgedRoot } from "../../files/judged-root.ts";
import { parseSource } from "../../image/source/source.ts";

/**
 * Settings whose images of dependencies on disk are in the repository, and are read within it alone, so that
 * the repository's settings cannot run or quote other files of the judging machine. Missing or invalid images
 * are reported when they are opened.
 *
 * @param folder folder of douane.yaml, absolute
 * @param cwd folder that paths of images are relative to, absolute
 * @throws UsageError `dependency-outside`
 */
export function confinedDependencies(settings: TrialSettings, folder: string, cwd: string): TrialSettings {
  const { containers, ...common } = settings;
  const confined = ownConfined(common, folder, cwd);
  if (containers === undefined) return confined;
  const each = Object.entries(containers).map(
    ([name, own]) => [name, ownConfined(own, folder, cwd)] as const,
  );
  return { ...confined, containers: Object.fromEntries(each) };
}

type OwnSettings = Omit<TrialSettings, "containers">;

function ownConfined(settings: OwnSettings, folder: string, cwd: string): OwnSettings {
  const { dependencies } = settings;
  if (dependencies === undefined) return settings;
  return { ...settings, dependencies: dependencies.map((one) => confined(one, folder, cwd)) };
}

function confined(dependency: DependencySettings, folder: string, cwd: string): GivenDependency {
  const path = pathOf(dependency, cwd);
  if (path === undefined) return dependency;
  const within = judgedRoot(folder);
  if (!isInside(within, realpathSync(path))) throw outside(dependency);
  return { ...dependency, within };
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
