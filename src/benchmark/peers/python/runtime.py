"""The loop of a Lambda runtime, as small as Node.js's beside it."""

import http.client
import json
import os

connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])


def call(method, path, body=None):
    connection.request(method, "/2018-06-01/runtime/" + path, body)
    response = connection.getresponse()
    return response.headers, response.read()


def serve(handler):
    while True:
        headers, event = call("GET", "invocation/next")
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        try:
            answer = handler(json.loads(event), request_id)
            call("POST", f"invocation/{request_id}/response", json.dumps(answer))
        except Exception as error:
            failure = {"errorType": type(error).__name__, "errorMessage": str(error)}
            call("POST", f"invocation/{request_id}/error", json.dumps(failure))
