"""The Python peer: the same job as the function migrate, for an event that names a stored backup.

Clients are made while the module loads, and connections are kept, as is usual on Lambda.
"""

import hashlib
import json
import os
import re
import ssl
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from urllib.parse import urlsplit

import boto3
import urllib3
from botocore.config import Config
from botocore.exceptions import ClientError

import runtime

GRAPH_VERSION = "v25.0"
LONGEST_RUN_S = 90
KEPT_S = 400 * 24 * 3600
CALL_WINDOW_S = 72 * 3600
MAX_CALLS = 5
BACKUP_LIMIT = 5_000_000
MEMORY_S = 5 * 60
BRAKE = "#brake"

STATE = "id,display_phone_number,platform_type,status,throughput,is_pin_enabled,health_status"
HEALTH = "id,health_status,name_status,quality_rating,code_verification_status"
WEBHOOKS = "id,webhook_configuration"

NUMBER = re.compile(r"[1-9][0-9]{4,19}")
PIN = re.compile(r"[0-9]{6}")
VISIBLE = re.compile(r"[\x21-\x7e]+")
LOST = re.compile("[\ud800-\udfff\ufffd]")
BACKUP = re.compile(r"(?![<{])[\x21-\x7e]{16,}")
ID = re.compile(r"[0-9]{5,20}")


class Invalid(Exception):
    """Event, secret or backup cannot be used."""


def setting(name, form):
    value = os.environ.get(name, "")
    if not re.fullmatch(form, value):
        raise RuntimeError(f"{name} must be set")
    return value


TOPIC = setting("FERRY_TOPIC_ARN", r"arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+")
TABLE = setting("FERRY_LEDGER_TABLE", r"[A-Za-z0-9_.-]{3,255}")
GRAPH = setting("GRAPH_URL", r"https?://.+")

CONFIG = Config(connect_timeout=2, read_timeout=3, retries={"mode": "standard"})
session = boto3.session.Session()
secrets = session.client("secretsmanager", config=CONFIG)
s3 = session.client("s3", config=CONFIG)
dynamo = session.client("dynamodb", config=CONFIG)
sns = session.client("sns", config=CONFIG)
# One context: else each new connection would read all roots again.
http = urllib3.PoolManager(
    maxsize=8, retries=False, ssl_context=ssl.create_default_context()
)
pool = ThreadPoolExecutor(max_workers=8)


def log(message, **more):
    line = {"timestamp": now_text(), "level": "INFO", "message": message, **more}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def now_text():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def check(valid, problem):
    if not valid:
        raise Invalid(problem)


def handler(event, request_id):
    number, source = read_request(event)
    run = {
        "schemaVersion": 1,
        "migrationId": str(uuid.uuid4()),
        "phoneNumberId": number,
        "startedAt": now_text(),
    }
    started = time.monotonic()
    log("Migration started", migrationId=run["migrationId"], requestId=request_id)

    def result(outcome, **more):
        took = round((time.monotonic() - started) * 1000)
        return {**run, **outcome, **more, "finishedAt": now_text(), "durationMs": took}

    reading_secret = pool.submit(read_secret, number)
    reading_backup = pool.submit(read_backup, source)
    ledger = read_ledger(number)
    secret = reading_secret.result()
    backup = reading_backup.result()
    key = {
        "backupGiven": f"s3://{source['bucket']}/{source['key']}",
        "backupRead": backup["reference"],
        "secretId": secret["id"],
        "secretVersion": secret["versionId"],
    }
    obstacle = settled(ledger, key)
    if obstacle:
        return publish(result({"status": "WITHHELD", **obstacle}))

    before = graph(secret, f"/{number}?fields={STATE}")
    if not before["ok"] or before["json"].get("id") != number:
        return publish(result(not_seen(before)))
    state = before["json"]
    log(f"The number is on {state.get('platform_type')}, {state.get('status')}")
    if state.get("platform_type") != "ON_PREMISE":
        return publish(result({"status": "ALREADY_MIGRATED"}))

    attempt = {
        "migrationId": run["migrationId"],
        "key": key,
        "backup": backup["object"],
        "trigger": "invoke",
        "requestedBy": None,
        "claimedAt": now_text(),
        "published": False,
    }
    claimed = write(ledger, ledger["attempts"] + [attempt])
    if claimed is None:
        return publish(result({"status": "WITHHELD", "reason": "IN_PROGRESS"}))
    log("Calling register, once", migrationId=run["migrationId"])
    outcome = register(secret, number, backup["data"])

    ended = result(outcome, backup=backup["object"])

    def last(**changes):
        return [
            {**it, "endedAt": now_text(), **changes}
            if it["migrationId"] == run["migrationId"]
            else it
            for it in claimed["attempts"]
        ]

    seeing = after_care(secret, number, state) if outcome["status"] == "MIGRATED" else dict
    recorded = write(claimed, last(result=ended))
    known = {**ended, **seeing()}
    publish(known)
    write(recorded, last(result=known, published=True))
    return known


