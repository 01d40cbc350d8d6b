"""Names, order and code lists of CAP 1.2, section 3.2 and its schema."""

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
DSIG = "http://www.w3.org/2000/09/xmldsig#"

# element -> (least, most) in the order of the schema; 0 for "any number"
ALERT = {
    "identifier": (1, 1),
    "sender": (1, 1),
    "sent": (1, 1),
    "status": (1, 1),
    "msgType": (1, 1),
    "source": (0, 1),
    "scope": (1, 1),
    "restriction": (0, 1),
    "addresses": (0, 1),
    "code": (0, 0),
    "note": (0, 1),
    "references": (0, 1),
    "incidents": (0, 1),
    "info": (0, 0),
}
INFO = {
    "language": (0, 1),
    "category": (1, 0),
    "event": (1, 1),
    "responseType": (0, 0),
    "urgency": (1, 1),
    "severity": (1, 1),
    "certainty": (1, 1),
    "audience": (0, 1),
    "eventCode": (0, 0),
    "effective": (0, 1),
    "onset": (0, 1),
    "expires": (0, 1),
    "senderName": (0, 1),
    "headline": (0, 1),
    "description": (0, 1),
    "instruction": (0, 1),
    "web": (0, 1),
    "contact": (0, 1),
    "parameter": (0, 0),
    "resource": (0, 0),
    "area": (0, 0),
}
AREA = {
    "areaDesc": (1, 1),
    "polygon": (0, 0),
    "circle": (0, 0),
    "geocode": (0, 0),
    "altitude": (0, 1),
    "ceiling": (0, 1),
}
RESOURCE = {
    "resourceDesc": (1, 1),
    "mimeType": (1, 1),
    "size": (0, 1),
    "uri": (0, 1),
    "derefUri": (0, 1),
    "digest": (0, 1),
}
PAIR = {"valueName": (1, 1), "value": (1, 1)}
CHOICES = {
    "status": {"Actual", "Exercise", "System", "Test", "Draft"},
    "msgType": {"Alert", "Update", "Cancel", "Ack", "Error"},
    "scope": {"Public", "Restricted", "Private"},
    "category": {
        *("Geo", "Met", "Safety", "Security", "Rescue", "Fire"),
        *("Health", "Env", "Transport", "Infra", "CBRNE", "Other"),
    },
    "responseType": {
        *("Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"),
    },
    "urgency": {"Immediate", "Expected", "Future", "Past", "Unknown"},
    "severity": {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
    "certainty": {"Observed", "Likely", "Possible", "Unlikely", "Unknown"},
}
MOMENTS = {"sent", "effective", "onset", "expires"}
