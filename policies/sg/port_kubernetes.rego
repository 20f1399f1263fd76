package controls.sg.port_kubernetes

control := {
	"id": "SG-P43",
	"title": "The Kubernetes API and the kubelet (TCP ports 6443 and 10250) are closed to the whole internet",
	"severity": "CRITICAL",
	"resource_type": "AwsEc2SecurityGroup",
	"reads": ["rules", "prefix_lists"],
	"rationale": "The API server commands the whole cluster, and a kubelet that accepts anonymous requests runs commands in every container of its node.",
	"remediation": {
		"text": "Admit only the nodes, the control plane and the networks of the administrators.",
		"url": "https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html",
	},
	"related": {
		"electriceye": ["SecurityGroup.25"],
	},
}

verdict := data.lib.ports.closed_to_world({"tcp": {6443, 10250}}, control.severity)
