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


def test_an_attribute_of_every_type_comes_back_as_it_was_written(dynamodb, name):
    item = {
        "pk": {"S": "all"},
        "number": {"N": "1.50"},
        "truth": {"BOOL": False},
        "nothing": {"NULL": True},
        "bytes": {"B": b"\x00\xff"},
        "names": {"SS": ["a", "b"]},
        "nested": {"M": {"S": {"L": [{"S": ""}, {"M": {}}, {"B": b"\x01"}]}}},
    }
    plain = {name: value for name, value in item.items() if name not in ("bytes", "nested")}
    for written in (item, plain):
        dynamodb.put_item(TableName=name, Item=written)
        assert dynamodb.scan(TableName=name)["Items"] == [written]
        read = dynamodb.get_item(TableName=name, Key={"pk": {"S": "all"}})
        assert read["Item"] == written


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


def test_a_transaction_writes_all_or_nothing(dynamodb, name):
    def update(key: str, **condition: str) -> dict:
        return {
            "Update": {
                "TableName": name,
                "Key": {"pk": {"S": key}},
                "UpdateExpression": "SET #n = :one",
                "ExpressionAttributeNames": {"#n": "n"},
                "ExpressionAttributeValues": {":one": {"N": "1"}},
                **condition,
            }
        }

    refused = update("b", ConditionExpression="attribute_exists(pk)")
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as caught:
        dynamodb.transact_write_items(TransactItems=[update("a"), refused])
    reasons = caught.value.response["CancellationReasons"]
    assert [reason["Code"] for reason in reasons] == ["None", "ConditionalCheckFailed"]
    assert dynamodb.scan(TableName=name)["Count"] == 0

    check = {
        "TableName": name,
        "Key": {"pk": {"S": "marker"}},
        "ConditionExpression": "attribute_not_exists(pk)",
    }
    delete = {"Delete": {"TableName": name, "Key": {"pk": {"S": "gone"}}}}
    items = [{"ConditionCheck": check}, update("a"), update("b"), delete]
    dynamodb.transact_write_items(TransactItems=items)
    assert dynamodb.scan(TableName=name)["Count"] == 2
    assert error_of(dynamodb.transact_write_items, TransactItems=[update("a"), update("a")]) == (
        "ValidationException"
    )


def test_a_batch_has_at_most_25_writes(dynamodb, name):
    writes = [{"PutRequest": {"Item": {"pk": {"S": str(n)}}}} for n in range(26)]
    call = dynamodb.batch_write_item
    assert error_of(call, RequestItems={name: writes}) == "ValidationException"
    assert call(RequestItems={name: writes[:25]})["UnprocessedItems"] == {}
