import type { HttpEvent } from "./trial-events.ts";

type Answer = Pick<HttpEvent, "status" | "error" | "redirected">;

/**
 * Status by which the kubelet judges a probe: after the redirects that the kubelet follows; undefined for an
 * error.
 */
export function finalStatus({ status, redirected }: Answer): number | undefined {
  return redirected === undefined ? status : redirected.status;
}

/**
 * Answer in words: `200`, `ECONNREFUSED`, `302 → /err 500`.
 *
 * @param none text if there is neither a status nor an error
 */
export function answerText(answer: Answer, none: string): string {
  const { redirected } = answer;
  const first = statusText(answer, none);
  return redirected === undefined ? first : `${first} → ${redirected.to} ${statusText(redirected, none)}`;
}

function statusText({ status, error }: Pick<Answer, "status" | "error">, none: string): string {
  return status === undefined ? (error ?? none) : `${status}`;
}
