from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "cops.pagecache"
    label = "pagecache"
    verbose_name = "Pages gardées"
