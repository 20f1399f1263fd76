"""DynamoDB: idempotent transactions and limits."""

import pytest

from emulator_tests.conftest import error_of


@pytest.fixture
def dynamodb(emu, account, name):
    client = emu.client("dynamodb", account=account)
    client.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return client


def add(table: str, amount: str) -> list[dict]:
    return [
        {
            "Update": {
                "TableName": table,
                "Key": {"pk": {"S": "total"}},
                "UpdateExpression": "ADD amount :n",
                "ExpressionAttributeValues": {":n": {"N": amount}},
            }
        }
    ]


def test_a_token_makes_a_transaction_count_once(dynamodb, name):
    for _ in range(2):
        dynamodb.transact_write_items(TransactItems=add(name, "1"), ClientRequestToken="token")
    item = dynamodb.get_item(TableName=name, Key={"pk": {"S": "total"}})["Item"]
    assert item["amount"] == {"N": "1"}
    with pytest.raises(dynamodb.exceptions.IdempotentParameterMismatchException):
        dynamodb.transact_write_items(TransactItems=add(name, "2"), ClientRequestToken="token")


def test_a_cancelled_transaction_says_why(dynamodb, name):
    put = {"TableName": name, "Item": {"pk": {"S": "x"}}}
    put["ConditionExpression"] = "attribute_exists(pk)"
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as caught:
        dynamodb.transact_write_items(TransactItems=[{"Put": put}])
    assert caught.value.response["CancellationReasons"][0]["Code"] == "ConditionalCheckFailed"


def test_a_batch_has_at_most_25_writes(dynamodb, name):
    writes = [{"PutRequest": {"Item": {"pk": {"S": str(n)}}}} for n in range(26)]
    call = dynamodb.batch_write_item
    assert error_of(call, RequestItems={name: writes}) == "ValidationException"
    assert call(RequestItems={name: writes[:25]})["UnprocessedItems"] == {}
