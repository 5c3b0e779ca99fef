/** Takes the content of one file, or of one member of an archive. */
export interface ContentSink {
  /** All of it in one piece, valid during the call: in place of push() and end(). */
  whole(bytes: Uint8Array): void;
  /** A piece of it, valid during the call, then the next. */
  push(bytes: Uint8Array): void;
  end(): void;
}

/** Sink for an unwanted content. */
export const NOTHING: ContentSink = {
  whole: () => undefined,
  push: () => undefined,
  end: () => undefined,
};
