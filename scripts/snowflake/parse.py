"""Reads statements as a dialect of sqlglot does (parse.py [dialect], Snowflake's unless said): those that it refuses, as JSON. Statements as JSON on stdin."""

import json
import sys

import sqlglot

dialect = sys.argv[1] if len(sys.argv) > 1 else "snowflake"
refused = []
for statement in json.load(sys.stdin):
    try:
        sqlglot.parse_one(statement, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.ParseError as error:
        refused.append(f"{statement}: {error}")
print(json.dumps(refused))
