from django.urls import path

from cops.http.csp_reports import csp_report

app_name = "http"
urlpatterns = [path("csp/", csp_report, name="csp")]
