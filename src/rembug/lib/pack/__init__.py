"""The city pack: a folder of data that describes a city completely. Pure: reads files, knows no database."""

from rembug.lib.pack.alerts import AlertFacts, LevelRow, alerts_from_json, alerts_to_json
from rembug.lib.pack.cases import (
    COORDINATOR,
    CaseFacts,
    PromiseRow,
    RungRow,
    TemplateRow,
    cases_from_json,
    cases_to_json,
)
from rembug.lib.pack.channels import ChannelRow
from rembug.lib.pack.confidential import (
    ConfidentialFacts,
    DoorRow,
    KindRow,
    RecipientRow,
    confidential_from_json,
    confidential_to_json,
)
from rembug.lib.pack.desk import (
    DeskFacts,
    FacilityRow,
    RequirementRow,
    RouteRow,
    desk_from_json,
    desk_to_json,
)
from rembug.lib.pack.faults import BadPack, PackFault
from rembug.lib.pack.lessons import LessonRow, QuestionRow, lesson_from_json, lessons_to_json
from rembug.lib.pack.others import OtherRow
from rembug.lib.pack.planning import (
    CycleRow,
    DateRow,
    DistrictRow,
    PlanningFacts,
    ReasonRow,
    SheetRow,
    StageRow,
    planning_from_json,
    planning_to_json,
)
from rembug.lib.pack.reader import read
from rembug.lib.pack.types import (
    AreaRow,
    BodyRow,
    CategoryRow,
    CityFacts,
    LandmarkRow,
    Pack,
    PopulationRow,
    facts_from_json,
    facts_to_json,
)
from rembug.lib.pack.water_types import WaterFacts, water_from_json, water_to_json

__all__ = [
    "COORDINATOR",
    "AlertFacts",
    "AreaRow",
    "BadPack",
    "BodyRow",
    "CaseFacts",
    "CategoryRow",
    "ChannelRow",
    "CityFacts",
    "ConfidentialFacts",
    "CycleRow",
    "DateRow",
    "DeskFacts",
    "DistrictRow",
    "DoorRow",
    "FacilityRow",
    "KindRow",
    "LandmarkRow",
    "LessonRow",
    "LevelRow",
    "OtherRow",
    "Pack",
    "PackFault",
    "PlanningFacts",
    "PopulationRow",
    "PromiseRow",
    "QuestionRow",
    "ReasonRow",
    "RecipientRow",
    "RequirementRow",
    "RouteRow",
    "RungRow",
    "SheetRow",
    "StageRow",
    "TemplateRow",
    "WaterFacts",
    "alerts_from_json",
    "alerts_to_json",
    "cases_from_json",
    "cases_to_json",
    "confidential_from_json",
    "confidential_to_json",
    "desk_from_json",
    "desk_to_json",
    "facts_from_json",
    "facts_to_json",
    "lesson_from_json",
    "lessons_to_json",
    "planning_from_json",
    "planning_to_json",
    "read",
    "water_from_json",
    "water_to_json",
]