def read_request(event):
    check(isinstance(event, dict), "the event is no object")
    number = event.get("phoneNumberId")
    check(isinstance(number, str) and NUMBER.fullmatch(number), "phoneNumberId cannot be used")
    source = event.get("backup")
    check(isinstance(source, dict) and source.keys() == {"bucket", "key"}, "backup cannot be used")
    check(all(isinstance(it, str) and it for it in source.values()), "backup cannot be used")
    check(event.keys() == {"phoneNumberId", "backup"}, "the event has an unknown field")
    return number, source


def read_secret(number):
    name = f"whatsapp/{number}"
    answer = secrets.get_secret_value(SecretId=name)
    try:
        fields = json.loads(answer["SecretString"])
    except ValueError:
        raise Invalid(f"secret {name} is no JSON") from None
    pin, password, token = (fields.get(it) for it in ("pin", "backupPassword", "accessToken"))
    check(isinstance(pin, str) and PIN.fullmatch(pin), f"pin in secret {name} is not 6 digits")
    check(
        isinstance(password, str) and password and not LOST.search(password),
        f"backupPassword in secret {name} cannot be used",
    )
    token = token.strip() if isinstance(token, str) else ""
    check(VISIBLE.fullmatch(token), f"accessToken in secret {name} cannot be used")
    return {
        "id": name,
        "versionId": answer["VersionId"],
        "pin": pin,
        "password": password,
        "token": token,
    }


def read_backup(source):
    bucket, key = source["bucket"], source["key"]
    answer = s3.get_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
    check(answer["ContentLength"] <= BACKUP_LIMIT, "the backup is over 5 MB")
    data = answer["Body"].read().decode().strip()
    if data[:1] in ("{", "[", '"'):
        try:
            content = json.loads(data)
        except ValueError:
            raise Invalid("the backup is JSON that cannot be read") from None
        data = content
        if isinstance(content, dict):
            settings = content.get("settings")
            data = settings.get("data") if isinstance(settings, dict) else content.get("data")
    check(isinstance(data, str) and data, "the backup has no settings.data")
    check(BACKUP.fullmatch(data), "the backup is not what the backup call returned")
    version = answer.get("VersionId")
    reference = f"s3://{bucket}/{key}?" + (
        f"versionId={version}" if version else f"etag={answer['ETag']}"
    )
    stored = {"bucket": bucket, "key": key, "versionId": version}
    return {"data": data, "object": stored, "reference": reference}


def read_ledger(number):
    keys = [{"phoneNumberId": {"S": it}} for it in (number, BRAKE)]
    answer = dynamo.batch_get_item(RequestItems={TABLE: {"Keys": keys, "ConsistentRead": True}})
    if answer.get("UnprocessedKeys"):
        raise RuntimeError("DynamoDB left keys unread")
    found = {it["phoneNumberId"]["S"]: it for it in answer["Responses"].get(TABLE, [])}
    item, brake = found.get(number), found.get(BRAKE)
    return {
        "number": number,
        "revision": int(item["revision"]["N"]) if item else 0,
        "attempts": json.loads(item["entry"]["S"])["attempts"] if item else [],
        "brake": json.loads(brake["brake"]["S"]) if brake else {},
    }


