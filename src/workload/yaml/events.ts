import { EVENT_ID, type Event, SCALAR_STYLE } from "js-yaml";

/** Offset of a node, including its tag, anchor and quotes; 0 for an empty value, which has no place. */
export function offsetOf(event: Event | undefined): number {
  if (event === undefined || !("anchorStart" in event)) return 0;
  const tag = "tagStart" in event ? event.tagStart : -1;
  const starts = [contentStart(event), tag, event.anchorStart - 1].filter((offset) => offset >= 0);
  return starts.length === 0 ? 0 : Math.min(...starts);
}

function contentStart(event: Event): number {
  if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) return event.start;
  if (event.type !== EVENT_ID.SCALAR) return -1;
  const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return isQuoted ? event.valueStart - 1 : event.valueStart;
}
