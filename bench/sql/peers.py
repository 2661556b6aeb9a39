"""Column lineage by sqlglot or sqllineage: one JSON object a line in, one a line out, with the time it took.

Usage: peers.py sqlglot|sqllineage < statements.jsonl
In:  {"id", "dialect", "sql", "schema": {table: {column: type}}}
Out: {"id", "ms", "edges": [[down, table, column], …], "error": text|null}
"""
import json
import sys
import time
import warnings

warnings.filterwarnings('ignore')

GLOT = {'ansi': '', 'mariadb': 'mysql', 'greenplum': 'postgres', 'db2': ''}


def sqlglot_edges(row):
    import sqlglot
    from sqlglot import exp
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    dialect = GLOT.get(row['dialect'], row['dialect']) or None
    schema = {}
    for table, columns in (row.get('schema') or {}).items():
        node = schema
        parts = table.split('.')
        for part in parts[:-1]:
            node = node.setdefault(part, {})
        node[parts[-1]] = columns
    statement = sqlglot.parse_one(row['sql'], read=dialect)
    target, query, names = None, statement, []
    if isinstance(statement, (exp.Insert, exp.Create)):
        query = statement.expression
        this = statement.this
        if isinstance(this, exp.Schema):
            names = [item.name for item in this.expressions]
            this = this.this
        target = this.sql()
        if statement.args.get('with_') is not None and query is not None:
            query = query.copy()
            query.set('with_', statement.args['with_'].copy())
    if not isinstance(query, exp.Query):
        raise ValueError('no query')
    qualified = qualify(query, dialect=dialect, schema=schema, validate_qualify_columns=False, identify=False)
    scope = build_scope(qualified)
    edges = []
    for at, item in enumerate(qualified.selects):
        name = item.alias_or_name
        if name == '*':
            continue
        node = lineage(name, qualified, schema=schema, dialect=dialect, scope=scope, trim_selects=False)
        for leaf in node.walk():
            if not leaf.downstream and isinstance(leaf.expression, exp.Table):
                table = leaf.expression
                full = '.'.join(part.name for part in table.parts)
                edges.append([names[at] if at < len(names) else name, full, leaf.name.split('.')[-1]])
    return target, edges


LINE = {
    'postgres': 'postgres', 'bigquery': 'bigquery', 'spark': 'sparksql', 'databricks': 'databricks', 'hive': 'hive', 'trino': 'trino',
    'athena': 'athena', 'mysql': 'mysql', 'mariadb': 'mariadb', 'tsql': 'tsql', 'oracle': 'oracle', 'clickhouse': 'clickhouse',
    'duckdb': 'duckdb', 'sqlite': 'sqlite', 'teradata': 'teradata', 'db2': 'db2', 'redshift': 'redshift', 'greenplum': 'greenplum',
    'snowflake': 'snowflake', 'materialize': 'materialize',
}


def sqllineage_edges(row):
    from sqllineage.runner import LineageRunner

    sql = row['sql']
    if sql.lstrip().lower().startswith(('select', 'with')):
        sql = 'insert into result ' + sql
    runner = LineageRunner(sql, dialect=LINE.get(row['dialect'], 'ansi'))
    edges = []
    for path in runner.get_column_lineage():
        edges.append([path[-1].raw_name, str(path[0].parent), path[0].raw_name])
    return None, edges


def main():
    work = {'sqlglot': sqlglot_edges, 'sqllineage': sqllineage_edges}[sys.argv[1]]
    for line in sys.stdin:
        row = json.loads(line)
        start = time.perf_counter()
        try:
            _target, edges = work(row)
            error = None
        except Exception as problem:  # every engine may fail in its own way
            edges, error = [], type(problem).__name__
        ms = (time.perf_counter() - start) * 1000
        sys.stdout.write(json.dumps({'id': row['id'], 'ms': ms, 'edges': edges, 'error': error}) + '\n')
        sys.stdout.flush()


main()
