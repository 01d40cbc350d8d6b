"""What tests and benchmarks share: a throwaway PostgreSQL, a running site, people who use it."""
