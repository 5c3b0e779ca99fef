// No annotation gives the container runtime settings that are not visible in the pod's fields (contract 1.1).
//
//   io.kubernetes.cri-o.*, *.crio.io, seccomp-profile.kubernetes.cri-o.io, *.nri.io, *.nri.containerd.io,
//   cdi.k8s.io/*, io.katacontainers.*, run.oci.*                              unproven: rows 2, 3 and 4
//   container.apparmor.security.beta.kubernetes.io, seccomp.security.alpha…   judged by other rules, or without effect
//   an empty value                                                            fine
//
// If the node's runtime allows it, these annotations set devices, mounts, user namespaces and seccomp profiles. Pod
// Security does not read them.

import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { isForRuntime } from "../../start/pod-annotations.ts";
import { metadataField } from "./annotation-place.ts";

/** Maximum number of annotations named in one sentence. */
const NAMED = 3;

export const runtimeAnnotations = defineRule({
  id: "1.1-runtime-annotations",
  rows: ["no-host-access", "no-escalation", "seccomp"],
  title: {
    fr: "Aucune annotation ne demande de réglages au moteur de conteneurs du nœud",
    en: "No annotation asks the node's container runtime for settings",
  },
  why: {
    fr: "Par des annotations, un moteur de conteneurs peut donner des périphériques, des montages du nœud ou un autre profil seccomp, sans que les champs du pod le montrent.",
    en: "By annotations, a container runtime may give devices, mounts of the node or another seccomp profile, without a sign in the pod's fields.",
  },
  remedy: {
    fr: "Retirer cette annotation et employer les champs du pod (securityContext, volumes, resources).",
    en: "Remove this annotation and use the pod's fields (securityContext, volumes, resources).",
  },
  needs: ["workload"],
  check({ workload }): Outcome {
    const keys = Object.entries(workload.pod.annotations).flatMap(([key, value]) =>
      isForRuntime(key, value) ? [key] : [],
    );
    if (keys.length === 0) return { status: "pass", proof: NONE };
    const fields = keys.slice(0, NAMED).map((key) => excerpt(metadataField(workload, "annotations", key)));
    const named = `${fields.join(", ")}${keys.length > NAMED ? ", …" : ""}`;
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `${named} s'adresse au moteur de conteneurs du nœud : ce qu'il en fait n'est pas dans le manifeste`,
        en: `${named} is for the node's container runtime: what the runtime does with it is not in the manifest`,
      },
      settle: {
        fr: "Retirer cette annotation et employer les champs du pod (securityContext, volumes, resources).",
        en: "Remove this annotation and use the pod's fields (securityContext, volumes, resources).",
      },
    };
  },
});

const NONE = {
  fr: "aucune annotation ne s'adresse au moteur de conteneurs du nœud",
  en: "no annotation is for the node's container runtime",
};