def settled(ledger, key):
    """What keeps the call from being made, as far as the ledger decides it."""
    attempts = ledger["attempts"]
    newest = attempts[-1] if attempts else None
    if ledger["brake"].get("engaged"):
        return {"reason": "BRAKE"}
    if any("result" not in it for it in attempts):
        return {"reason": "IN_PROGRESS"}
    if newest and newest["result"]["status"] == "MIGRATED":
        return {"status": "ALREADY_MIGRATED"}
    if newest and newest["result"]["status"] == "UNKNOWN":
        return {"reason": "AFTER_UNKNOWN"}
    for it in attempts:
        refused = it["result"].get("error", {}).get("code") == 133005
        if refused and it["key"]["secretVersion"] == key["secretVersion"]:
            return {"reason": "PIN_REFUSED"}
    since = time.time() - CALL_WINDOW_S
    calls = [it for it in attempts if seconds(it.get("endedAt", it["claimedAt"])) > since]
    return {"reason": "CALL_BUDGET"} if len(calls) >= MAX_CALLS else None


def seconds(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def write(ledger, attempts):
    """Writes an entry over the revision that was read; None where another writer was first."""
    now = int(time.time())
    writer = str(uuid.uuid4())
    item = {
        "phoneNumberId": {"S": ledger["number"]},
        "format": {"N": "2"},
        "revision": {"N": str(ledger["revision"] + 1)},
        "entry": {"S": json.dumps({"attempts": attempts})},
        "expiresAt": {"N": str(now + KEPT_S)},
        "writer": {"S": writer},
    }
    if not all(it["published"] for it in attempts):
        item |= {"due": {"S": "due"}, "dueAt": {"N": str(now + LONGEST_RUN_S)}}
    try:
        dynamo.put_item(
            TableName=TABLE,
            Item=item,
            ConditionExpression="attribute_not_exists(#n) OR #r = :r",
            ExpressionAttributeNames={"#n": "phoneNumberId", "#r": "revision"},
            ExpressionAttributeValues={":r": {"N": str(ledger["revision"])}},
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        if error.response.get("Item", {}).get("writer", {}).get("S") != writer:
            return None
    return {**ledger, "revision": ledger["revision"] + 1, "attempts": attempts}


def graph(secret, path, body=None):
    headers = {"Authorization": "Bearer " + secret["token"], "Accept": "application/json"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    response = http.request(
        "GET" if body is None else "POST",
        f"{GRAPH}/{GRAPH_VERSION}{path}",
        headers=headers,
        body=None if body is None else json.dumps(body).encode(),
        timeout=urllib3.Timeout(connect=3, read=5 if body is None else 20),
        redirect=False,
    )
    try:
        told = json.loads(response.data)
    except ValueError:
        told = None
    good = 200 <= response.status < 300 and isinstance(told, dict) and "error" not in told
    return {"ok": good, "status": response.status, "json": told}


def register(secret, number, data):
    body = {
        "messaging_product": "whatsapp",
        "pin": secret["pin"],
        "backup": {"password": secret["password"], "data": data},
    }
    try:
        answer = graph(secret, f"/{number}/register", body)
    except urllib3.exceptions.HTTPError:
        return {"status": "UNKNOWN"}
    error = (answer["json"] or {}).get("error", {})
    code = error.get("code")
    trace = error.get("fbtrace_id")
    log(f"register was answered: HTTP {answer['status']}", code=code, fbtraceId=trace)
    if answer["ok"] and answer["json"].get("success") is True:
        return {"status": "MIGRATED"}
    if code and answer["status"] < 500:
        return {"status": "REJECTED", "error": {"code": code, "httpStatus": answer["status"]}}
    return {"status": "UNKNOWN"}


memory = {}


def remembered(key, ask):
    known = memory.get(key)
    if known and time.monotonic() < known[1]:
        return known[0]
    value = ask()
    if value:
        memory[key] = (value, time.monotonic() + MEMORY_S)
    return value


def after_care(secret, number, before):
    """Asks what is good to know of a number that has moved; what is not told is left out."""
    waba = waba_id(before)
    token = hashlib.sha256(secret["token"].encode()).hexdigest()

    def ask_app():
        return remembered(token, lambda: (node(secret, "/app?fields=id") or {}).get("id"))

    def ask_subscribed():
        return remembered(
            f"{token} {waba}",
            lambda: [
                it.get("whatsapp_business_api_data", it).get("id")
                for it in (node(secret, f"/{waba}/subscribed_apps") or {}).get("data", [])
            ],
        )

    asking = [
        pool.submit(node, secret, f"/{number}?fields={fields}")
        for fields in (STATE, HEALTH, WEBHOOKS)
    ]
    asking += [pool.submit(ask_app), pool.submit(ask_subscribed)] if waba else []

    def told():
        seen, health, webhooks, app, apps = (
            [it.result() for it in asking] + [None, None]
        )[:5]
        more = {}
        if seen:
            more |= {
                "displayPhoneNumber": seen.get("display_phone_number"),
                "platformType": seen.get("platform_type"),
                "throughput": seen.get("throughput", {}).get("level"),
                "canSendMessage": seen.get("health_status", {}).get("can_send_message"),
            }
        if health:
            entities = health.get("health_status", {}).get("entities", [])
            more["health"] = {
                "entities": [entity(it) for it in entities[:6]],
                "nameStatus": health.get("name_status"),
                "qualityRating": health.get("quality_rating"),
                "codeVerificationStatus": health.get("code_verification_status"),
            }
        if webhooks:
            subscribed = app in apps if app and apps else None
            more["webhooks"] = {**webhook(webhooks), "appSubscribed": subscribed}
        return more

    return told


def entity(told):
    return {
        "entityType": told.get("entity_type"),
        "id": told.get("id"),
        "canSendMessage": told.get("can_send_message"),
        "errors": [
            {
                "code": it.get("error_code"),
                "description": it.get("error_description"),
                "possibleSolution": it.get("possible_solution"),
            }
            for it in told.get("errors", [])[:3]
        ],
        "additionalInfo": told.get("additional_info", [])[:2],
    }


def node(secret, path):
    try:
        answer = graph(secret, path)
        return answer["json"] if answer["ok"] else None
    except urllib3.exceptions.HTTPError as error:
        log(f"WhatsApp did not tell: {type(error).__name__}")
        return None


def waba_id(number):
    for it in number.get("health_status", {}).get("entities", []):
        if it.get("entity_type") == "WABA" and ID.fullmatch(str(it.get("id"))):
            return it["id"]
    return None


def webhook(number):
    set_on = number.get("webhook_configuration", {})
    levels = {
        "phone_number": "PHONE_NUMBER",
        "whatsapp_business_account": "WABA",
        "application": "APP",
    }
    for level, name in levels.items():
        if set_on.get(level):
            return {"host": urlsplit(set_on[level]).hostname, "setOn": name}
    return {"setOn": "NONE"}


def not_seen(answer):
    code = ((answer["json"] or {}).get("error") or {}).get("code")
    if code and answer["status"] < 500:
        return {"status": "REJECTED", "error": {"code": code, "httpStatus": answer["status"]}}
    return {"status": "NOT_SENT"}


def publish(message):
    log(f"Ended: {message['status']} of number {message['phoneNumberId']}")
    sns.publish(
        TopicArn=TOPIC,
        Message=json.dumps(message),
        MessageAttributes={
            it: {"DataType": "String", "StringValue": message[it]}
            for it in ("status", "phoneNumberId")
        },
    )
    log("Published the result", migrationId=message["migrationId"])
    return message


if __name__ == "__main__":
    runtime.serve(handler)
