import { UnavailableError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Conversation } from "./forge.ts";

/**
 * Updates douane's comment with this marker, or creates a comment.
 *
 * @param body begins with the marker
 * @returns the action taken
 */
export async function publishComment(
  conversation: Conversation,
  marker: string,
  body: string,
): Promise<"created" | "updated" | "unchanged"> {
  for (let number = 1; number <= LIMITS.commentPages; number += 1) {
    const { comments, isLast } = await conversation.page(number);
    const found = comments.find((one) => one.isOwn && one.body.startsWith(marker));
    if (found !== undefined) {
      if (found.body.trimEnd() === body.trimEnd()) return "unchanged";
      await conversation.update(found.id, body);
      return "updated";
    }
    if (isLast) {
      await conversation.create(body);
      return "created";
    }
  }
  // A new comment would be hidden among the many others, like the first.
  throw new UnavailableError("comments-too-many", {
    fr: `la merge request a plus de ${LIMITS.commentPages} pages de commentaires (limite commentPages) ; le rapport est parmi les artefacts.`,
    en: `the merge request has more than ${LIMITS.commentPages} pages of comments (limit commentPages); the report is among the artefacts.`,
  });
}
