# What an OPA server answers: the controls that failed.
package lib.denial

# What the operator decided: those who ask may bring it, else it is the server's.
parameters := input.parameters if {
	is_object(input.parameters)
} else := own if {
	own := data.parameters
} else := {}

# Every field that the control reads is in the input, even if it is null; or one that may be enough.
complete(control, observed) if {
	every field in control.reads {
		field in object.keys(observed)
	}
}

complete(control, observed) if {
	some field in object.get(control, "enough", [])
	field in object.keys(observed)
}

# What the policy says, unless the input lacks what it reads.
answer(control, observed, verdict) := verdict if {
	complete(control, observed)
} else := {"status": "NOT_AVAILABLE", "reason": "the input lacks a field that the control reads"}

# The operator did not turn the control off.
in_force(control) if {
	every disabled in disabled_controls {
		disabled != control.id
	}
}

disabled_controls := ids if {
	ids := data.parameters.disabled_controls
} else := []

# One element of a `deny` document.
of(control, verdict) := {
	"id": control.id,
	"title": control.title,
	"severity": severity(control, verdict),
	"reason": verdict.reason,
	"remediation": control.remediation,
}

# The operator has the last word, then the verdict, then the control.
severity(control, verdict) := chosen if {
	chosen := data.parameters.severities[control.id]
} else := object.get(verdict, "severity", control.severity)
