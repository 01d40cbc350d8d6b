"""A simulated week of rob: people who do not exist, doing what people do, through the real actions."""
