"""What Snowflake's own client lists of an account: JSON by question. usage: list.py PORT, statements as JSON on stdin."""

import json
import sys

import snowflake.connector

connection = snowflake.connector.connect(
    user="fake", password="snow", account="fakesnow", host="127.0.0.1", port=int(sys.argv[1]), protocol="http"
)
answers = []
for statement in json.load(sys.stdin):
    cursor = connection.cursor(snowflake.connector.DictCursor)
    cursor.execute(statement)
    answers.append([{name.lower(): value for name, value in row.items()} for row in cursor.fetchall()])
print(json.dumps(answers, default=str))
connection.close()
