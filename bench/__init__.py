"""Benchmarks: `make bench`. Ratios within one run; machines differ and are shared."""
