import type { ConfigFacts, HistoryFacts, SecretFacts } from "../contract/image-facts.ts";
import type { ConfigDocument } from "../image/documents/config.ts";
import { type ConfigText, maskConfig } from "../secrets/config.ts";
import { mapTexts } from "../secrets/map-texts.ts";

/** Facts of a config with secrets masked, and the list of these secrets. */
export interface MaskedConfig {
  readonly config: ConfigFacts;
  readonly history: readonly HistoryFacts[];
  readonly secrets: readonly SecretFacts[];
}

/**
 * @param layers number of layers of the image; a history with another number of layers cannot assign steps to
 * layers
 */
export function configFacts(raw: ConfigDocument, layers: number): MaskedConfig {
  const settings = raw.config ?? {};
  const steps = raw.history ?? [];
  const { masked, secrets, elsewhere } = maskConfig({
    env: settings.Env ?? [],
    labels: withoutNulls(settings.Labels ?? {}),
    history: steps.map((step) => step.created_by ?? ""),
    entrypoint: settings.Entrypoint ?? [],
    cmd: settings.Cmd ?? [],
    healthcheck: settings.Healthcheck?.Test ?? [],
    others: {
      // Commands that run when another image is built from this image.
      "config.onBuild": settings.OnBuild ?? [],
      "config.shell": settings.Shell ?? [],
      "config.author": [raw.author ?? ""],
      "history.comment": steps.map(({ comment }) => comment ?? ""),
      "history.author": steps.map(({ author }) => author ?? ""),
    },
  });
  const { others } = masked;
  const config: ConfigFacts = {
    user: settings.User ?? "",
    env: masked.env,
    entrypoint: masked.entrypoint,
    cmd: masked.cmd,
    workingDir: settings.WorkingDir ?? "",
    exposedPorts: Object.keys(settings.ExposedPorts ?? {}),
    volumes: Object.keys(settings.Volumes ?? {}),
    labels: masked.labels,
    ...given("stopSignal", settings.StopSignal),
    ...(settings.Shell ? { shell: others["config.shell"] ?? [] } : {}),
    ...(masked.healthcheck.length > 0 ? { healthcheck: masked.healthcheck } : {}),
    ...given("author", others["config.author"]?.[0]),
    ...given("created", raw.created),
  };
  const history = historyFacts(steps, masked, layers);
  return { config: mapTexts(config, elsewhere), history: mapTexts(history, elsewhere), secrets };
}

function historyFacts(
  steps: NonNullable<ConfigDocument["history"]>,
  { history, others }: ConfigText,
  layers: number,
): readonly HistoryFacts[] {
  const complete = steps.filter((step) => step.empty_layer !== true).length === layers;
  let layer = 0;
  return steps.map((step, index) => ({
    createdBy: history[index] ?? "",
    ...given("comment", others["history.comment"]?.[index]),
    ...given("author", others["history.author"]?.[index]),
    ...given("created", step.created),
    ...(complete && step.empty_layer !== true ? { layer: layer++ } : {}),
  }));
}

function withoutNulls(labels: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, value ?? ""]));
}

/** The field, or no field if the config's value is missing, null or empty. */
function given<K extends string, T>(name: K, value: T | null | undefined): { readonly [key in K]?: T } {
  return value === null || value === undefined || value === ""
    ? {}
    : ({ [name]: value } as { [key in K]: T });
}
