import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";

/**
 * Runs work on one image. The signal that the work receives is aborted with the run, or after LIMITS.imageMs;
 * threads that read layers end on that signal.
 *
 * @throws errors of the work; InvalidInputError `image-time-limit`; the run's reason
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
    // Aborted streams and processes fail with various errors; the run's reason replaces them.
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
