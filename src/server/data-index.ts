import type { Digest } from "../contract/image-facts.ts";
import type { RecordedAnswers } from "../vulnerabilities/database/recorded-answers.ts";

/** Index from vulnerability data to the images that were compared with them. */
export interface DataIndex {
  /** Stores what the comparison of an image asked of the data, in place of its comparison before. */
  keepAnswers(image: Digest, answers: RecordedAnswers): Promise<void>;
  /**
   * Digests of the images for which a query was answered otherwise.
   *
   * @param answerOf digest of the answer that the current data give to a query
   */
  touchedBy(answerOf: (query: string) => string | undefined): Promise<ReadonlySet<string>>;
}
