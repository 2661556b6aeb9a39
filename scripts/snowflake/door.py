"""fakesnow with a door for the SQL API (/api/v2/statements), beside its own for Snowflake's drivers.

fakesnow speaks the drivers' protocol only. This door takes statements as the SQL API does, lets the same fakesnow run them,
and answers as the SQL API documents it: rows as text, in partitions, with resultSetMetaData and a statementHandle.
Sign-in is checked: a JWT against the public key, or the token. All on loopback.

usage: door.py PORT PUBLIC_KEY_FILE ACCOUNT USER TOKEN ROWS_PER_PARTITION
"""

import datetime
import gzip
import json
import sys
import uuid

import fakesnow.server as fake
import jwt
import pyarrow
import snowflake.connector.errors
import uvicorn
from cryptography.hazmat.primitives import serialization
from fakesnow.arrow import to_sf
from fakesnow.converter import from_binding
from fakesnow.rowtype import describe_as_rowtype
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

port, key_file, account, user, token, rows_per_partition = sys.argv[1:7]
rows_per_partition = int(rows_per_partition)
with open(key_file, "rb") as file:
    public_key = serialization.load_pem_public_key(file.read())
connection = fake.shared_fs.connect(None, None)
kept = {}


def refused(request):
    """None when the caller is signed in, else the answer."""
    kind = request.headers.get("x-snowflake-authorization-token-type", "OAUTH")
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if kind == "PROGRAMMATIC_ACCESS_TOKEN" and given == token:
        return None
    if kind == "KEYPAIR_JWT":
        try:
            claims = jwt.decode(given, public_key, algorithms=["RS256"], options={"require": ["iss", "sub", "iat", "exp"]})
            subject = f"{account}.{user}".upper()
            if claims["sub"] == subject and claims["iss"].startswith(f"{subject}.SHA256:") and claims["exp"] - claims["iat"] <= 3600:
                return None
        except jwt.PyJWTError:
            pass
    return JSONResponse({"code": "390144", "message": "JWT token is invalid."}, status_code=401)


def text(value):
    """A value as the SQL API writes it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict) and "epoch" in value:
        stamp = f"{value['epoch']}.{value.get('fraction') or 0:09d}"
        return f"{stamp} {value['timezone']}" if "timezone" in value else stamp
    if isinstance(value, datetime.date):
        return str((value - datetime.date(1970, 1, 1)).days)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return str(value)


def run(sql, binds):
    cursor = connection.cursor()
    cursor.execute(sql, binding_params=binds or None, server=True)
    rowtype = describe_as_rowtype(cursor._describe_last_sql())
    table = cursor._arrow_table
    if table is None:
        return rowtype, []
    columns = [column.to_pylist() for column in to_sf(table, rowtype).columns]
    return rowtype, [[text(value) for value in row] for row in zip(*columns)]


def failed(code, state, message):
    handle = str(uuid.uuid4())
    return JSONResponse({"code": code, "sqlState": state, "message": message, "statementHandle": handle}, status_code=422)


async def statements(request):
    if (answer := refused(request)) is not None:
        return answer
    body = await request.json()
    bindings = body.get("bindings") or {}
    binds = tuple(from_binding(bindings[str(n)]) for n in range(1, len(bindings) + 1))
    try:
        rowtype, rows = await run_in_threadpool(run, body["statement"], binds)
    except (snowflake.connector.errors.ProgrammingError, snowflake.connector.errors.OperationalError, snowflake.connector.errors.DatabaseError) as error:
        return failed(f"{error.errno:06d}", error.sqlstate, str(error.msg))
    except Exception as error:
        # What fakesnow does not know is to its caller what an edition without that feature is.
        print(f"not known to fakesnow: {body['statement']!r} {type(error).__name__} {error}", file=sys.stderr)
        return failed("000002", "0A000", "Unsupported feature")
    parts = [rows[at : at + rows_per_partition] for at in range(0, len(rows), rows_per_partition)] or [[]]
    handle = str(uuid.uuid4())
    kept[handle] = parts
    while len(kept) > 100:
        kept.pop(next(iter(kept)))
    return JSONResponse(
        {
            "code": "090001",
            "sqlState": "00000",
            "message": "Statement executed successfully.",
            "statementHandle": handle,
            "statementStatusUrl": f"/api/v2/statements/{handle}",
            "createdOn": 0,
            "resultSetMetaData": {
                "numRows": len(rows),
                "format": "jsonv2",
                "partitionInfo": [{"rowCount": len(part), "uncompressedSize": 0} for part in parts],
                "rowType": rowtype,
            },
            "data": parts[0],
        }
    )


async def partition(request):
    if (answer := refused(request)) is not None:
        return answer
    parts = kept.get(request.path_params["handle"])
    n = int(request.query_params.get("partition", "0"))
    if parts is None or n >= len(parts):
        return JSONResponse({"code": "391900", "message": "Not found"}, status_code=404)
    # Snowflake compresses partitions, whatever was asked for.
    body = gzip.compress(json.dumps({"data": parts[n]}).encode())
    return Response(body, media_type="application/json", headers={"content-encoding": "gzip"})


async def cancel(request):
    return refused(request) or JSONResponse({"code": "000604", "message": "SQL execution canceled"})


async def driver_request(request):
    """fakesnow's own answer; Snowflake's clients ask again for minutes after a 500, so what it does not know is refused."""
    answer = await fake.query_request(request)
    if answer.status_code < 500:
        return answer
    message = json.loads(answer.body).get("message")
    print(message, file=sys.stderr)
    return JSONResponse({"data": {"errorCode": "000002", "sqlState": "0A000"}, "code": "000002", "message": message, "success": False})


routes = [
    Route("/queries/v1/query-request", driver_request, methods=["POST"]),
    *fake.routes,
    Route("/api/v2/statements", statements, methods=["POST"]),
    Route("/api/v2/statements/{handle}", partition, methods=["GET"]),
    Route("/api/v2/statements/{handle}/cancel", cancel, methods=["POST"]),
]
uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=int(port), log_level="warning")
