import { z } from "zod";
import type { ForgeApi } from "./api.ts";
import type { CommentPage, Conversation, Env, Forge } from "./forge.ts";
import { unexpected } from "./unexpected.ts";

const PER_PAGE = 50;
/** Author of comments made with a workflow's token, which may not query its own user. */
const WORKFLOW_BOT = "github-actions[bot]";

const User = z.object({ login: z.string() });
const Comments = z.array(z.object({ id: z.int(), body: z.string().nullish(), user: User.nullish() }));

/** Event that started a workflow, from `GITHUB_EVENT_PATH`. */
export const GitHubEvent = z.object({
  pull_request: z.object({ number: z.int(), head: z.object({ sha: z.string() }) }).optional(),
});
export type GitHubEvent = z.infer<typeof GitHubEvent>;

/**
 * Forge for GitHub: https://docs.github.com/en/rest/issues/comments (a pull request is an issue, too) and
 * https://docs.github.com/en/rest/commits/statuses.
 */
export function github(api: ForgeApi, env: Env, { pull_request: pull }: GitHubEvent): Forge {
  const repository = (env["GITHUB_REPOSITORY"] ?? "").split("/").map(encodeURIComponent).join("/");
  // GITHUB_SHA of a pull request is a temporary merge commit, unknown to users.
  const commit = pull?.head.sha ?? env["GITHUB_SHA"] ?? "";
  return {
    name: "GitHub",
    ...(pull === undefined ? {} : { conversation: commentsOf(api, repository, pull.number) }),
    async setStatus({ name, state, description }) {
      await api.add(`repos/${repository}/statuses/${encodeURIComponent(commit)}`, {
        state,
        context: name,
        description,
        ...runUrl(env, repository),
      });
    },
  };
}

function runUrl(env: Env, repository: string): { readonly target_url?: string } {
  const { GITHUB_SERVER_URL: server, GITHUB_RUN_ID: run } = env;
  if (server === undefined || run === undefined) return {};
  return { target_url: `${server}/${repository}/actions/runs/${run}` };
}

function commentsOf(api: ForgeApi, repository: string, pull: number): Conversation {
  const comments = `repos/${repository}/issues`;
  let own: Promise<string> | undefined;
  return {
    async page(number): Promise<CommentPage> {
      own ??= ownLogin(api);
      const login = await own;
      const answer = await api.get(`${comments}/${pull}/comments?per_page=${PER_PAGE}&page=${number}`);
      const { data } = Comments.safeParse(answer.value);
      if (data === undefined) throw unexpected("GitHub");
      return {
        comments: data.map(({ id, body, user }) => ({ id, body: body ?? "", isOwn: user?.login === login })),
        isLast: !/;\s*rel="next"/.test(answer.header("link").slice(0, 4_096)),
      };
    },
    create: (body) => api.add(`${comments}/${pull}/comments`, { body }),
    update: (id, body) => api.change("PATCH", `${comments}/comments/${id}`, { body }),
  };
}

async function ownLogin(api: ForgeApi): Promise<string> {
  const answer = await api.find("user");
  if (answer === undefined) return WORKFLOW_BOT;
  const { data } = User.safeParse(answer.value);
  if (data === undefined) throw unexpected("GitHub");
  return data.login;
}
