// One warm instance, like a Lambda container: keeps loaded what it has loaded, answers one request at a time.
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parentPort } from 'node:worker_threads';

export interface Invocation {
  entry: string;
  event: Record<string, unknown> & { requestId: string };
  timeoutMs: number;
}

export interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  body: Uint8Array;
}

export type Reply = { answer: Answer } | { error: string };

interface Metadata {
  statusCode?: number;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
}

type Handler = (event: unknown, stream: PassThrough, context: unknown) => Promise<Metadata | undefined>;

// What the Lambda runtime offers to Netlify's own bootstrap code: a handler that streams, and a way to send headers.
const metadataOf = new WeakMap<PassThrough, Metadata>();
Object.assign(globalThis, {
  awslambda: {
    streamifyResponse: (handler: Handler) => handler,
    HttpResponseStream: {
      from(stream: PassThrough, metadata: Metadata) {
        metadataOf.set(stream, metadata);
        return stream;
      },
    },
  },
});

async function invoke({ entry, event, timeoutMs }: Invocation): Promise<Answer> {
  const { handler } = (await import(entry)) as { handler: Handler };
  const deadline = Date.now() + timeoutMs;
  const stream = new PassThrough();
  const body = buffer(stream);
  const returned = await handler(event, stream, {
    awsRequestId: event.requestId,
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  });
  const metadata = metadataOf.get(stream) ?? returned ?? {};
  if (metadataOf.get(stream) === undefined && !stream.writableEnded) stream.end();
  return {
    statusCode: metadata.statusCode ?? 200,
    headers: metadata.headers ?? {},
    multiValueHeaders: metadata.multiValueHeaders ?? {},
    body: await body,
  };
}

parentPort?.on('message', (invocation: Invocation) => {
  invoke(invocation).then(
    (answer) => parentPort?.postMessage({ answer } satisfies Reply),
    (error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort?.postMessage({ error: text } satisfies Reply);
    },
  );
});
