import { dirname, relative, resolve } from "node:path";
import { daysLeft, endsSoon } from "../../contract/acceptance-use.ts";
import { UsageError } from "../../contract/error.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { Acceptance } from "../../contract/verdict.ts";
import type { TrialSettings } from "../../evidence/trial/settings.ts";
import { judgedRoot } from "../../files/judged-root.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Session } from "../command-line/command.ts";
import { assertDistinct } from "../command-line/format-target.ts";
import { today } from "../process/context.ts";
import type { TeamSettings } from "../settings/team.ts";
import { teamFileFrom } from "../settings/team-file.ts";
import { warn } from "../terminal/failure.ts";
import type { CheckValues } from "./flags.ts";
import { type Gate, gateOf } from "./gate.ts";
import { parseFormat, type ReportTarget } from "./report-target.ts";

/**
 * Settings for judging and showing subjects: from the command line, otherwise the team's file, otherwise
 * defaults.
 */
export interface CheckSettings {
  readonly lang: Lang;
  readonly team?: string;
  readonly targets: readonly ReportTarget[];
  readonly gate: Gate;
  /** Policy, including requirements that the team adds for itself. */
  readonly policy: Policy;
  /** Trial settings of the team. */
  readonly trial: TrialSettings;
}

export async function checkSettings(session: Session, values: CheckValues): Promise<CheckSettings> {
  const team = await teamSettings(session, values.config);
  const policy = await platformPolicy(session, values);
  const gate = gateOf(values, team, policy);
  for (const text of session.quiet ? [] : gate.ignored) await warn(text, session.context, session.lang);
  return {
    lang: session.langChosen ? session.lang : (team.lang ?? session.lang),
    ...(team.team === undefined ? {} : { team: team.team }),
    targets: targetsOf(session, values, team),
    gate,
    policy: {
      ...policy,
      enforceFuture: values.enforceFuture || team.enforceFuture === true || policy.enforceFuture === true,
    },
    trial: await trialSettings(session, values, team),
  };
}

/**
 * Trial settings, including dependencies from a compose file; settings override dependencies of the same
 * name.
 */
async function trialSettings(
  { context }: Session,
  { config, composeEnv }: CheckValues,
  { trial = {} }: TeamSettings,
): Promise<TrialSettings> {
  const { compose, ...settings } = trial;
  const folder = dirname(teamPath(context, config) ?? context.cwd);
  const { confinedDependencies } = await import("../settings/dependency-paths.ts");
  const confined = (all: TrialSettings) => confinedDependencies(all, folder, context.cwd);
  if (compose === undefined) return confined(settings);
  const { composeDependencies } = await import("../settings/compose/load.ts");
  const services = await composeDependencies(compose, folder, listed(composeEnv, context.env));
  const own = settings.dependencies ?? [];
  const others = services.filter(({ name }) => own.every((one) => one.name !== name));
  return confined({ ...settings, dependencies: [...others, ...own] });
}

/** Variables of the environment that the command line lists by name. */
function listed(names: readonly string[], env: Session["context"]["env"]): ReadonlyMap<string, string> {
  return new Map(
    names.map((name) => {
      const value = Object.hasOwn(env, name) ? env[name] : undefined;
      if (value === undefined) throw unsetVariable(name);
      return [name, value] as const;
    }),
  );
}

/**
 * Error for a variable that is not set. The message never quotes text after `=`, which would be its value.
 */
function unsetVariable(given: string): UsageError {
  const [name = ""] = given.split("=", 1);
  if (name !== given) {
    return new UsageError("variable-unset", {
      fr: `--compose-env ${quoted(name)} : nommer la variable seule ; sa valeur vient de l'environnement, où la donner.`,
      en: `--compose-env ${quoted(name)}: name the variable alone; its value comes from the environment: set it there.`,
    });
  }
  return new UsageError("variable-unset", {
    fr: `--compose-env ${quoted(name)} : cette variable n'est pas dans l'environnement.`,
    en: `--compose-env ${quoted(name)}: this variable is not in the environment.`,
  });
}

/** Report targets. `--quiet` suppresses the default checklist, not requested formats. */
function targetsOf(session: Session, values: CheckValues, team: TeamSettings): readonly ReportTarget[] {
  const asked = values.format.length > 0 ? values.format : formatsOf(session, values.config, team);
  return asked.length > 0 || session.quiet ? asked : [parseFormat("checklist")];
}

/**
 * Formats from the team's file. The file comes from a repository, so its outputs must be in the file's
 * folder.
 */
function formatsOf(
  { context }: Session,
  file: string | undefined,
  { formats = [] }: TeamSettings,
): readonly ReportTarget[] {
  const within = dirname(teamPath(context, file) ?? context.cwd);
  const targets = formats.map((word) => ({ ...parseFormat(word), within }));
  assertDistinct(targets);
  return targets;
}

// YAML and zod are loaded only if there is a file.

async function teamSettings({ context }: Session, file: string | undefined): Promise<TeamSettings> {
  const path = teamPath(context, file);
  if (path === undefined) return {};
  const { loadTeamSettings } = await import("../settings/load.ts");
  if (file !== undefined) return loadTeamSettings(path, file);
  return loadTeamSettings(path, relative(context.cwd, path), judgedRoot(dirname(path)));
}

/**
 * Absolute path of the team's file: the named file, otherwise the nearest file from the current folder
 * upwards.
 */
function teamPath({ cwd }: Session["context"], file: string | undefined): string | undefined {
  return file === undefined ? teamFileFrom(cwd) : resolve(cwd, file);
}

async function platformPolicy(session: Session, values: CheckValues): Promise<Policy> {
  const { policy: file } = values;
  if (file === undefined) return {};
  const { context, lang, quiet } = session;
  const { openPolicy } = await import("../settings/open-policy.ts");
  const policy = await openPolicy(session, { ...values, policy: file });
  for (const acceptance of quiet ? [] : (policy.acceptedFindings ?? [])) {
    const ending = endingText(acceptance, file, today(context));
    if (ending !== undefined) await warn(ending, context, lang);
  }
  return policy;
}

/** Text for an acceptance that has expired or is about to. */
function endingText(acceptance: Acceptance, file: string, day: string): Text | undefined {
  const days = daysLeft(acceptance, day);
  const { expires } = acceptance;
  const fingerprint = excerpt(acceptance.fingerprint);
  if (days < 0) {
    return {
      fr: `${file} : l'acceptation de ${fingerprint} a expiré le ${expires} ; le constat compte de nouveau.`,
      en: `${file}: the acceptance of ${fingerprint} expired on ${expires}; the finding counts again.`,
    };
  }
  if (!endsSoon(days)) return undefined;
  return {
    fr: `${file} : l'acceptation de ${fingerprint} prend fin le ${expires} (${days} j) ; ensuite le constat comptera de nouveau.`,
    en: `${file}: the acceptance of ${fingerprint} ends on ${expires} (${days} d); the finding will count again then.`,
  };
}
