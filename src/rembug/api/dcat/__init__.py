"""The catalogue as DCAT 3 (W3C Recommendation, August 2024): JSON-LD and Turtle from one graph."""
