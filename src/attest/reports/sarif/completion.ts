import { type Fields, isFields, listAt, objectAt, objectsAt } from "../../../json/fields.ts";
import { type IncompleteReason } from "../format/incomplete.ts";

/** Reasons why a run is incomplete, with their numbers. */
export function incompleteRun(run: Fields): Readonly<Partial<Record<IncompleteReason, number | boolean>>> {
  const converted = objectAt(objectAt(run, "conversion"), "invocation");
  const invocations = [...objectsAt(run, "invocations"), converted];
  const notifications = invocations.flatMap((one) => [
    ...objectsAt(one, "toolExecutionNotifications"),
    ...objectsAt(one, "toolConfigurationNotifications"),
  ]);
  return {
    "execution-failed": invocations.some(
      ({ executionSuccessful, exitSignalName, exitSignalNumber, processStartFailureMessage }) =>
        executionSuccessful === false ||
        [exitSignalName, exitSignalNumber, processStartFailureMessage].some((one) => one !== undefined),
    ),
    "error-notifications": notifications.filter(({ level }) => level === "error").length,
    // A missing list means that the scan did not start; an empty list means no results (3.14.23).
    "no-results": !Array.isArray(run["results"]),
    "results-elsewhere": listAt(objectAt(run, "externalPropertyFileReferences"), "results").length > 0,
    "no-files": hasNoFiles(run),
  };
}

/** Whether the run has invocations, and all of them state success. */
export function isFinished(run: Fields): boolean {
  const invocations = listAt(run, "invocations");
  return (
    invocations.length > 0 && invocations.every((one) => isFields(one) && one["executionSuccessful"] === true)
  );
}

/** Whether the run examined no files, by its list of artifacts or by Bandit's count of lines. */
function hasNoFiles(run: Fields): boolean {
  const totals = objectAt(objectAt(objectAt(run, "properties"), "metrics"), "_totals");
  const artifacts = run["artifacts"];
  const hasNoResult = listAt(run, "results").length === 0;
  return totals["loc"] === 0 || (hasNoResult && Array.isArray(artifacts) && artifacts.length === 0);
}
