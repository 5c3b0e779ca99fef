import { setTimeout as sleep } from "node:timers/promises";
import { UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";

/** Manifest to be written. */
export interface NewManifest {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * Waits before another attempt.
 *
 * @param attempt number of the attempt, from 1
 */
export type Pause = (attempt: number) => Promise<void>;

/**
 * Pause of random length, up to one second after several attempts, so that colliding writers separate. The
 * minimum is longer than another writer's step from reading the tag to writing it.
 */
export async function randomPause(attempt: number): Promise<void> {
  await sleep(50 + Math.random() * Math.min(1_000, 100 * attempt));
}

/**
 * Adds to the manifest of a tag that other processes write, too. Registries have no conditional write, so the
 * addition is read back, and repeated until it stays.
 *
 * @param addition manifest with the addition; undefined if the current manifest has the addition already
 * @throws UnavailableError shared-tag-contended
 */
export async function addToSharedTag(
  store: ArtifactStore,
  tag: string,
  addition: (current: Uint8Array | undefined) => Promise<NewManifest | undefined>,
  pause: Pause,
): Promise<void> {
  for (let attempt = 1; attempt <= LIMITS.sharedTagWrites; attempt++) {
    const current = await store.manifest(tag);
    const next = await addition(current);
    if (next === undefined) return;
    // Preparing the addition may take a while, so another process may have written meanwhile.
    if (isSame(current, await store.manifest(tag))) await store.putManifest(tag, next.mediaType, next.bytes);
    await pause(attempt);
  }
  throw new UnavailableError("shared-tag-contended", {
    fr: `le tag ${quoted(tag)} a été réécrit par d'autres ${LIMITS.sharedTagWrites} fois de suite (limite sharedTagWrites). Quand ils auront fini : douane attest IMAGE --repair`,
    en: `other writers replaced the tag ${quoted(tag)} ${LIMITS.sharedTagWrites} times in a row (limit sharedTagWrites). When they are done: douane attest IMAGE --repair`,
  });
}

function isSame(before: Uint8Array | undefined, now: Uint8Array | undefined): boolean {
  return before === undefined || now === undefined ? before === now : Buffer.compare(before, now) === 0;
}
