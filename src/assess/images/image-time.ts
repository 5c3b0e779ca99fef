import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";

/**
 * Does what is to be known of one image, under a signal of its own: it is aborted with the run's, and
 * when the image takes longer than `imageMs`. The threads that read layers end with it.
 *
 * @throws what the work throws; InvalidInputError `image-time-limit`; the run's reason
 */
export async function inImageTime<T>(
  run: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(tooSlow()), LIMITS.imageMs);
  timer.unref();
  try {
    return await work(AbortSignal.any([run, late.signal]));
  } catch (error) {
    // Streams and processes that are aborted each fail in their own way.
    run.throwIfAborted();
    late.signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(): InvalidInputError {
  const minutes = LIMITS.imageMs / 60_000;
  return new InvalidInputError("image-time-limit", {
    fr: `plus de ${minutes} minutes pour une image (borne imageMs).`,
    en: `more than ${minutes} minutes for one image (bound imageMs).`,
  });
}
