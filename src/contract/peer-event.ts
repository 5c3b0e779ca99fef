/**
 * The same request to a port of the pod from a neighbour's address and, if it was answered badly, from
 * 127.0.0.1: some servers accept connections on every address, and serve local peers only.
 */
export interface PeerEvent {
  readonly kind: "peer";
  readonly port: number;
  /** Path of a GET; absent for bytes sent to a port without HTTP. */
  readonly path?: string;
  /** Answer to the neighbour; the best of several answers. */
  readonly outside: PeerAnswer;
  /**
   * Answer to 127.0.0.1; the worst of several answers. Absent if no request was needed, since the neighbour got a good
   * answer.
   */
  readonly inside?: PeerAnswer;
}

/** An HTTP status, or the outcome of a connection without one. */
export type PeerAnswer = number | (typeof PEER_OUTCOMES)[number];

/**
 * Outcomes of a connection, worst first. `dismissed`: the server closed the connection before anything was
 * sent. `closed`: the server closed the connection without an answer. `silent`: the connection stayed open
 * without an answer. `answered`: the server answered.
 */
export const PEER_OUTCOMES = ["dismissed", "closed", "silent", "answered"] as const;

/** Quality of an answer, for comparison: a demand for credentials is the application's, like a good answer. */
export function peerQuality(answer: PeerAnswer): number {
  if (answer === "dismissed") return 0;
  if (answer === "closed") return 1;
  if (answer === "silent") return 2;
  if (answer === "answered" || answer < 400 || answer === 401) return BEST;
  if (answer >= 500) return 3;
  return answer === 400 || answer === 403 || answer === 421 ? 4 : 5;
}

const BEST = 6;

/** Whether no answer could be better. */
export function isBest(answer: PeerAnswer): boolean {
  return peerQuality(answer) === BEST;
}
