# Configurations that are lists of rules, each `enabled` or not.
package lib.rules

# The rules that are enabled: none when nothing is configured.
enabled(rules) := [rule | some rule in rules; rule.enabled == true] if is_array(rules)

enabled(rules) := [] if not is_array(rules)
