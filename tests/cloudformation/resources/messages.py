"""What carries messages: topics and queues."""

from __future__ import annotations

import json
from typing import Any

from cloudformation.target import Made, Target


def _topic(target: Target, name: str, properties: dict[str, Any]) -> Made:
    topic = properties.get("TopicName", target.name(name))
    key = properties.get("KmsMasterKeyId")
    arn = target.client("sns").create_topic(
        Name=topic, Attributes={"KmsMasterKeyId": key} if key else {}
    )["TopicArn"]
    return Made(arn, {"TopicArn": arn, "TopicName": topic})


def _topic_policy(target: Target, name: str, properties: dict[str, Any]) -> Made:
    policy = json.dumps(properties["PolicyDocument"])
    for topic in properties["Topics"]:
        target.client("sns").set_topic_attributes(
            TopicArn=topic, AttributeName="Policy", AttributeValue=policy
        )
    return Made(name)


def _queue(target: Target, name: str, properties: dict[str, Any]) -> Made:
    queue = properties.get("QueueName", target.name(name))
    key = properties.get("KmsMasterKeyId")
    url = target.client("sqs").create_queue(
        QueueName=queue, Attributes={"KmsMasterKeyId": key} if key else {}
    )["QueueUrl"]
    return Made(url, {"Arn": target.arn("sqs", queue), "QueueName": queue, "QueueUrl": url})


def _queue_policy(target: Target, name: str, properties: dict[str, Any]) -> Made:
    policy = json.dumps(properties["PolicyDocument"])
    for url in properties["Queues"]:
        target.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    return Made(name)


MAKERS = {
    "AWS::SNS::Topic": _topic,
    "AWS::SNS::TopicPolicy": _topic_policy,
    "AWS::SQS::Queue": _queue,
    "AWS::SQS::QueuePolicy": _queue_policy,
}
