"""When to warn, in which words, who may move what, and how CAP is written: plain Python."""
