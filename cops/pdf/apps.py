from django.apps import AppConfig


class PdfConfig(AppConfig):
    name = "cops.pdf"
    label = "pdf"
    verbose_name = "PDF"
