import type { Digest } from "../contract/image-facts.ts";
import type { RecordedAnswers } from "../vulnerabilities/database.ts";

/** Index from vulnerability data to the images that were compared with them. */
export interface DataIndex {
  /**
   * Stores the queries of an image's comparison with the data, and their answers, in place of an earlier comparison's.
   */
  keepAnswers(image: Digest, answers: RecordedAnswers): Promise<void>;
  /**
   * Digests of the images with a stored query to which the current data give another answer.
   *
   * @param answerOf digest of the answer that the current data give to a query
   */
  touchedBy(answerOf: (query: string) => string | undefined): Promise<ReadonlySet<string>>;
}
