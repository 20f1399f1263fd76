# For OPA servers: POST /v1/data/aws/s3_bucket/deny answers with the controls that the observation of a bucket fails.
# Silence is no proof: a control whose fields are not all in the input, or that needs `analysis`, says nothing.
package aws.s3_bucket

deny contains data.lib.denial.of(control, verdict) if {
	some name
	control := data.controls.s3[name].control
	data.lib.denial.in_force(control)
	data.lib.denial.complete(control, input)
	verdict := data.controls.s3[name].verdict
	verdict.status == "FAILED"
}
