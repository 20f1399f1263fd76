# For OPA servers: POST /v1/data/aws/kms_key/deny answers with the controls that the observation of a KMS key fails.
# Silence is no proof: a control whose fields are not all in the input, or that needs `analysis`, says nothing.
package aws.kms_key

deny contains data.lib.denial.of(control, verdict) if {
	some name
	control := data.controls.kms[name].control
	data.lib.denial.in_force(control)
	data.lib.denial.complete(control, input)
	verdict := data.controls.kms[name].verdict
	verdict.status == "FAILED"
}
