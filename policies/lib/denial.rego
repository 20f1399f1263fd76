# What an OPA server answers: the controls that failed.
package lib.denial

# Every field that the control reads is in the input, even if it is null.
complete(control, observed) if {
	every field in control.reads {
		field in object.keys(observed)
	}
}

# One element of a `deny` document.
of(control, verdict) := {
	"id": control.id,
	"title": control.title,
	"severity": object.get(verdict, "severity", control.severity),
	"reason": verdict.reason,
	"remediation": control.remediation,
}
