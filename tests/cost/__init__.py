"""What a sweep costs: computed from calls measured on the emulated Organization.

``python -m cost`` prints ``docs/COST.md``; ``python -m cost observe`` sweeps the emulated
Organization twice and writes ``measured.json`` anew.
"""
