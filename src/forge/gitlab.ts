import { z } from "zod";
import type { Answer, ForgeApi } from "./api.ts";
import type { CommentPage, Conversation, Env, Forge } from "./forge.ts";
import { unexpected } from "./unexpected.ts";

const PER_PAGE = 50;

const User = z.object({ id: z.int() });
const Notes = z.array(
  z.object({ id: z.int(), body: z.string(), author: User, system: z.boolean().optional() }),
);

/**
 * Forge for GitLab: https://docs.gitlab.com/api/notes/#merge-requests and
 * https://docs.gitlab.com/api/commits/#commit-status.
 */
export function gitlab(api: ForgeApi, env: Env): Forge {
  const project = encodeURIComponent(env["CI_PROJECT_ID"] ?? "");
  const merge = env["CI_MERGE_REQUEST_IID"] ?? "";
  // In a pipeline of merged results, users know only the commit of their branch.
  const commit = env["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] || (env["CI_COMMIT_SHA"] ?? "");
  return {
    name: "GitLab",
    ...(merge === "" ? {} : { conversation: notesOf(api, project, merge) }),
    async setStatus({ name, state, description }) {
      await api.add(`projects/${project}/statuses/${encodeURIComponent(commit)}`, {
        state: state === "success" ? "success" : "failed",
        name,
        description,
        ...(env["CI_JOB_URL"] === undefined ? {} : { target_url: env["CI_JOB_URL"] }),
      });
    },
  };
}

function notesOf(api: ForgeApi, project: string, merge: string): Conversation {
  const notes = `projects/${project}/merge_requests/${encodeURIComponent(merge)}/notes`;
  let own: Promise<number> | undefined;
  return {
    async page(number): Promise<CommentPage> {
      own ??= ownId(api);
      const id = await own;
      const answer = await api.get(
        `${notes}?per_page=${PER_PAGE}&page=${number}&order_by=created_at&sort=asc`,
      );
      const { data } = Notes.safeParse(answer.value);
      if (data === undefined) throw unexpected("GitLab");
      const comments = data
        .filter(({ system }) => system !== true)
        .map((note) => ({ id: note.id, body: note.body, isOwn: note.author.id === id }));
      return { comments, isLast: answer.header("x-next-page") === "" };
    },
    create: (body) => api.add(notes, { body }),
    update: (id, body) => api.change("PUT", `${notes}/${id}`, { body }),
  };
}

/** Identifier of the token's user: for a project access token, its bot. */
async function ownId(api: ForgeApi): Promise<number> {
  const answer: Answer = await api.get("user");
  const { data } = User.safeParse(answer.value);
  if (data === undefined) throw unexpected("GitLab");
  return data.id;
}
