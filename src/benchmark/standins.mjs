// What is outside of the function, as a process of its own: Secrets Manager, S3, DynamoDB, SNS and
// WhatsApp's Graph API, each on a port of its own as each has a host of its own, over HTTP and over
// HTTPS. It answers at once, from memory. run.mjs talks to it through messages.

import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { crc32 } from 'node:zlib';
import { SECRETS, SERVICES } from './services.mjs';

const WABA = '102290129340398';
const APP = '670843887433847';

const settings = { delay: 0, backup: backup(4_000) };
const items = new Map();
const moved = new Set();
let calls = [];
let connections = [];

/** The answer of the backup call, this many bytes long. */
function backup(bytes) {
  const file = (data) => `{"settings": {"data": "${data}"}, "meta": {"api_status": "stable"}}\n`;
  const body = Buffer.from(file('V0FC'.repeat(bytes / 4).slice(file('').length)));
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return { body, checksum: checksum.toString('base64') };
}

const json = (value, status = 200) => {
  const body = JSON.stringify(value);
  return {
    status,
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'x-amz-crc32': crc32(body) },
    body,
  };
};

const operation = (request) => request.headers['x-amz-target']?.replace(/.*\./, '');

const answers = {
  secretsmanager(request, body) {
    const name = JSON.parse(body).SecretId;
    return {
      ...json({
        ARN: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`,
        Name: name,
        VersionId: '5e4a1f8c-6a2b-4c53-9d0e-7b1f0c2d3e4f',
        SecretString: JSON.stringify(SECRETS),
        VersionStages: ['AWSCURRENT'],
        CreatedDate: 1.7e9,
      }),
      name: `SecretsManager.${operation(request)}`,
    };
  },

  s3(request) {
    return {
      name: `S3.${request.method === 'GET' ? 'GetObject' : request.method}`,
      status: 200,
      headers: {
        'Content-Type': 'application/json',
        ETag: '"d41d8cd98f00b204e9800998ecf8427e"',
        'Last-Modified': 'Sun, 22 Nov 2026 20:38:34 GMT',
        'Accept-Ranges': 'bytes',
        'x-amz-version-id': '3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY',
        'x-amz-checksum-crc32': settings.backup.checksum,
        'x-amz-checksum-type': 'FULL_OBJECT',
      },
      body: settings.backup.body,
    };
  },

  dynamodb(request, body) {
    const name = `DynamoDB.${operation(request)}`;
    const asked = JSON.parse(body);
    if (asked.Item) {
      const key = asked.Item.phoneNumberId.S;
      const known = items.get(key);
      if (known && known.revision.N !== asked.ExpressionAttributeValues[':r'].N) {
        const type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
        return { name, ...json({ __type: type, Message: 'The conditional request failed' }, 400) };
      }
      items.set(key, asked.Item);
      return { name, ...json({}) };
    }
    const [[table, { Keys }]] = Object.entries(asked.RequestItems);
    const found = Keys.map((key) => items.get(key.phoneNumberId.S)).filter((it) => it);
    return { name, ...json({ Responses: { [table]: found }, UnprocessedKeys: {} }) };
  },

  sns(request, body) {
    const id = '<MessageId>94f20ce6-13c5-43a0-9a9e-ca52d816e90b</MessageId>';
    const about = '<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>';
    return {
      name: `SNS.${new URLSearchParams(body).get('Action')}`,
      status: 200,
      headers: { 'Content-Type': 'text/xml' },
      body:
        '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">' +
        `<PublishResult>${id}</PublishResult>${about}</PublishResponse>`,
    };
  },

  graph(request) {
    const url = new URL(request.url, 'http://localhost');
    const [, , node, edge] = url.pathname.split('/');
    const fields = url.searchParams.get('fields')?.split(',') ?? [];
    const graph = (name, value) => ({
      name: `Graph.${request.method} ${name}`,
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(value),
    });
    if (edge === 'register') {
      moved.add(node);
      return graph('register', { success: true });
    }
    if (edge === 'subscribed_apps') {
      const app = { whatsapp_business_api_data: { id: APP, name: 'Benchmark' } };
      return graph(edge, { data: [app] });
    }
    if (node === 'app') {
      return graph('app', { id: APP });
    }
    const all = state(node);
    return graph('number', Object.fromEntries(fields.map((field) => [field, all[field]])));
  },
};

function state(id) {
  const entity = (type, of) => ({ entity_type: type, id: of, can_send_message: 'AVAILABLE' });
  return {
    id,
    display_phone_number: '+1 555-123-4567',
    platform_type: moved.has(id) ? 'CLOUD_API' : 'ON_PREMISE',
    status: 'CONNECTED',
    throughput: { level: 'STANDARD' },
    is_pin_enabled: true,
    name_status: 'APPROVED',
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    webhook_configuration: { application: 'https://hooks.example.com/whatsapp?verify=1' },
    health_status: {
      can_send_message: 'AVAILABLE',
      entities: [entity('PHONE_NUMBER', id), entity('WABA', WABA), entity('APP', APP)],
    },
  };
}

function handle(service) {
  return (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers[service](request, Buffer.concat(chunks).toString());
      calls.push({ name: answer.name, at: performance.now() });
      const send = () => {
        const length = { 'Content-Length': Buffer.byteLength(answer.body) };
        response.writeHead(answer.status, { ...answer.headers, ...length }).end(answer.body);
      };
      if (settings.delay > 0) {
        setTimeout(send, settings.delay);
      } else {
        send();
      }
    });
  };
}

async function listen(server, port = 0, host = '127.0.0.1') {
  server.keepAliveTimeout = 600_000;
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return server.address().port;
}

async function start(certificates) {
  const urls = { plain: {}, tls: {} };
  for (const service of SERVICES) {
    const plain = createServer(handle(service));
    plain.on('connection', () => connections.push({ service, resumed: false }));
    const certificate = service === 'graph' ? certificates.graph : certificates.aws;
    const tls = createTlsServer(certificate, handle(service));
    tls.on('secureConnection', (socket) => {
      connections.push({ service, resumed: socket.isSessionReused(), tls: socket.getProtocol() });
    });
    // S3 by its address: a bucket would become part of the host's name.
    const host = service === 's3' ? '127.0.0.1' : 'localhost';
    urls.plain[service] = `http://${host}:${await listen(plain)}`;
    urls.tls[service] = `https://${host}:${await listen(tls)}`;
  }
  return urls;
}

const commands = {
  start: (certificates) => start(certificates),
  set({ delay, backupBytes }) {
    settings.delay = delay;
    settings.backup = backup(backupBytes);
  },
  /** Everything since it was last asked for. */
  take() {
    const taken = { calls, connections };
    calls = [];
    connections = [];
    return taken;
  },
};

process.on('message', async ({ command, argument }) => {
  process.send({ answer: await commands[command](argument) });
});
