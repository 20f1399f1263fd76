# For OPA servers: POST /v1/data/aws/multi_region_access_point/deny answers with the controls that the observation of a Multi-Region Access Point of S3 fails.
# Silence is no proof: a control whose fields are not all in the input, or that needs `analysis`, says nothing there.
# POST /v1/data/aws/multi_region_access_point/verdicts answers with what every policy says, by control; orgsweep asks that.
package aws.multi_region_access_point

deny := found if {
	found := denials with data.parameters as data.lib.denial.parameters
}

verdicts := found if {
	found := answers with data.parameters as data.lib.denial.parameters
}

denials contains data.lib.denial.of(control, verdict) if {
	some name
	control := data.controls.s3_multi_region_access_point[name].control
	data.lib.denial.in_force(control)
	data.lib.denial.complete(control, input)
	verdict := data.controls.s3_multi_region_access_point[name].verdict
	verdict.status == "FAILED"
}

answers[control.id] := data.lib.denial.answer(control, input, verdict) if {
	some name
	control := data.controls.s3_multi_region_access_point[name].control
	data.lib.denial.in_force(control)
	verdict := data.controls.s3_multi_region_access_point[name].verdict
}
