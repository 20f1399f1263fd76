//! Every protocol that orgsweep speaks: its operations are recognised, and its refusals are spelled as AWS spells them.

use aws_sdk_sts::error::ProvideErrorMetadata;
use replay::{Answer, Replay, call};

/// The error code of a failed call.
fn code<T>(result: Result<T, impl ProvideErrorMetadata>) -> Option<String> {
    result
        .err()
        .and_then(|error| error.code().map(str::to_owned))
}

/// A script that denies every one of these operations.
fn denying(operations: &[&str]) -> Replay {
    operations.iter().fold(Replay::new(), |replay, operation| {
        replay.on(*operation, Answer::denied("AccessDenied"))
    })
}

#[tokio::test]
async fn a_denial_has_its_code_in_the_json_and_query_protocols() {
    let operations = [
        "GetCallerIdentity",
        "DescribeRegions",
        "ListKeys",
        "ListTables",
        "ListAccounts",
    ];
    let replay = denying(&operations);
    let config = replay.config("eu-west-1");

    let codes = [
        code(
            aws_sdk_sts::Client::new(&config)
                .get_caller_identity()
                .send()
                .await,
        ),
        code(
            aws_sdk_ec2::Client::new(&config)
                .describe_regions()
                .send()
                .await,
        ),
        code(aws_sdk_kms::Client::new(&config).list_keys().send().await),
        code(
            aws_sdk_dynamodb::Client::new(&config)
                .list_tables()
                .send()
                .await,
        ),
        code(
            aws_sdk_organizations::Client::new(&config)
                .list_accounts()
                .send()
                .await,
        ),
    ];

    assert!(
        codes
            .iter()
            .all(|code| code.as_deref() == Some("AccessDenied")),
        "{codes:?}"
    );
    assert_eq!(replay.operations(), operations);
}

#[tokio::test]
async fn a_denial_has_its_code_in_the_rest_protocols() {
    let operations = [
        "GetBucketPolicy",
        "GetPublicAccessBlock",
        "BatchImportFindings",
    ];
    let replay = denying(&operations);
    let config = replay.config("eu-west-1");
    let policy = aws_sdk_s3::Client::new(&config)
        .get_bucket_policy()
        .bucket("logs");
    let block = aws_sdk_s3control::Client::new(&config)
        .get_public_access_block()
        .account_id("111122223333");
    let import = aws_sdk_securityhub::Client::new(&config).batch_import_findings();

    let codes = [
        code(policy.send().await),
        code(block.send().await),
        code(import.send().await),
    ];

    assert!(
        codes
            .iter()
            .all(|code| code.as_deref() == Some("AccessDenied")),
        "{codes:?}"
    );
    assert_eq!(replay.operations(), operations);
}

#[tokio::test]
async fn the_two_public_access_blocks_are_told_apart() {
    let replay = Replay::new()
        .on(
            "s3.GetPublicAccessBlock",
            Answer::refused(404, "NoSuchPublicAccessBlockConfiguration"),
        )
        .on(
            "s3control.GetPublicAccessBlock",
            Answer::denied("AccessDenied"),
        );
    let config = replay.config("eu-west-1");

    let bucket = aws_sdk_s3::Client::new(&config)
        .get_public_access_block()
        .bucket("logs");
    let account = aws_sdk_s3control::Client::new(&config)
        .get_public_access_block()
        .account_id("111122223333");

    assert_eq!(
        code(bucket.send().await).as_deref(),
        Some("NoSuchPublicAccessBlockConfiguration")
    );
    assert_eq!(code(account.send().await).as_deref(), Some("AccessDenied"));
}

#[tokio::test]
async fn a_list_of_answers_is_given_in_order_and_the_last_stays() {
    let page = Answer::of(r#"{"Keys":[{"KeyId":"k"}]}"#);
    let replay = Replay::new().on(
        "ListKeys",
        [
            Answer::throttled("ThrottlingException"),
            Answer::unreachable(),
            page,
        ],
    );
    let patient = aws_sdk_kms::Client::new(&replay.retrying("eu-west-1", 3));
    let impatient = aws_sdk_kms::Client::new(&replay.config("eu-west-1"));

    assert_eq!(patient.list_keys().send().await.unwrap().keys().len(), 1);
    assert_eq!(replay.operations().len(), 3);
    assert_eq!(impatient.list_keys().send().await.unwrap().keys().len(), 1);
}

#[tokio::test]
async fn the_narrowest_script_answers() {
    let replay = Replay::new()
        .on(
            call("GetBucketAcl").with("logs").with("eu-west-1"),
            Answer::denied("Narrow"),
        )
        .on(call("GetBucketAcl").with("logs"), Answer::denied("Wide"))
        .on("GetBucketAcl", Answer::denied("Any"));
    let ask = |region: &str, bucket: &str| {
        let request = aws_sdk_s3::Client::new(&replay.config(region))
            .get_bucket_acl()
            .bucket(bucket);
        async move { code(request.send().await).unwrap() }
    };

    assert_eq!(ask("eu-west-1", "logs").await, "Narrow");
    assert_eq!(ask("us-east-1", "logs").await, "Wide");
    assert_eq!(ask("eu-west-1", "data").await, "Any");
}

#[tokio::test]
#[should_panic(expected = "no answer is scripted for `s3.GetBucketVersioning`")]
async fn an_unscripted_call_panics_and_names_the_operation() {
    let s3 = aws_sdk_s3::Client::new(&Replay::new().config("eu-west-1"));
    let _ = s3.get_bucket_versioning().bucket("logs").send().await;
}

#[tokio::test]
async fn s3_is_recognised_with_the_bucket_in_the_host_and_in_the_path() {
    let replay = Replay::new()
        .on(
            "HeadBucket",
            Answer::with_status(301, "").header("x-amz-bucket-region", "eu-north-1"),
        )
        .on("PutObject", Answer::empty())
        .on("GetObject", Answer::of("body"));
    let config = replay.config("eu-west-1");
    for path_style in [false, true] {
        let settings = aws_sdk_s3::config::Builder::from(&config).force_path_style(path_style);
        let s3 = aws_sdk_s3::Client::from_conf(settings.build());
        assert!(s3.head_bucket().bucket("logs").send().await.is_err());
        let body = aws_sdk_s3::primitives::ByteStream::from_static(b"{}");
        s3.put_object()
            .bucket("logs")
            .key("a/b")
            .body(body)
            .send()
            .await
            .unwrap();
        s3.get_object()
            .bucket("logs")
            .key("a/b")
            .send()
            .await
            .unwrap();
    }

    assert_eq!(replay.requests_of("PutObject")[0].body, "{}");
    assert_eq!(
        replay
            .requests_of(call("GetObject").with("/logs/a/b"))
            .len(),
        1
    );
}
