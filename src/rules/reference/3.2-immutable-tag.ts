// The image has a name whose content does not change (contract 3.2, recommended).
//
//   a digest (with or without a tag)                                                pass
//   1.2.3  v1.2.3  1.2.3-alpine  2024.06.1                                          pass
//   sha-abcdef1  main-1a2b3c4: a commit, seven hexadecimal digits or more           pass
//   no tag (latest is meant), latest, stable, main, dev, alpine, 1.2.3-SNAPSHOT…    fail
//   3  1.27  20-alpine: the next patch changes the content                          fail
//   1.2.3-dev, 1.2.3-edge, stable-1.2.3: a version beside a channel or environment  unproven
//   20240612, build-1234, pr-42                                                     unproven
//   an archive or layout without a tag                                              unproven
//   auto, in a pod that requests Istio's proxy: replaced when the pod is created    unproven

import type { ReferenceFacts } from "../../contract/evidence.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { containerName, imageField } from "../../contract/pod-containers.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { manifestPlace, workloadKey } from "../../contract/workload-facts.ts";
import { isIstioPlaceholder } from "../../start/istio-placeholder.ts";
import { tagKind } from "./tags.ts";

const ID = "3.2-immutable-tag";
const SETTLE: Text = {
  fr: "Étiqueter l'image par une version en trois parties (1.2.3) ou par le commit (sha-1a2b3c4), ou la désigner par son empreinte (@sha256:…).",
  en: "Tag the image with a three-part version (1.2.3) or the commit (sha-1a2b3c4), or name it by its digest (@sha256:…).",
};

const INJECTED: Outcome = {
  status: "unproven",
  reason: {
    fr: "« auto » n'est pas une image : Istio le remplace par celle de son proxy à la création du pod",
    en: "`auto` is not an image: Istio replaces it by its proxy's when the pod is created",
  },
};

export const immutableTag = defineRule({
  id: ID,
  rows: ["immutable-tag"],
  title: {
    fr: "L'image est désignée par une version, un commit ou une empreinte",
    en: "The image is named by a version, a commit or a digest",
  },
  why: {
    fr: "Un tag qui change désigne demain une autre image : ni retour arrière, ni reproduction de ce qui tourne.",
    en: "A tag that moves names another image tomorrow: no rollback, and no way to reproduce what runs.",
  },
  remedy: SETTLE,
  needs: ["reference"],
  uses: ["workload", "placement"],
  check({ reference, workload, placement }) {
    if (workload !== undefined && isIstioPlaceholder(reference.given, workload.pod)) return INJECTED;
    const outcome = judge(reference);
    if (outcome.status !== "fail" || workload === undefined || placement === undefined) return outcome;
    const at = manifestPlace(workload, imageField(placement));
    const own = fingerprint(ID, workloadKey(workload), containerName(placement), reference.tag ?? "");
    return { ...outcome, findings: [{ ...outcome.findings[0], fingerprint: own, at }] };
  },
});

function judge(reference: ReferenceFacts): Outcome {
  if (reference.digest !== undefined) {
    const digest = excerpt(reference.digest);
    return pass({ fr: `désignée par son empreinte ${digest}`, en: `named by its digest ${digest}` });
  }
  const outcome = reference.tag === undefined ? judgeUntagged(reference) : judgeTag(reference.tag);
  return reference.mirror === undefined ? outcome : ofMirror(outcome, reference.mirror);
}

/** Outcome for a tag that a mirror resolved: which image it names there is the mirror's word. */
function ofMirror(outcome: Outcome, mirror: string): Outcome {
  const name = excerpt(mirror);
  const said = ({ fr, en }: Text): Text => ({
    fr: `${fr} ; lue du miroir ${name}, dont le tag peut mener à une autre image que celui du registre`,
    en: `${en}; read from the mirror ${name}, whose tag may lead to another image than that of the registry`,
  });
  if (outcome.status === "pass") return { ...outcome, proof: said(outcome.proof) };
  if (outcome.status !== "fail") return { ...outcome, reason: said(outcome.reason) };
  const [finding] = outcome.findings;
  return { ...outcome, findings: [{ ...finding, message: said(finding.message) }] };
}

function judgeUntagged({ transport, given }: ReferenceFacts): Outcome {
  const name = excerpt(given);
  if (transport === "registry") {
    return refuse("", {
      fr: `${name} n'a pas de tag : latest est sous-entendu`,
      en: `${name} has no tag: latest is meant`,
    });
  }
  return unproven({
    fr: `${name} ne dit pas sous quel tag l'image sera publiée`,
    en: `${name} does not say under which tag the image will be published`,
  });
}

function judgeTag(tag: string): Outcome {
  const shown = excerpt(tag);
  switch (tagKind(tag)) {
    case "version":
      return pass({ fr: `version complète : ${shown}`, en: `full version: ${shown}` });
    case "commit":
      return pass({ fr: `tag qui contient un commit : ${shown}`, en: `tag with a commit: ${shown}` });
    case "partial":
      return refuse(tag, {
        fr: `le tag ${shown} est une version partielle : le prochain correctif le déplace`,
        en: `tag ${shown} is a partial version: the next patch moves it`,
      });
    case "floating":
      return refuse(tag, { fr: `le tag ${shown} est flottant`, en: `the tag ${shown} is mutable` });
    case "channel":
      return unproven({
        fr: `le tag ${shown} joint à la version un canal ou un environnement : la prochaine construction peut reprendre ce tag`,
        en: `tag ${shown} combines the version with a channel or an environment: the next build may reuse the tag`,
      });
    default:
      return unproven({
        fr: `rien ne montre que le tag ${shown} est immuable`,
        en: `nothing shows that tag ${shown} is immutable`,
      });
  }
}

function pass(proof: Text): Outcome {
  return { status: "pass", proof };
}

function refuse(tag: string, message: Text): Outcome {
  return { status: "fail", findings: [{ message, fingerprint: fingerprint(ID, tag) }] };
}

function unproven(reason: Text): Outcome {
  return { status: "unproven", reason, settle: SETTLE };
}
