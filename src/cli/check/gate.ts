import type { FailOn } from "../../contract/fail-on.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { minorOf, NEWEST_MINOR } from "../../policy/kubernetes-version.ts";
import type { Policy } from "../../policy/policy.ts";
import type { TeamSettings } from "../settings/team.ts";
import type { CheckValues } from "./flags.ts";

/** Conditions that stop a pipeline, and the Kubernetes version; the platform's policy takes precedence. */
export interface Gate {
  readonly failOn: FailOn;
  readonly platform?: string;
  /** Minor version of Kubernetes 1.x. */
  readonly minor: number;
  /** Messages about settings that were ignored. */
  readonly ignored: readonly Text[];
}

interface Asked<T> {
  /** Value from the command line or the environment. */
  readonly flag: T | undefined;
  /** Value from the team's file. */
  readonly team: T | undefined;
  readonly policy: T | undefined;
}

/**
 * Settings for the gate: the command line and environment take precedence over the team's file, and none can
 * weaken the policy.
 */
export function gateOf(
  values: Pick<CheckValues, "failOn" | "platform" | "kubernetes">,
  team: Pick<TeamSettings, "failOn" | "platform" | "kubernetes">,
  policy: Policy,
): Gate {
  const failOn = settle("failOn", "--fail-on", of(values.failOn, team.failOn, policy.failOn), isStricter);
  const platform = settle("platform", "--platform", of(values.platform, team.platform, policy.platform));
  const minor = settle(
    "kubernetes",
    "--kubernetes",
    of(versionOf(values.kubernetes), cluster(team.kubernetes), cluster(policy.kubernetes)),
  );
  return {
    failOn: failOn.value ?? "unproven",
    minor: minorOf(minor.value ?? "") ?? NEWEST_MINOR,
    ...(platform.value === undefined ? {} : { platform: platform.value }),
    ignored: [failOn, platform, minor].flatMap((one) => one.ignored ?? []),
  };
}

function of<T>(flag: T | undefined, team: T | undefined, policy: T | undefined): Asked<T> {
  return { flag, team, policy };
}

function isStricter(asked: FailOn): boolean {
  return asked === "unproven";
}

/** Minor version of a Kubernetes version: `1.29` and `v1.29.3` are equal. */
function cluster(version: string | undefined): string | undefined {
  return versionOf(minorOf(version ?? ""));
}

function versionOf(minor: number | undefined): string | undefined {
  return minor === undefined ? undefined : `1.${minor}`;
}

/** @param isAllowed whether a request may differ from the policy; default: never */
function settle<T extends string>(
  key: string,
  flag: string,
  { flag: given, team, policy }: Asked<T>,
  isAllowed: (asked: T) => boolean = () => false,
): { readonly value: T | undefined; readonly ignored?: Text } {
  const asked = given ?? team;
  if (policy === undefined || asked === undefined) return { value: asked ?? policy };
  if (asked === policy || isAllowed(asked)) return { value: asked };
  const by = given === undefined ? `${key}:` : flag;
  return {
    value: policy,
    ignored: {
      fr: `${by} ${quoted(asked)} ne compte pas : la politique fixe ${key} à ${quoted(policy)}.`,
      en: `${by} ${quoted(asked)} does not count: the policy sets ${key} to ${quoted(policy)}.`,
    },
  };
}
