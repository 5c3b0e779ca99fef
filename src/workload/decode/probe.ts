import type {
  GrpcFacts,
  HookFacts,
  HttpGetFacts,
  LifecycleFacts,
  ProbeFacts,
  TcpSocketFacts,
} from "../../contract/pod-facts.ts";
import { list, object } from "./collections.ts";
import { int32, int64, intOrString, string } from "./scalars.ts";

type Header = NonNullable<HttpGetFacts["httpHeaders"]>[number];

/** Handlers common to probes and hooks. */
const SHARED = {
  exec: object<NonNullable<HookFacts["exec"]>>({ command: list(string, "") }),
  httpGet: object<HttpGetFacts>({
    path: string,
    port: intOrString,
    host: string,
    scheme: string,
    httpHeaders: list(object<Header>({ name: string, value: string }), {}),
  }),
  tcpSocket: object<TcpSocketFacts>({ port: intOrString, host: string }),
};

export const probe = object<ProbeFacts>({
  ...SHARED,
  grpc: object<GrpcFacts>({ port: int32, service: string }),
  initialDelaySeconds: int32,
  periodSeconds: int32,
  timeoutSeconds: int32,
  successThreshold: int32,
  failureThreshold: int32,
  terminationGracePeriodSeconds: int64,
});

const hook = object<HookFacts>({
  ...SHARED,
  sleep: object<NonNullable<HookFacts["sleep"]>>({ seconds: int64 }),
});

export const lifecycle = object<LifecycleFacts>({
  postStart: hook,
  preStop: hook,
  stopSignal: string,
});
