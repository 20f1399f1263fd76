package controls.s3.cors_lets_no_page_write

control := {
	"id": "S3-031",
	"title": "CORS does not let every web page write",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["cors"],
	"rationale": "A browser then lets any page that a signed-in user visits send uploads and deletions with what that user may do.",
	"remediation": {
		"text": "Name the origins that need PUT, POST or DELETE in the CORS configuration instead of all.",
		"url": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html",
	},
}

writing := {"DELETE", "POST", "PUT"}

verdict := {"status": "PASSED", "reason": "there is no CORS configuration"} if {
	input.cors == null
} else := {"status": "FAILED", "reason": sprintf("every origin may use %s", [concat(", ", open)])} if {
	count(open) > 0
} else := {"status": "PASSED", "reason": "no rule lets every origin write"} if {
	every_rule_is_readable
} else := {"status": "FAILED", "reason": "the CORS rules are not readable"}

open := {method |
	is_array(input.cors)
	some rule in input.cors
	some origin in rule.origins
	origin in {"*", "http://*", "https://*"}
	some method in rule.methods
	method in writing
}

every_rule_is_readable if {
	is_array(input.cors)
	count(input.cors) > 0
	count([rule | some rule in input.cors; readable(rule)]) == count(input.cors)
}

readable(rule) if {
	is_array(rule.origins)
	is_array(rule.methods)
	every text in array.concat(rule.origins, rule.methods) {
		is_string(text)
	}
}
