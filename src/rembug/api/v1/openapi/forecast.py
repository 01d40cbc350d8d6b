"""The forecast of the sea: levels, high waters by area, skill."""

from typing import Any

from rembug.api.v1.openapi.open_data import CITY, JSON, query, read
from rembug.api.v1.openapi.schemas import Schema, maybe, ref, text, thing

NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
CHANCE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
TIME = text(format="date-time")
LEVELS: Schema = {"type": "array", "items": NUMBER}

SCHEMAS: dict[str, Schema] = {
    "HighWater": thing(
        {
            "at": TIME,
            "level_cm": {**NUMBER, "description": "above mean sea level"},
            "level_low_cm": {**NUMBER, "description": "80 % of the time the level lies between low and high"},
            "level_high_cm": NUMBER,
            "depth_low_cm": {**NUMBER, "description": "likely depth where the area is wet"},
            "depth_high_cm": NUMBER,
            "probability": {**CHANCE, "description": "that the area floods"},
            "starts_at": maybe("string", format="date-time"),
            "ends_at": maybe("string", format="date-time"),
        }
    ),
    "AreaForecast": thing(
        {
            "area_code": text(examples=["33.75.03.1007"]),
            "area_name": text(),
            "onset_cm": maybe("number", description="sea level from which the area floods; null: never here"),
            "onset_sd_cm": maybe("number"),
            "onset_from": {"enum": ["terrain", "learnt"]},
            "high_waters": {"type": "array", "items": ref("HighWater")},
        }
    ),
    "Forecast": thing(
        {
            "city": text(),
            "issued_at": TIME,
            "inputs_age_s": maybe(
                "integer", description="age of the newest level of a gauge; null without one"
            ),
            "source": {"enum": ["gauge+tide", "tide+last residual", "tide+climatology"]},
            "stale": {"type": "boolean", "description": "older than two hours"},
            "trust": {"enum": ["low", "neighbour", "measured"]},
            "tide_type": text(),
            "station": text(),
            "illustrative_ground": {"type": "boolean", "description": "heights were not surveyed"},
            "datum": text(),
            "series": thing(
                {"times": {"type": "array", "items": TIME}, "level_cm": LEVELS, "sigma_cm": LEVELS}
            ),
            "areas": {"type": "array", "items": ref("AreaForecast")},
        }
    ),
    "Skill": thing(
        {
            "city": text(),
            "forecasts": COUNT,
            "onset_cm": maybe("number"),
            "called_from": {**CHANCE, "description": "a flood counts as called from this probability on"},
            "leads": {
                "type": "array",
                "items": thing(
                    {
                        "lead_h": NUMBER,
                        "count": COUNT,
                        "bias_cm": NUMBER,
                        "mae_cm": NUMBER,
                        "rms_cm": NUMBER,
                        "inside": {**CHANCE, "description": "share within the stated 80 % range"},
                    }
                ),
            },
            "events": {
                "type": "array",
                "items": thing(
                    {
                        "from_h": NUMBER,
                        "to_h": NUMBER,
                        "hits": COUNT,
                        "false_alarms": COUNT,
                        "misses": COUNT,
                        "quiet": COUNT,
                        "brier": maybe("number", description="0 is perfect"),
                        "guess": maybe("number", description="Brier score of always saying how often"),
                        "mae_cm": maybe("number", description="mean absolute error of high waters"),
                        "inside": maybe("number", description="share within the stated 80 % range"),
                    }
                ),
            },
        }
    ),
}
AREA = query("area", text(), "Kemendagri code or slug of one area; without it all kelurahan")
PATHS: dict[str, Any] = {
    "/api/v1/forecast": read(
        "readForecast", "The latest forecast of the sea", [CITY, AREA], JSON, ref("Forecast")
    ),
    "/api/v1/forecast.atom": read(
        "readForecastFeed", "High waters that may bring water (Atom)", [CITY], "application/atom+xml", text()
    ),
    "/api/v1/forecast/skill": read("readSkill", "How the forecasts came out", [CITY], JSON, ref("Skill")),
}
