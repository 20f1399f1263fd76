# For OPA servers: POST /v1/data/aws/security_group/deny answers with the controls that the observation of a security group fails.
# Silence is no proof: a control whose fields are not all in the input, or that needs `analysis`, says nothing.
package aws.security_group

deny contains data.lib.denial.of(control, verdict) if {
	some name
	control := data.controls.sg[name].control
	data.lib.denial.in_force(control)
	data.lib.denial.complete(control, input)
	verdict := data.controls.sg[name].verdict
	verdict.status == "FAILED"
}
