import { posix } from "node:path";
import type { GivenInput } from "../../../contract/trial-subject.ts";
import { normalPath } from "../mount-path.ts";
import type { ProbeSettings, TrialSettings } from "../settings.ts";
import type { DeclaredInputs } from "./declared-input.ts";
import { openSource, placeParts } from "./declared-inputs.ts";

/** Settings that the trial's container gets, and those that its manifest excludes. */
export interface SettingsWithin {
  readonly settings: TrialSettings;
  readonly given: readonly GivenInput[];
  /** Excluded settings, `trial.env HOST`, in the order of the settings. */
  readonly withheld: readonly string[];
}

export interface ManifestBounds {
  readonly declared: DeclaredInputs;
  /** Words of the start command, with the working directory. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Whether these arguments lead to the same start. */
  readonly isSameStart: (args: readonly string[]) => boolean;
  /** ENV of the image, `NAME=value`. */
  readonly imageEnv: readonly string[];
  /** Commands of the manifest's probes. */
  readonly probeCommands: readonly (readonly string[])[];
  /** Grace period in seconds: terminationGracePeriodSeconds, or its default. */
  readonly grace: number;
  readonly lifetime: "server" | "batch";
}

/**
 * Restricts settings to inputs that the manifest leaves open: values of objects that are not among the judged
 * files, and settings that only make the trial possible. A setting that would replace or exceed image or
 * manifest is withheld, so that the container runs as it will be deployed; a setting that repeats what they say is
 * not named.
 */
export function settingsWithin(settings: TrialSettings, bounds: ManifestBounds): SettingsWithin {
  const { args, env = {}, files = {}, mounts = [], lifetime, grace, probes = [], ...possible } = settings;
  const { declared } = bounds;
  const variables = Object.entries(env).map(([name, text]) => ({ place: `env ${name}`, text }));
  const paths = Object.entries(files).map(([path, text]) => ({ place: `file ${normalPath(path)}`, text }));
  const isProgram = ({ place }: { readonly place: string }) => starts(bounds, placeParts(place)[1]);
  const offered = [...variables, ...paths.filter((one) => !isProgram(one))];
  const taken = offered.flatMap(({ place, text }) => {
    const source = openSource(declared, place);
    return source === undefined || source.optional ? [] : [{ place, text, standsFor: source.object }];
  });
  const isTaken = (place: string): boolean => taken.some((one) => one.place === place);
  const isSame = ({ place, text }: { readonly place: string; readonly text: string }): boolean => {
    const own = declared.get(place);
    return own === undefined ? isOfImage(bounds, place, text) : own.text === text;
  };
  const others = probes.filter((probe) => runsOther(bounds, probe));
  const left = [...variables, ...paths].filter((one) => !isTaken(one.place) && !isSame(one));
  return {
    settings: {
      ...possible,
      ...(probes.length === 0 ? {} : { probes: probes.filter((probe) => !runsCommand(probe)) }),
      ...(grace === undefined ? {} : { grace: Math.min(grace, bounds.grace) }),
      env: Object.fromEntries(ofKind(taken, "env")),
      files: Object.fromEntries(ofKind(taken, "file")),
    },
    given: taken.map(({ place, standsFor }) => ({ place, standsFor })),
    withheld: [
      ...left.map(({ place }) => withheldName(place)),
      ...mounts.filter((path) => !isMounted(declared, path)).map((path) => `trial.mounts ${path}`),
      ...(args === undefined || bounds.isSameStart(args) ? [] : ["trial.args"]),
      ...(lifetime === undefined || lifetime === bounds.lifetime ? [] : ["trial.lifetime"]),
      ...(grace === undefined || grace <= bounds.grace ? [] : ["trial.grace"]),
      ...(others.length === 0 ? [] : ["trial.probes exec"]),
    ],
  };
}

/** Whether the start command runs this file: replacing a mounted program would run another program. */
function starts({ argv, cwd }: ManifestBounds, path: string): boolean {
  return argv.some((word) => posix.resolve(cwd, word) === path);
}

function runsCommand({ exec }: ProbeSettings): boolean {
  return exec !== undefined;
}

/** Whether a probe runs a command that no probe of the manifest runs. */
function runsOther({ probeCommands }: ManifestBounds, { exec }: ProbeSettings): boolean {
  if (exec === undefined) return false;
  const words = JSON.stringify(exec);
  return !probeCommands.some((command) => JSON.stringify(command) === words);
}

/** Whether the image itself sets the variable at this place to this value. */
function isOfImage({ imageEnv, declared }: ManifestBounds, place: string, text: string): boolean {
  const [kind, name] = placeParts(place);
  // Variables of envFrom may override the image's.
  return kind === "env" && !declared.has("envFrom") && imageEnv.includes(`${name}=${text}`);
}

function isMounted(declared: DeclaredInputs, path: string): boolean {
  return declared.has(`mount ${normalPath(path)}`);
}

function ofKind(
  taken: readonly { readonly place: string; readonly text: string }[],
  kind: string,
): readonly (readonly [name: string, text: string])[] {
  return taken.flatMap(({ place, text }) => {
    const [own, name] = placeParts(place);
    return own === kind ? [[name, text] as const] : [];
  });
}

/** Name of the setting for a place: `env HOST` → `trial.env HOST`. */
function withheldName(place: string): string {
  const [kind, name] = placeParts(place);
  return `trial.${kind === "env" ? "env" : "files"} ${name}`;
}
