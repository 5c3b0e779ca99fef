import type { ConfigFacts, HistoryFacts, SecretFacts } from "../contract/image-facts.ts";
import type { ConfigDocument } from "../image/documents/config.ts";
import { maskConfig } from "../secrets/config.ts";
import { mapTexts } from "../secrets/map-texts.ts";

/** What a config says, its secrets masked, and these secrets. */
export interface MaskedConfig {
  readonly config: ConfigFacts;
  readonly history: readonly HistoryFacts[];
  readonly secrets: readonly SecretFacts[];
}

/** @param layers how many layers the image has: a history that does not account for them names none */
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
  });
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
    ...given("shell", settings.Shell),
    ...(masked.healthcheck.length > 0 ? { healthcheck: masked.healthcheck } : {}),
    ...given("author", raw.author),
    ...given("created", raw.created),
  };
  const history = historyFacts(steps, masked.history, layers);
  return { config: mapTexts(config, elsewhere), history: mapTexts(history, elsewhere), secrets };
}

function historyFacts(
  steps: NonNullable<ConfigDocument["history"]>,
  createdBy: readonly string[],
  layers: number,
): readonly HistoryFacts[] {
  const complete = steps.filter((step) => step.empty_layer !== true).length === layers;
  let layer = 0;
  return steps.map((step, index) => ({
    createdBy: createdBy[index] ?? "",
    ...given("comment", step.comment),
    ...given("author", step.author),
    ...given("created", step.created),
    ...(complete && step.empty_layer !== true ? { layer: layer++ } : {}),
  }));
}

function withoutNulls(labels: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, value ?? ""]));
}

/** A field that is left out where the config leaves it out, is null or empty. */
function given<K extends string, T>(name: K, value: T | null | undefined): { readonly [key in K]?: T } {
  return value === null || value === undefined || value === ""
    ? {}
    : ({ [name]: value } as { [key in K]: T });
}
