import { relative, resolve, sep } from "node:path";
import type { ReportView } from "../../report/report.ts";
import type { Context } from "../process/context.ts";

/** Addresses without characters that could close a Markdown link or an HTML attribute. */
const ADDRESS = /^https?:\/\/[\w.:-]+(?:\/[\w.~/-]*)?$/;
const COMMIT = /^[0-9a-f]{7,64}$/;

/**
 * Links to lines of the checked-out repository, from variables of GitLab and GitHub jobs; undefined
 * elsewhere.
 */
export function sourceLinks({ env, cwd }: Pick<Context, "env" | "cwd">): ReportView["linkOf"] {
  const gitlab = {
    at: env["CI_PROJECT_URL"],
    blob: "/-/blob/",
    root: env["CI_PROJECT_DIR"],
    commit: env["CI_COMMIT_SHA"],
  };
  const github = {
    at: `${env["GITHUB_SERVER_URL"]}/${env["GITHUB_REPOSITORY"]}`,
    blob: "/blob/",
    root: env["GITHUB_WORKSPACE"],
    commit: env["GITHUB_SHA"],
  };
  const { at = "", blob, root = "", commit = "" } = env["GITLAB_CI"] === "true" ? gitlab : github;
  if (root === "" || !ADDRESS.test(at) || !COMMIT.test(commit)) return undefined;
  return (file, line) => {
    const path = relative(root, resolve(cwd, file)).split(sep);
    if (path[0] === ".." || path[0] === "" || file === "-") return undefined;
    return `${at}${blob}${commit}/${path.map(encoded).join("/")}#L${line}`;
  };
}

/** An encoded segment of a path, including characters that would end a Markdown link. */
function encoded(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
