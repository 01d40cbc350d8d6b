"""Home, map, pages about, the installable app: who may call which address."""

from rembug.lib.access import PUBLIC, Access

WEB: dict[str, Access] = {
    "web:home": Access(PUBLIC),
    "web:map": Access(PUBLIC),
    "web:calendar": Access(PUBLIC),
    "web:calendar-feed": Access(PUBLIC),
    "web:week": Access(PUBLIC),
    "web:week-of": Access(PUBLIC, object="a listed body of this city"),
    "web:thread": Access(PUBLIC, object="something public of this city"),
    "web:balance": Access(PUBLIC),
    "web:balance-body": Access(PUBLIC, object="a listed body of this city"),
    "web:balance-area": Access(PUBLIC, object="an area of this city"),
    "web:balance-dimension": Access(PUBLIC, object="a dimension of this city"),
    "web:sheets": Access(PUBLIC),
    "web:sheets-xlsx": Access(PUBLIC),
    "web:sheet": Access(PUBLIC, object="a dimension of this city"),
    "web:sheet-csv": Access(PUBLIC, object="a dimension of this city"),
    "web:works": Access(PUBLIC),
    "web:shapes": Access(PUBLIC),
    "web:data": Access(PUBLIC),
    "web:about": Access(PUBLIC),
    "web:healthz": Access(PUBLIC),
    "web:readyz": Access(PUBLIC),
    "web:metrics": Access(PUBLIC, object="figures, for a call from this machine or with METRICS_TOKEN"),
    "web:language": Access(PUBLIC, object="own cookie"),
    "web:worker": Access(PUBLIC),
    "web:manifest": Access(PUBLIC),
    "web:offline": Access(PUBLIC),
}
