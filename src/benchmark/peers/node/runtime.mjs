// The loop of a Lambda runtime, as small as Python's beside it.

import { Agent, request } from 'node:http';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const options = { host, port, agent, method, headers, path: `/2018-06-01/runtime/${path}` };
    const sent = request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    sent.on('error', reject).end(body);
  });
}

export async function serve(handler) {
  for (;;) {
    const invocation = await call('GET', 'invocation/next');
    const id = invocation.headers['lambda-runtime-aws-request-id'];
    try {
      const answer = await handler(JSON.parse(invocation.body), id);
      await call('POST', `invocation/${id}/response`, JSON.stringify(answer));
    } catch (error) {
      const failure = { errorType: error.name, errorMessage: error.message };
      await call('POST', `invocation/${id}/error`, JSON.stringify(failure));
    }
  }
}
