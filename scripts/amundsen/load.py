"""Loads a clinic of our own into a Neo4j with Amundsen's own loader: load.py <bolt url> <publish tag>"""
import sys
import tempfile
from databuilder.extractor.base_extractor import Extractor
from databuilder.job.job import DefaultJob
from databuilder.loader.file_system_neo4j_csv_loader import FsNeo4jCSVLoader
from databuilder.models.badge import Badge
from databuilder.models.table_lineage import ColumnLineage, TableLineage
from databuilder.models.table_metadata import ColumnMetadata, TableMetadata
from databuilder.models.table_owner import TableOwner
from databuilder.models.table_column_usage import ColumnReader, TableColumnUsage
from databuilder.publisher.neo4j_csv_publisher import Neo4jCsvPublisher
from databuilder.task.task import DefaultTask
from pyhocon import ConfigFactory


class Records(Extractor):
    def __init__(self, records):
        self._records = iter(records)

    def init(self, conf):
        pass

    def extract(self):
        return next(self._records, None)

    def get_scope(self):
        return 'extractor.records'


def publish(url, tag, records):
    folder = tempfile.mkdtemp()
    loader, publisher = 'loader.filesystem_csv_neo4j', 'publisher.neo4j'
    conf = ConfigFactory.from_dict({
        f'{loader}.node_dir_path': f'{folder}/nodes',
        f'{loader}.relationship_dir_path': f'{folder}/relations',
        f'{loader}.delete_created_directories': True,
        f'{publisher}.node_files_directory': f'{folder}/nodes',
        f'{publisher}.relation_files_directory': f'{folder}/relations',
        f'{publisher}.neo4j_endpoint': url,
        f'{publisher}.neo4j_user': 'neo4j',
        f'{publisher}.neo4j_password': 'x',
        f'{publisher}.neo4j_encrypted': False,
        f'{publisher}.job_publish_tag': tag,
    })
    task = DefaultTask(extractor=Records(records), loader=FsNeo4jCSVLoader())
    DefaultJob(conf=conf, task=task, publisher=Neo4jCsvPublisher()).launch()


def table(name, columns, description=None, badges=None, tags=None, is_view=False):
    return TableMetadata('hive', 'gold', 'clinic', name, description, [
        ColumnMetadata(column, text, kind, position, column_badges)
        for position, (column, kind, text, column_badges) in enumerate(columns)
    ], is_view, tags=tags)


def clinic():
    person = [('id', 'bigint', None, []), ('email', 'varchar', 'how a patient is reached', ['pii']), ('full_name', 'varchar', None, []), ('born_on', 'date', None, [])]
    return [
        table('patients', person, 'people who were treated', tags=['care']),
        table("visit's log", [('id', 'bigint', None, []), ('patient_id', 'bigint', None, []), ('grund_äöü_日本', 'varchar', None, [])]),
        table('mailing', [('email_hash', 'varchar', None, []), ('born_year', 'int', None, [])], is_view=True),
    ]


def key(name, column=None):
    return f'hive://gold.clinic/{name}' + ('' if column is None else f'/{column}')


if __name__ == '__main__':
    url, tag = sys.argv[1:3]
    publish(url, tag, clinic())
    publish(url, tag, [TableOwner('hive', 'clinic', 'patients', ['dana@example.com'], 'gold')])
    publish(url, tag, [TableLineage(key('patients'), [key('mailing')])])
    publish(url, tag, [ColumnLineage(key('patients', 'email'), [key('mailing', 'email_hash')]), ColumnLineage(key('patients', 'born_on'), [key('mailing', 'born_year')])])
    publish(url, tag, [TableColumnUsage([ColumnReader('hive', 'gold', 'clinic', 'patients', '*', 'sam@example.com', 12)])])
