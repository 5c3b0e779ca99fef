import type { Text } from "../contract/text.ts";

/** A comment on a merge request. */
interface Comment {
  readonly id: number;
  readonly body: string;
  /** Whether the owner of douane's token wrote the comment, since anybody can copy a marker. */
  readonly isOwn: boolean;
}

export interface CommentPage {
  readonly comments: readonly Comment[];
  readonly isLast: boolean;
}

/** Comments of one merge request (GitLab) or pull request (GitHub). */
export interface Conversation {
  /**
   * A page of comments, the oldest first.
   *
   * @param number number of the page, from 1
   */
  page(number: number): Promise<CommentPage>;
  create(body: string): Promise<void>;
  update(id: number, body: string): Promise<void>;
}

export interface CommitStatus {
  /** Name that distinguishes the statuses of one commit. */
  readonly name: string;
  readonly state: "success" | "failure";
  readonly description: string;
}

/** The platform that hosts the pipeline's code, as far as comments need it. */
export interface Forge {
  readonly name: "GitLab" | "GitHub";
  /** Comments of the merge request; absent if the pipeline has no merge request. */
  readonly conversation?: Conversation;
  setStatus(status: CommitStatus): Promise<void>;
}

/** Reason why no comment is possible, and the remedy. */
export interface NoForge {
  readonly reason: Text;
}

export type Env = Readonly<Record<string, string | undefined>>;
