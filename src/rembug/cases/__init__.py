"""Cases: what a body does about an incident, with clocks that everybody can check."""
