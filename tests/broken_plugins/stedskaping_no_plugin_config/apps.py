from django.apps import AppConfig


class PlainConfig(AppConfig):
    name = "stedskaping_no_plugin_config"
