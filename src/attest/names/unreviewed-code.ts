/**
 * Test for the Git reference of a merge request, of GitLab, GitHub and Gitea, Bitbucket or Gerrit.
 *
 * @param ref complete reference, `refs/heads/main`
 */
export function isMergeRequestRef(ref: string | undefined): boolean {
  return ref !== undefined && /^refs\/(?:merge-requests|pull|pull-requests|changes)\//.test(ref);
}

/**
 * Test for an event whose pipeline runs code that the project has not accepted yet, or may check such code out:
 * GitLab's `pipeline_source`, GitHub's `event_name`, Fulcio's build trigger. The events of merge requests
 * have several endings (`_target`, `_event`).
 */
export function isUnreviewedEvent(event: string | undefined): boolean {
  return (
    event !== undefined &&
    (/^(?:external_)?(?:merge|pull)_request(?:_|$)/.test(event) || OTHER_EVENTS.includes(event))
  );
}

/** Events of GitHub: a commit that may still be dropped, and workflows of the default branch for any code. */
const OTHER_EVENTS = ["merge_group", "issue_comment", "workflow_run"];
