from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "cops.audit"
    label = "audit"
    verbose_name = "Journal des actions"
