# What orgsweep computes in Rust and adds to the input as `analysis`.
package lib.analysis

# The verdict of a policy that needs the analysis and does not find it.
missing := {"status": "NOT_AVAILABLE", "reason": "the input has no `analysis` of what was read"}
