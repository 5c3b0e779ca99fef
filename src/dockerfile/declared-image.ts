import { posix } from "node:path";
import type { FinalFacts, Position } from "../contract/dockerfile-facts.ts";
import type { ConfigFacts } from "../contract/image-facts.ts";
import { emptyImage } from "../start/empty-image.ts";
import type { StartableImage } from "../start/startable-image.ts";
import { knownBase } from "./base-images.ts";
import type { BuildableDockerfile } from "./unless-refused.ts";

const SHELL = /^(?:(?:\/usr)?\/bin\/)?sh$/;

/**
 * Image that a Dockerfile produces, as far as its final stage declares the image: its config, and scripts
 * written in the Dockerfile. Rules judge this config by the code for configs of images; other files of the
 * image are unknown.
 */
export function declaredImage(dockerfile: BuildableDockerfile): StartableImage {
  // One object per Dockerfile, since caches of other rules are keyed by the image.
  if (latest?.dockerfile !== dockerfile) latest = { dockerfile, image: imageOf(dockerfile) };
  return latest.image;
}

let latest: { readonly dockerfile: BuildableDockerfile; readonly image: StartableImage } | undefined;

function imageOf({ final, stages }: BuildableDockerfile): StartableImage {
  const config = configOf(final);
  const argv = [...config.entrypoint, ...config.cmd];
  const shell = knownBase(final.base.value)?.shell;
  const steps = argv
    .filter((word, index) => index === 0 || SHELL.test(word))
    .map((name) => (shell !== undefined && SHELL.test(name) ? { name, file: `/bin/${shell}` } : { name }));
  const chain = new Set(final.chain);
  const scripts = stages.flatMap((stage, index) => (chain.has(index) ? stage.scripts : []));
  const written = scripts.toReversed().flatMap(({ path, script }) => {
    return namesOf(path, final.workingDir).map((name) => ({ name, file: path, script }));
  });
  return { ...emptyImage(config), program: { argv, path: "", steps: [...written, ...steps] } };
}

/**
 * Names by which a start may call a file: its path, a path relative to the working directory, its name in a
 * folder of PATH.
 */
function namesOf(path: string, workingDir: string): readonly string[] {
  const directory = workingDir.endsWith("/") ? workingDir : `${workingDir}/`;
  const [folder, name] = [posix.dirname(path), posix.basename(path)];
  return [
    path,
    ...(path.startsWith(directory)
      ? [path.slice(directory.length), `./${path.slice(directory.length)}`]
      : []),
    ...(/^\/(?:usr\/)?(?:local\/)?s?bin$/.test(folder) ? [name] : []),
  ];
}

function configOf(final: FinalFacts): ConfigFacts {
  const { stopSignal } = final;
  return {
    user: final.user?.value ?? "",
    // Unknown variables stay as written: `$X` is not an address, path or mode for any rule.
    env: final.env.map(({ name, value }) => `${name}=${value}`),
    entrypoint: final.entrypoint?.words ?? [],
    // A shell-form entrypoint passes CMD as arguments that the shell ignores.
    cmd: final.entrypoint?.form === "shell" ? [] : (final.cmd?.words ?? []),
    workingDir: final.workingDir,
    exposedPorts: final.expose.map(({ value }) => value),
    volumes: final.volumes.map(({ value }) => value),
    labels: {},
    ...(stopSignal === undefined || stopSignal.unknown.length > 0 ? {} : { stopSignal: stopSignal.value }),
  };
}

/** Position in the Dockerfile of a value in the image's config. */
export function placeOf(final: FinalFacts, path: string | undefined): Position | undefined {
  const [, name] = /^config\.Env\[(.*)\]$/s.exec(path ?? "") ?? [];
  if (name !== undefined) return final.env.find((variable) => variable.name === name)?.at;
  if (path === "config.Entrypoint") return final.entrypoint?.at;
  if (path === "config.StopSignal") return final.stopSignal?.at;
  return final.cmd?.at;
}
