"""The places that help: sentra, panti, UPTD, LKS and shelters with their owner, functions, level and capacity
over time, the service directory and the regions of Indonesia. Who may act in a unit belongs to `access`; the rooms
and beds inside one belong to `residence`; what a helper outside gives belongs to `partners`.
"""
