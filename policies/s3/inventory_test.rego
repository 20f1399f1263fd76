package controls.s3.inventory_test

test_pass_enabled if {
	judged({"inventories": [{"enabled": false}, {"enabled": true}]}).status == "PASSED"
}

test_fail_disabled if {
	judged({"inventories": [{"enabled": false}]}).status == "FAILED"
}

test_absent_configuration_fails if {
	judged({"inventories": []}).status == "FAILED"
}

test_unknown_is_not_passed if {
	judged({"unknown": {"inventories": {"operation": "ListBucketInventoryConfigurations", "code": "AccessDenied"}}}).status == "FAILED"
}

test_empty_input_is_not_passed if {
	judged({}).status == "FAILED"
}

judged(observed) := verdict if {
	verdict := data.controls.s3.inventory.verdict with input as observed
}
