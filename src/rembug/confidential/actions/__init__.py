"""Loading the pack, boxes, telling, talking, unmasking, forgetting.

Acts of a reporter leave no line in the public log: it would say that somebody spoke, and when. Steps that open a
name do (docs/decisions/confidential.md).
"""
