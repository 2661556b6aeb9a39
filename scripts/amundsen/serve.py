"""Runs Amundsen's metadata service on loopback: serve.py <port>; the graph is named by PROXY_HOST and PROXY_PORT."""
import sys
from metadata_service import create_app
from metadata_service.config import LocalConfig
from metadata_service.entity.badge import Badge
LocalConfig.WHITELIST_BADGES = [
    Badge(badge_name=name, category=category)
    for name, category in [('lexline_pii', 'lexline'), ('lexline_phi', 'lexline'), ('pii', 'column')]
]
create_app(config_module_class='metadata_service.config.LocalConfig').run('127.0.0.1', int(sys.argv[1]), use_reloader=False)
