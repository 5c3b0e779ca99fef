import type { HistoryFacts } from "../contract/image-facts.ts";

/** The label in which Cloud Native Buildpacks name the run image's top layer. */
const BUILDPACKS = "io.buildpacks.lifecycle.metadata";

/** `CMD ["node"]`, by BuildKit or by the classic builder. */
const CMD = /^(?:\/bin\/sh -c #\(nop\)\s+)?CMD\b/;

/** Complete base images that are made by tools other than a Dockerfile and set no CMD in their history. */
const COMPOSED = /^(?:bazel build|apko)\b/;

export interface BaseClues {
  readonly history: readonly HistoryFacts[];
  /** DiffIds of the layers, bottom first. */
  readonly diffIds: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Number of lowest layers that belong to the base image: a guess, used only for wording and order. Buildpacks
 * record the top layer of their run image. Otherwise the history decides: a base image ends with its CMD, so
 * all layers up to the last CMD below another layer count (wrong for `COPY . /app`, `CMD`, `RUN chown`). 0 if
 * unknown.
 */
export function baseLayers({ history, diffIds, labels }: BaseClues): number {
  const named = diffIds.indexOf(topLayer(labels[BUILDPACKS]));
  if (named >= 0) return named + 1;
  const top = history.findLastIndex((step) => step.layer !== undefined);
  const last = history.slice(0, top).findLastIndex((step) => CMD.test(step.createdBy));
  if (last >= 0) return layersIn(history.slice(0, last));
  const own = history.findIndex((step) => !COMPOSED.test(step.createdBy));
  return own <= top ? layersIn(history.slice(0, Math.max(own, 0))) : 0;
}

function layersIn(history: readonly HistoryFacts[]): number {
  return history.filter((step) => step.layer !== undefined).length;
}

function topLayer(metadata: string | undefined): string {
  if (metadata === undefined) return "";
  try {
    return String(JSON.parse(metadata)?.runImage?.topLayer ?? "");
  } catch {
    return "";
  }
}
