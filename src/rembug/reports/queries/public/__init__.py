"""What everybody may read: each function returns frozen values of `public_types`, already masked."""

from rembug.reports.queries.public.area import area_page
from rembug.reports.queries.public.calibration import calibration
from rembug.reports.queries.public.incident import incident
from rembug.reports.queries.public.lists import incident_list
from rembug.reports.queries.public.now import happening_now
from rembug.reports.queries.public.report import report

__all__ = ["area_page", "calibration", "happening_now", "incident", "incident_list", "report"]
