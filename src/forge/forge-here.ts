import { resolve } from "node:path";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import { readBytes } from "../files/read-bytes.ts";
import { parseJson } from "../json/parse-json.ts";
import { type ApiOptions, ForgeApi } from "./api.ts";
import type { Env, Forge, NoForge } from "./forge.ts";
import { GitHubEvent, github } from "./github.ts";
import { gitlab } from "./gitlab.ts";

/** Forge of this pipeline, to be closed by the caller. */
export interface ForgeHere {
  readonly forge: Forge;
  /** The token, which must never be shown. */
  readonly secret: string;
  close(): Promise<void>;
}

/**
 * Forge whose pipeline runs this process, detected from its variables; otherwise the reason why no comment is
 * possible.
 */
export function forgeHere(env: Env, options: Omit<ApiOptions, "env">): ForgeHere | NoForge {
  if (env["GITLAB_CI"] === "true") return gitlabHere(env, options);
  if (env["GITHUB_ACTIONS"] === "true") return githubHere(env, options);
  return { reason: NO_PIPELINE };
}

function gitlabHere(env: Env, options: Omit<ApiOptions, "env">): ForgeHere | NoForge {
  const secret = env["DOUANE_GITLAB_TOKEN"] ?? "";
  if (secret === "") return { reason: NO_GITLAB_TOKEN };
  // A self-hosted GitLab often has its own certificate authority, which it passes to runners in this
  // variable.
  const caFile = options.caFile ?? (env["CI_SERVER_TLS_CA_FILE"] || undefined);
  const own = { ...options, env, ...(caFile === undefined ? {} : { caFile }) };
  const api = new ForgeApi(env["CI_API_V4_URL"] ?? "", { "private-token": secret }, own);
  return { forge: gitlab(api, env), secret, close: () => api.close() };
}

function githubHere(env: Env, options: Omit<ApiOptions, "env">): ForgeHere | NoForge {
  const secret = env["DOUANE_GITHUB_TOKEN"] || (env["GITHUB_TOKEN"] ?? "");
  if (secret === "") return { reason: NO_GITHUB_TOKEN };
  const headers = { authorization: `Bearer ${secret}`, "x-github-api-version": "2022-11-28" };
  const api = new ForgeApi(env["GITHUB_API_URL"] ?? "https://api.github.com", headers, { ...options, env });
  return { forge: github(api, env, eventOf(env)), secret, close: () => api.close() };
}

/** Event that started the workflow; empty if unreadable, so that there is no pull request to comment on. */
function eventOf({ GITHUB_EVENT_PATH: path }: Env): GitHubEvent {
  if (path === undefined || path === "") return {};
  try {
    const bytes = readBytes(resolve(path), { most: LIMITS.jsonBytes });
    if (bytes === undefined) return {};
    return GitHubEvent.safeParse(parseJson(bytes, "GITHUB_EVENT_PATH")).data ?? {};
  } catch {
    return {};
  }
}

const NO_PIPELINE: Text = {
  fr: "ce n'est ni un pipeline de GitLab ni un workflow de GitHub (GITLAB_CI, GITHUB_ACTIONS)",
  en: "this is neither a pipeline of GitLab nor a workflow of GitHub (GITLAB_CI, GITHUB_ACTIONS)",
};
const NO_GITLAB_TOKEN: Text = {
  fr: "il manque un jeton : GitLab n'admet pas CI_JOB_TOKEN pour les commentaires. Créer un jeton d'accès de projet (portée api, rôle Developer) et le donner par la variable masquée DOUANE_GITLAB_TOKEN",
  en: "a token is missing: GitLab does not take CI_JOB_TOKEN for comments. Create a project access token (scope api, role Developer) and give it by the masked variable DOUANE_GITLAB_TOKEN",
};
const NO_GITHUB_TOKEN: Text = {
  fr: "il manque un jeton : donner github.token par la variable GITHUB_TOKEN, avec la permission pull-requests: write",
  en: "a token is missing: give github.token by the variable GITHUB_TOKEN, with the permission pull-requests: write",
};
