"""Reads statements as Snowflake's dialect of sqlglot does: those that it refuses, as JSON. Statements as JSON on stdin."""

import json
import sys

import sqlglot

refused = []
for statement in json.load(sys.stdin):
    try:
        sqlglot.parse_one(statement, read="snowflake", error_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.ParseError as error:
        refused.append(f"{statement}: {error}")
print(json.dumps(refused))
