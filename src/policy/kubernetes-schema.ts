import { z } from "zod";
import { minorOf } from "./kubernetes-version.ts";

export const kubernetesSchema = z.string().refine((version) => minorOf(version) !== undefined, {
  error: "une version de Kubernetes comme 1.29 | a version of Kubernetes such as 1.29",
});
