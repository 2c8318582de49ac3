// The Node.js peer: the same job as the function migrate, for an event that names a stored backup.
// Clients are made while the module loads, and connections are kept, as is usual on Lambda.

import { createHash, randomUUID } from 'node:crypto';
import { BatchGetItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { serve } from './runtime.mjs';

const settings = {
  topic: setting('FERRY_TOPIC_ARN', /^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$/),
  table: setting('FERRY_LEDGER_TABLE', /^[A-Za-z0-9_.-]{3,255}$/),
  graph: setting('GRAPH_URL', /^https?:\/\/.+/),
};
const GRAPH_VERSION = 'v25.0';
const LONGEST_RUN_S = 90;
const KEPT_S = 400 * 24 * 3600;
const CALL_WINDOW_MS = 72 * 3600 * 1000;
const MAX_CALLS = 5;
const BACKUP_LIMIT = 5_000_000;
const MEMORY_MS = 5 * 60 * 1000;
const BRAKE = '#brake';

const STATE =
  'id,display_phone_number,platform_type,status,throughput,is_pin_enabled,health_status';
const HEALTH = 'id,health_status,name_status,quality_rating,code_verification_status';
const WEBHOOKS = 'id,webhook_configuration';

const secrets = new SecretsManagerClient({});
const s3 = new S3Client({});
const dynamo = new DynamoDBClient({});
const sns = new SNSClient({});

class Invalid extends Error {}

function setting(name, form) {
  const value = process.env[name] ?? '';
  if (!form.test(value)) {
    throw new Error(`${name} must be set`);
  }
  return value;
}

function log(message, more = {}) {
  const line = { timestamp: new Date().toISOString(), level: 'INFO', message, ...more };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function check(valid, problem) {
  if (!valid) {
    throw new Invalid(problem);
  }
}

export async function handler(event, requestId) {
  const migrationId = randomUUID();
  const startedAt = new Date();
  const request = readRequest(event);
  log('Migration started', { migrationId, requestId, phoneNumberId: request.id });
  const [secret, backup, ledger] = await Promise.all([
    readSecret(request.id),
    readBackup(request.backup),
    readLedger(request.id),
  ]);
  const key = {
    backupGiven: `s3://${request.backup.bucket}/${request.backup.key}`,
    backupRead: backup.reference,
    secretId: secret.id,
    secretVersion: secret.versionId,
  };
  const run = { migrationId, request, startedAt };
  const obstacle = settled(ledger, key);
  if (obstacle) {
    return publish(result(run, { status: 'WITHHELD', ...obstacle }));
  }

  const before = await graph(secret, `/${request.id}?fields=${STATE}`);
  if (!before.ok || before.json?.id !== request.id) {
    return publish(result(run, notSeen(before)));
  }
  log(`The number is on ${before.json.platform_type}, ${before.json.status}`, { migrationId });
  if (before.json.platform_type !== 'ON_PREMISE') {
    return publish(result(run, { status: 'ALREADY_MIGRATED' }));
  }

  const attempt = {
    migrationId,
    key,
    backup: backup.object,
    trigger: 'invoke',
    requestedBy: null,
    claimedAt: new Date().toISOString(),
    published: false,
  };
  const claimed = await write(ledger, [...ledger.attempts, attempt]);
  if (!claimed) {
    return publish(result(run, { status: 'WITHHELD', reason: 'IN_PROGRESS' }));
  }
  log('Calling register, once', { migrationId });
  const outcome = await register(secret, request.id, backup.data);

  const ended = result({ ...run, backup }, outcome);
  const endedAt = new Date().toISOString();
  const last = (changes) =>
    claimed.attempts.map((it) =>
      it.migrationId === migrationId ? { ...it, endedAt, ...changes } : it,
    );
  const [recorded, seen] = await Promise.all([
    write(claimed, last({ result: ended })),
    outcome.status === 'MIGRATED' ? afterCare(secret, request.id, before.json) : {},
  ]);
  const known = { ...ended, ...seen };
  await publish(known);
  await write(recorded, last({ result: known, published: true }));
  return known;
}

function readRequest(event) {
  const id = event?.phoneNumberId;
  check(typeof id === 'string' && /^[1-9][0-9]{4,19}$/.test(id), 'phoneNumberId cannot be used');
  const { bucket, key, ...more } = event.backup ?? {};
  check([bucket, key].every((it) => typeof it === 'string' && it), 'backup is missing');
  check(Object.keys(more).length === 0, 'backup has an unknown field');
  const unknown = Object.keys(event).filter((it) => it !== 'phoneNumberId' && it !== 'backup');
  check(unknown.length === 0, 'the event has an unknown field');
  return { id, backup: { bucket, key } };
}

async function readSecret(number) {
  const id = `whatsapp/${number}`;
  const answer = await secrets.send(new GetSecretValueCommand({ SecretId: id }));
  let fields;
  try {
    fields = JSON.parse(answer.SecretString);
  } catch {
    throw new Invalid(`secret ${id} is no JSON`);
  }
  const { pin, backupPassword: password, accessToken } = fields;
  check(typeof pin === 'string' && /^[0-9]{6}$/.test(pin), `pin in secret ${id} is not 6 digits`);
  check(typeof password === 'string' && password && !/[\p{Cs}\uFFFD]/u.test(password),
    `backupPassword in secret ${id} cannot be used`);
  const token = typeof accessToken === 'string' ? accessToken.trim() : '';
  check(/^[\x21-\x7e]+$/.test(token), `accessToken in secret ${id} cannot be used`);
  return { id, versionId: answer.VersionId, pin, password, token };
}

async function readBackup({ bucket, key }) {
  const answer = await s3.send(
    new GetObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
  check(answer.ContentLength <= BACKUP_LIMIT, 'the backup is over 5 MB');
  const content = (await answer.Body.transformToString()).trim();
  let data = content;
  if (/^[{["]/.test(content)) {
    let json;
    try {
      json = JSON.parse(content);
    } catch {
      throw new Invalid('the backup is JSON that cannot be read');
    }
    data = typeof json === 'string' ? json : (json.settings?.data ?? json.data);
  }
  check(typeof data === 'string' && data, 'the backup has no settings.data');
  check(/^(?![<{])[\x21-\x7e]{16,}$/.test(data), 'the backup is not what the backup call returned');
  const object = { bucket, key, versionId: answer.VersionId };
  const reference = answer.VersionId
    ? `s3://${bucket}/${key}?versionId=${answer.VersionId}`
    : `s3://${bucket}/${key}?etag=${answer.ETag}`;
  return { data, object, reference };
}

async function readLedger(id) {
  const Keys = [id, BRAKE].map((it) => ({ phoneNumberId: { S: it } }));
  const answer = await dynamo.send(new BatchGetItemCommand({
    RequestItems: { [settings.table]: { Keys, ConsistentRead: true } },
  }));
  if (Object.keys(answer.UnprocessedKeys ?? {}).length > 0) {
    throw new Error('DynamoDB left keys unread');
  }
  const found = answer.Responses?.[settings.table] ?? [];
  const item = found.find((it) => it.phoneNumberId.S === id);
  const brake = found.find((it) => it.phoneNumberId.S === BRAKE);
  return {
    id,
    revision: Number(item?.revision.N ?? 0),
    attempts: item ? JSON.parse(item.entry.S).attempts : [],
    brake: brake ? JSON.parse(brake.brake.S) : {},
  };
}

/** What keeps the call from being made, as far as the ledger decides it. */
function settled({ attempts, brake }, key) {
  const newest = attempts.at(-1);
  if (brake.engaged) {
    return { reason: 'BRAKE' };
  }
  if (attempts.some((it) => !it.result)) {
    return { reason: 'IN_PROGRESS' };
  }
  if (newest?.result.status === 'MIGRATED') {
    return { status: 'ALREADY_MIGRATED' };
  }
  if (newest?.result.status === 'UNKNOWN') {
    return { reason: 'AFTER_UNKNOWN' };
  }
  if (attempts.some((it) => it.result.error?.code === 133005
    && it.key.secretVersion === key.secretVersion)) {
    return { reason: 'PIN_REFUSED' };
  }
  const since = Date.now() - CALL_WINDOW_MS;
  const calls = attempts.filter((it) => Date.parse(it.endedAt ?? it.claimedAt) > since);
  return calls.length >= MAX_CALLS ? { reason: 'CALL_BUDGET' } : null;
}

/** Writes an entry over the revision that was read; null where another writer was first. */
async function write(ledger, attempts) {
  const open = attempts.some((it) => !it.published);
  const seconds = Math.floor(Date.now() / 1000);
  const Item = {
    phoneNumberId: { S: ledger.id },
    format: { N: '2' },
    revision: { N: `${ledger.revision + 1}` },
    entry: { S: JSON.stringify({ attempts }) },
    expiresAt: { N: `${seconds + KEPT_S}` },
    writer: { S: randomUUID() },
    ...(open && { due: { S: 'due' }, dueAt: { N: `${seconds + LONGEST_RUN_S}` } }),
  };
  try {
    await dynamo.send(new PutItemCommand({
      TableName: settings.table,
      Item,
      ConditionExpression: 'attribute_not_exists(#n) OR #r = :r',
      ExpressionAttributeNames: { '#n': 'phoneNumberId', '#r': 'revision' },
      ExpressionAttributeValues: { ':r': { N: `${ledger.revision}` } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }));
  } catch (error) {
    if (error.name !== 'ConditionalCheckFailedException') {
      throw error;
    }
    if (error.Item?.writer?.S !== Item.writer.S) {
      return null;
    }
  }
  return { ...ledger, revision: ledger.revision + 1, attempts };
}

async function graph(secret, path, body) {
  const response = await fetch(`${settings.graph}/${GRAPH_VERSION}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      Authorization: `Bearer ${secret.token}`,
      Accept: 'application/json',
      ...(body && { 'Content-Type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(body ? 20_000 : 5_000),
  });
  const text = await response.text();
  let json = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Then the status alone has to tell.
  }
  return { ok: response.ok && json !== null && !json.error, status: response.status, json };
}

async function register(secret, id, data) {
  let answer;
  try {
    answer = await graph(secret, `/${id}/register`, {
      messaging_product: 'whatsapp',
      pin: secret.pin,
      backup: { password: secret.password, data },
    });
  } catch {
    return { status: 'UNKNOWN' };
  }
  const { code, error_subcode: subcode, fbtrace_id: fbtraceId } = answer.json?.error ?? {};
  log(`register was answered: HTTP ${answer.status}`, { code, subcode, fbtraceId });
  if (answer.ok && answer.json.success === true) {
    return { status: 'MIGRATED' };
  }
  return code && answer.status < 500
    ? { status: 'REJECTED', error: { code, subcode, fbtraceId, httpStatus: answer.status } }
    : { status: 'UNKNOWN' };
}

const memory = new Map();

async function remembered(key, ask) {
  const known = memory.get(key);
  if (known && Date.now() < known.until) {
    return known.value;
  }
  const value = await ask();
  if (value) {
    memory.set(key, { value, until: Date.now() + MEMORY_MS });
  }
  return value;
}

/** What is good to know of a number that has moved; what WhatsApp does not tell is left out. */
async function afterCare(secret, id, before) {
  const waba = wabaId(before);
  const token = createHash('sha256').update(secret.token).digest('hex');
  const [number, health, webhooks, app, apps] = await Promise.all([
    node(secret, `/${id}?fields=${STATE}`),
    node(secret, `/${id}?fields=${HEALTH}`),
    node(secret, `/${id}?fields=${WEBHOOKS}`),
    waba && remembered(token, async () => (await node(secret, '/app?fields=id'))?.id),
    waba && remembered(`${token} ${waba}`, async () => {
      const told = await node(secret, `/${waba}/subscribed_apps`);
      return told?.data?.map((it) => it.whatsapp_business_api_data?.id ?? it.id);
    }),
  ]);
  return {
    displayPhoneNumber: number?.display_phone_number,
    platformType: number?.platform_type,
    throughput: number?.throughput?.level,
    canSendMessage: number?.health_status?.can_send_message,
    health: health && {
      entities: (health.health_status?.entities ?? []).slice(0, 6).map((it) => ({
        entityType: it.entity_type,
        id: it.id,
        canSendMessage: it.can_send_message,
        errors: (it.errors ?? []).slice(0, 3).map((error) => ({
          code: error.error_code,
          description: error.error_description,
          possibleSolution: error.possible_solution,
        })),
        additionalInfo: (it.additional_info ?? []).slice(0, 2),
      })),
      nameStatus: health.name_status,
      qualityRating: health.quality_rating,
      codeVerificationStatus: health.code_verification_status,
    },
    webhooks: webhooks && { ...webhook(webhooks), appSubscribed: app && apps?.includes(app) },
  };
}

async function node(secret, path) {
  try {
    const answer = await graph(secret, path);
    return answer.ok ? answer.json : undefined;
  } catch (error) {
    log(`WhatsApp did not tell: ${error.name}`);
    return undefined;
  }
}

function wabaId(number) {
  const entities = number.health_status?.entities ?? [];
  const id = entities.find((it) => it.entity_type === 'WABA')?.id;
  return /^[0-9]{5,20}$/.test(id ?? '') ? id : undefined;
}

function webhook(number) {
  const set = number.webhook_configuration ?? {};
  const levels = {
    phone_number: 'PHONE_NUMBER',
    whatsapp_business_account: 'WABA',
    application: 'APP',
  };
  const level = Object.keys(levels).find((it) => set[it]);
  return level
    ? { host: URL.canParse(set[level]) ? new URL(set[level]).hostname : null, setOn: levels[level] }
    : { setOn: 'NONE' };
}

function notSeen(answer) {
  const code = answer.json?.error?.code;
  return code && answer.status < 500
    ? { status: 'REJECTED', error: { code, httpStatus: answer.status } }
    : { status: 'NOT_SENT' };
}

function result({ migrationId, request, startedAt, backup }, outcome) {
  const finishedAt = new Date();
  return {
    schemaVersion: 1,
    migrationId,
    phoneNumberId: request.id,
    ...outcome,
    backup: backup?.object,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    durationMs: finishedAt - startedAt,
  };
}

async function publish(message) {
  const about = `${message.status} of number ${message.phoneNumberId}`;
  log(`Ended: ${about}`, { migrationId: message.migrationId });
  const text = (StringValue) => ({ DataType: 'String', StringValue });
  await sns.send(new PublishCommand({
    TopicArn: settings.topic,
    Message: JSON.stringify(message),
    MessageAttributes: { status: text(message.status), phoneNumberId: text(message.phoneNumberId) },
  }));
  log('Published the result', { migrationId: message.migrationId });
  return message;
}

serve(handler);
